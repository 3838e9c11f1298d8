/**
 * Composition of elemental partials in index notation: ∂w/∂u = ∂w/∂v ∘ ∂v/∂u.
 *
 * The indices on the axes of v are identified position by position (union-find with offsets, since
 * windows may be shifted against each other; a repeated index merges classes). Where the windows of
 * a class do not meet, the product is structurally zero. Indices that stand neither on an axis of w
 * nor of u afterwards are summed if a stored value depends on them, and multiply the number by
 * their size if none does.
 *
 * Multiplications: the product of the sizes of all classes in the two value words together; none
 * where one factor is ±1 along deltas, or where both are constants (folded beforehand).
 * Cost of composing: O(axes · α), independent of the sizes.
 */
import {
  type Axis,
  type Block,
  axisIndices,
  canonicalBlock,
  sizeOf,
  strongest,
  volume,
} from './block.ts';
import { densifyAxis, splitIndex } from './restructure.ts';

/** Where an index of an operand went: `class` index = operand's index − `start`. */
export interface IndexPlace {
  readonly class: number;
  readonly start: number;
}

/** One operand as it was composed: restructured where a reshape asked for it. */
export interface ComposedOperand {
  readonly block: Block;
  /** By the operand's index. */
  readonly places: readonly IndexPlace[];
}

/** A product of two blocks, with all that is needed to evaluate it. */
export interface Composition {
  readonly result: Block;
  /** Multiplications of two numbers not known before run time, or of one and a constant. */
  readonly multiplications: number;
  readonly outer: ComposedOperand;
  readonly inner: ComposedOperand;
  /** Sizes of the classes. */
  readonly classSizes: readonly number[];
  /** For each index of `result`, its class. */
  readonly resultClasses: readonly number[];
  /** Product of the sizes of summed classes on which no value depends. */
  readonly repeats: number;
}

/** Gives both sides of each axis of v the same list of factors, or else a dense index. */
function align(outer: Block, inner: Block): [Block, Block] {
  let [left, right] = [outer, inner];
  if (left.from.length !== right.to.length) {
    throw new Error('two blocks were composed whose middle shapes have different ranks');
  }
  const sizes = (block: Block, axis: Axis | undefined): number[] =>
    (axis ?? []).map(({ index }) => sizeOf(block.sizes, index));
  // An index may stand on several axes, so that splitting it on one can disturb another: repeat
  // until nothing changes. Every change leaves fewer unequal axes or finer indices.
  for (let k = 0; k < right.to.length; k += 1) {
    const a = sizes(left, left.from[k]);
    const b = sizes(right, right.to[k]);
    const windowed =
      isBrokenGroup(left.from[k], left.fromShape[k], left.sizes) ||
      isBrokenGroup(right.to[k], right.toShape[k], right.sizes);
    if ((a.length === 1 && b.length === 1) || (a.join() === b.join() && !windowed)) continue;
    const refined = commonRefinement(a, b);
    const splitLeft = refined && splitAxis(left, 'from', k, refined);
    const splitRight = refined && splitAxis(right, 'to', k, refined);
    if (splitLeft !== undefined && splitRight !== undefined) {
      left = splitLeft;
      right = splitRight;
    } else {
      left = densifyAxis(left, 'from', k);
      right = densifyAxis(right, 'to', k);
    }
    k = -1;
  }
  return [left, right];
}

/** The coarsest list of factors that refines both; undefined where there is none. */
function commonRefinement(a: readonly number[], b: readonly number[]): number[] | undefined {
  const strides = (sizes: readonly number[]): number[] => {
    const result: number[] = [];
    sizes.reduceRight((stride, size) => {
      result.push(stride);
      return stride * size;
    }, 1);
    return result;
  };
  const total = a.reduce((product, size) => product * size, 1);
  if (total !== b.reduce((product, size) => product * size, 1)) return undefined;
  const cuts = [...new Set([...strides(a), ...strides(b), total])].sort((x, y) => y - x);
  const factors: number[] = [];
  for (let k = 0; k + 1 < cuts.length; k += 1) {
    const ratio = (cuts[k] ?? 1) / (cuts[k + 1] ?? 1);
    if (!Number.isInteger(ratio)) return undefined;
    factors.push(ratio);
  }
  return factors;
}

/** Splits every index on an axis so that the axis reads `factors`. */
function splitAxis(
  block: Block,
  side: 'to' | 'from',
  place: number,
  factors: readonly number[],
): Block | undefined {
  let current = block;
  const rest = [...factors];
  const seen = new Map<number, string>();
  for (const { index, offset } of block[side][place] ?? []) {
    if (offset !== 0) return undefined;
    const size = sizeOf(block.sizes, index);
    const part: number[] = [];
    let product = 1;
    while (product < size || (size === 1 && part.length === 0)) {
      const next = rest.shift();
      if (next === undefined) return undefined;
      part.push(next);
      product *= next;
    }
    if (product !== size) return undefined;
    const before = seen.get(index);
    if (before !== undefined && before !== part.join()) return undefined;
    if (before === undefined && part.length > 1) {
      const split = splitIndex(current, index, part);
      if (split === undefined) return undefined;
      current = split;
    }
    seen.set(index, part.join());
  }
  // Factors of length 1 that are left over say nothing.
  return rest.length === 0 ? current : undefined;
}

/** Union-find over the indices of both blocks; index of x = index of its root + shift. */
class Classes {
  readonly parent: number[];
  readonly shift: number[];
  /** Window of each root in its own coordinates. */
  readonly low: number[];
  readonly high: number[];
  empty = false;

  constructor(sizes: readonly number[]) {
    this.parent = sizes.map((_, k) => k);
    this.shift = sizes.map(() => 0);
    this.low = sizes.map(() => 0);
    this.high = [...sizes];
    this.empty = sizes.some((size) => size === 0);
  }

  find(x: number): { root: number; shift: number } {
    let shift = 0;
    let at = x;
    for (;;) {
      const up = this.parent[at] ?? at;
      if (up === at) return { root: at, shift };
      shift += this.shift[at] ?? 0;
      at = up;
    }
  }

  /** Ties x and y where (index of x) + offsetX = (index of y) + offsetY. */
  tie(x: number, offsetX: number, y: number, offsetY: number): void {
    const a = this.find(x);
    const b = this.find(y);
    const shift = b.shift + offsetY - a.shift - offsetX;
    if (a.root === b.root) {
      if (shift !== 0) this.empty = true;
      return;
    }
    this.parent[a.root] = b.root;
    this.shift[a.root] = shift;
    const low = Math.max(this.low[b.root] ?? 0, (this.low[a.root] ?? 0) - shift);
    const high = Math.min(this.high[b.root] ?? 0, (this.high[a.root] ?? 0) - shift);
    this.low[b.root] = low;
    this.high[b.root] = high;
    if (low >= high) this.empty = true;
  }
}

/**
 * Composes ∂w/∂v (`outer`) after ∂v/∂u (`inner`).
 * @returns undefined where the product is structurally zero
 */
export function compose(outer: Block, inner: Block): Composition | undefined {
  const [left, right] = align(outer, inner);
  const base = left.sizes.length;
  const classes = new Classes([...left.sizes, ...right.sizes]);
  right.to.forEach((axis, k) => {
    axis.forEach(({ index, offset }, j) => {
      const factor = left.from[k]?.[j];
      if (factor === undefined) throw new Error('aligned axes have different factors');
      classes.tie(base + index, offset, factor.index, factor.offset);
    });
  });
  if (classes.empty) return undefined;

  const place = (x: number): IndexPlace => {
    const { root, shift } = classes.find(x);
    return { class: root, start: (classes.low[root] ?? 0) + shift };
  };
  const leftPlaces = left.sizes.map((_, index) => place(index));
  const rightPlaces = right.sizes.map((_, index) => place(base + index));
  const classSizes = classes.low.map((low, k) => (classes.high[k] ?? low) - low);
  const moved = (axis: Axis, places: readonly IndexPlace[]): Axis =>
    axis.map(({ index, offset }) => {
      const at = places[index];
      if (at === undefined) throw new Error(`index ${index} was not placed`);
      return { index: at.class, offset: offset + at.start };
    });
  const to = left.to.map((axis) => moved(axis, leftPlaces));
  const from = right.from.map((axis) => moved(axis, rightPlaces));

  const broken = brokenGroup(to, left.toShape, classSizes);
  if (broken !== undefined) return compose(densifyAxis(left, 'to', broken), right);
  const brokenFrom = brokenGroup(from, right.fromShape, classSizes);
  if (brokenFrom !== undefined) return compose(left, densifyAxis(right, 'from', brokenFrom));

  const value = new Set([
    ...left.value.map((index) => leftPlaces[index]?.class ?? -1),
    ...right.value.map((index) => rightPlaces[index]?.class ?? -1),
  ]);
  const kept = new Set(axisIndices({ to, from }));
  const summed = new Set<number>();
  let repeats = 1;
  for (const { index } of left.from.flat()) {
    const at = leftPlaces[index]?.class ?? -1;
    if (kept.has(at) || value.has(at) || summed.has(at)) continue;
    summed.add(at);
    repeats *= sizeOf(classSizes, at);
  }
  const coefficient = strongest(
    strongest(left.coefficient, right.coefficient),
    repeats > 1 ? 'constant' : 'unit',
  );
  const free =
    left.coefficient === 'unit' ||
    right.coefficient === 'unit' ||
    (left.coefficient === 'constant' && right.coefficient === 'constant');
  const product: Block = {
    to,
    from,
    value: [...value].filter((each) => kept.has(each)),
    sizes: classSizes,
    coefficient,
    toShape: left.toShape,
    fromShape: right.fromShape,
  };
  const classesByNumber = axisIndices(product);
  return {
    result: canonicalBlock(product),
    multiplications: free ? 0 : volume(classSizes, value),
    outer: { block: left, places: leftPlaces },
    inner: { block: right, places: rightPlaces },
    classSizes,
    resultClasses: classesByNumber,
    repeats,
  };
}

/** An axis of several factors that does not cover its length exactly, without windows. */
function isBrokenGroup(
  axis: Axis | undefined,
  length: number | undefined,
  sizes: readonly number[],
): boolean {
  if (axis === undefined || axis.length <= 1) return false;
  const width = axis.reduce((product, { index }) => product * sizeOf(sizes, index), 1);
  return width !== length || axis.some(({ offset }) => offset !== 0);
}

/** The first such axis. */
function brokenGroup(
  axes: readonly Axis[],
  shape: readonly number[],
  sizes: readonly number[],
): number | undefined {
  const place = axes.findIndex((axis, k) => isBrokenGroup(axis, shape[k], sizes));
  return place < 0 ? undefined : place;
}
