/**
 * The algebra of edge values: what the product of two edges and the sum of two parallel edges is
 * worth, as numbers where they are known before run time and as emitted equations where they are
 * not. Structure (deltas, windows, which indices are stored) is that of src/notation.
 *
 * An edge value has a class, unit < constant < variable. A product with a unit moves the stored
 * numbers at most, a product of two constants is folded, and every other product emits one equation
 * that executes exactly the multiplications that the cost model `multiplications` counts for it,
 * also where a constant happens to be 1, −1 or 0. Signs are carried beside variable values.
 */
import { add as addBlocks } from '../notation/add.ts';
import { type Block, type CoefficientClass, elementCount, strongest } from '../notation/block.ts';
import { compactBlock } from '../notation/compact.ts';
import { type ComposedOperand, type Composition, compose } from '../notation/compose.ts';
import { applyUnit, evaluateComposition, storedShape, valueClasses } from '../notation/evaluate.ts';
import { valueMap } from '../notation/value-map.ts';
import type { ProgramBuilder } from '../program/builder.ts';
import { rearrangeParameters } from '../program/primitives/linear.ts';
import { sameShape } from '../program/shapes.ts';
import { single, unitBlock } from '../program/structure.ts';
import type { Operand } from '../program/types.ts';
import { literal, literalTensor } from '../program/values.ts';

/** 1 or −1. */
export type Sign = 1 | -1;

/** What an edge is worth: its structure, and the numbers it stores. */
export type BlockValue =
  | { readonly kind: 'unit'; readonly block: Block; readonly sign: Sign }
  | {
      readonly kind: 'constant';
      readonly block: Block;
      /** Row-major over the block's value word. */
      readonly numbers: readonly number[];
    }
  | {
      readonly kind: 'variable';
      readonly block: Block;
      readonly sign: Sign;
      /** A tensor with one axis an index of the block's value word. */
      readonly operand: Operand;
    };

const times = (a: Sign, b: Sign): Sign => (a === b ? 1 : -1);

/** The numbers of a value that is known before run time. */
function knownNumbers(value: Exclude<BlockValue, { kind: 'variable' }>): readonly number[] {
  return value.kind === 'unit' ? [value.sign] : value.numbers;
}

/** A literal; one number where all are the same. */
function compactLiteral(shape: readonly number[], numbers: readonly number[]): Operand {
  const [first = 0] = numbers;
  return numbers.every((number) => Object.is(number, first))
    ? literal(first)
    : literalTensor(shape, numbers);
}

/** True where applying the unit block changes nothing. */
function isIdentity(map: Block): boolean {
  return (
    sameShape(map.toShape, map.fromShape) &&
    map.to.every((axis, k) => {
      const [own, other] = [axis[0], map.from[k]?.[0]];
      return (
        axis.length === 1 &&
        map.from[k]?.length === 1 &&
        own?.index === other?.index &&
        own?.offset === 0 &&
        other?.offset === 0
      );
    }) &&
    map.sizes.length === map.to.length &&
    new Set(map.to.map((axis) => axis[0]?.index)).size === map.to.length
  );
}

/** True where the edge joins scalars: one number, no index. */
function isNumber({ to, from, value, sizes }: Block): boolean {
  return to.length === 0 && from.length === 0 && value.length === 0 && sizes.length === 0;
}

const numberBlocks = {
  unit: unitBlock([], [], [], [], []),
  constant: { ...unitBlock([], [], [], [], []), coefficient: 'constant' },
  variable: { ...unitBlock([], [], [], [], []), coefficient: 'variable' },
} as const satisfies Record<CoefficientClass, Block>;

/** Multiplies and adds edge values, emitting equations into one Program. */
export class BlockValues {
  readonly #builder: ProgramBuilder;
  #multiplications = 0;

  /** Equations are appended to `builder`. */
  constructor(builder: ProgramBuilder) {
    this.#builder = builder;
  }

  /** Multiplications that the emitted products execute. */
  get multiplications(): number {
    return this.#multiplications;
  }

  /**
   * The value of the path through `incoming`, then `outgoing`; undefined where it is structurally
   * zero.
   */
  compose(outgoing: BlockValue, incoming: BlockValue): BlockValue | undefined {
    if (isNumber(outgoing.block) && isNumber(incoming.block)) {
      return this.#composeNumbers(outgoing, incoming);
    }
    const composition = compose(outgoing.block, incoming.block);
    if (composition === undefined) return undefined;
    const outer = this.#loosen(outgoing, composition.outer.block);
    const inner = this.#loosen(incoming, composition.inner.block);
    const { result } = composition;
    if (outer.kind !== 'variable' && inner.kind !== 'variable') {
      const numbers = evaluateComposition(composition, knownNumbers(outer), knownNumbers(inner));
      if (result.coefficient !== 'unit') return { kind: 'constant', block: result, numbers };
      return { kind: 'unit', block: result, sign: numbers[0] === 1 ? 1 : -1 };
    }
    const sign = times(
      outer.kind === 'constant' ? 1 : outer.sign,
      inner.kind === 'constant' ? 1 : inner.sign,
    );
    if (outer.kind === 'unit' && inner.kind === 'variable') {
      const operand = this.#moved(inner.operand, composition, composition.inner);
      return { kind: 'variable', block: result, sign, operand };
    }
    if (inner.kind === 'unit' && outer.kind === 'variable') {
      const operand = this.#moved(outer.operand, composition, composition.outer);
      return { kind: 'variable', block: result, sign, operand };
    }
    const operand = this.#product(composition, outer, inner);
    return { kind: 'variable', block: result, sign, operand };
  }

  /** The value of two parallel edges taken together. */
  add(existing: BlockValue, added: BlockValue): BlockValue {
    const scalars = isNumber(existing.block) && isNumber(added.block);
    const block = scalars
      ? numberBlocks[strongest(strongest(existing.kind, added.kind), 'constant')]
      : addBlocks(existing.block, added.block);
    const [a, b] = scalars
      ? [existing, added]
      : [this.#loosen(existing, block), this.#loosen(added, block)];
    if (a.kind !== 'variable') {
      if (b.kind === 'variable') return this.#sum(block, b, a);
      const [x, y] = [this.#spread(a, block), this.#spread(b, block)];
      return { kind: 'constant', block, numbers: x.map((number, k) => number + (y[k] ?? 0)) };
    }
    return this.#sum(block, a, b);
  }

  /** The product between scalars, where no index has to be looked at. */
  #composeNumbers(outgoing: BlockValue, incoming: BlockValue): BlockValue {
    const block = numberBlocks[strongest(outgoing.kind, incoming.kind)];
    if (outgoing.kind !== 'variable' && incoming.kind !== 'variable') {
      const product = (knownNumbers(outgoing)[0] ?? 0) * (knownNumbers(incoming)[0] ?? 0);
      return block.coefficient === 'unit'
        ? { kind: 'unit', block, sign: product === 1 ? 1 : -1 }
        : { kind: 'constant', block, numbers: [product] };
    }
    const sign = times(
      outgoing.kind === 'constant' ? 1 : outgoing.sign,
      incoming.kind === 'constant' ? 1 : incoming.sign,
    );
    const operand = (value: BlockValue): Operand =>
      value.kind === 'variable' ? value.operand : literal(knownNumbers(value)[0] ?? 0);
    if (outgoing.kind === 'unit')
      return { kind: 'variable', block, sign, operand: operand(incoming) };
    if (incoming.kind === 'unit')
      return { kind: 'variable', block, sign, operand: operand(outgoing) };
    this.#multiplications += 1;
    const product = this.#builder.emit('mul', [operand(outgoing), operand(incoming)]);
    return { kind: 'variable', block, sign, operand: product };
  }

  /** The stored tensor as an operand, its sign applied: a literal, a value, or the `neg` of one. */
  stored(value: BlockValue): Operand {
    if (value.kind === 'unit') return literal(value.sign);
    if (value.kind === 'constant') return compactLiteral(storedShape(value.block), value.numbers);
    return value.sign === 1 ? value.operand : this.#builder.emit('neg', [value.operand]);
  }

  /** The same matrix in a structure with fewer ties. */
  #loosen(value: BlockValue, block: Block): BlockValue {
    if (value.kind === 'variable') {
      const map = valueMap(value.block, block);
      return { ...value, block, operand: this.#rearranged(value.operand, map) };
    }
    if (value.kind === 'unit' && block.value.length === 0 && block.coefficient === 'unit') {
      return { ...value, block };
    }
    const numbers = applyUnit(valueMap(value.block, block), knownNumbers(value));
    return { kind: 'constant', block, numbers };
  }

  /** Known numbers, one for each stored place of a structure that the value already has. */
  #spread(value: Exclude<BlockValue, { kind: 'variable' }>, block: Block): readonly number[] {
    const places = elementCount(storedShape(block));
    const numbers = knownNumbers(value);
    return numbers.length === places
      ? numbers
      : Array.from({ length: places }, () => numbers[0] ?? 0);
  }

  #sum(
    block: Block,
    existing: Extract<BlockValue, { kind: 'variable' }>,
    added: BlockValue,
  ): BlockValue {
    const { sign, operand } = existing;
    if (added.kind !== 'variable') {
      // s·a + k = s·(a + s·k)
      const numbers = this.#spread(added, block).map((number) => sign * number);
      const known = compactLiteral(storedShape(block), numbers);
      return {
        kind: 'variable',
        block,
        sign,
        operand: this.#builder.emit('add', [operand, known]),
      };
    }
    if (added.sign === sign) {
      const sum = this.#builder.emit('add', [operand, added.operand]);
      return { kind: 'variable', block, sign, operand: sum };
    }
    const [positive, negative] = sign === 1 ? [existing, added] : [added, existing];
    const difference = this.#builder.emit('sub', [positive.operand, negative.operand]);
    return { kind: 'variable', block, sign: 1, operand: difference };
  }

  /** Stored numbers of a product with a unit: moved, cut to windows, summed; never multiplied. */
  #moved(operand: Operand, composition: Composition, side: ComposedOperand): Operand {
    const { classSizes, result, resultClasses, repeats } = composition;
    const sizes = repeats > 1 ? [...classSizes, repeats] : [...classSizes];
    const to = result.value.map((index) => single(resultClasses[index] ?? -1));
    return this.#rearranged(
      operand,
      compactBlock(
        unitBlock(
          to,
          side.block.value.map((index) => {
            const place = side.places[index];
            return single(place?.class ?? -1, place?.start);
          }),
          sizes,
          storedShape(result),
          storedShape(side.block),
        ),
        repeats > 1 ? [sizes.length - 1] : [],
      ),
    );
  }

  /** One equation that multiplies; a value that no index repeats is an element-wise product. */
  #product(composition: Composition, outer: BlockValue, inner: BlockValue): Operand {
    const { result, resultClasses, repeats } = composition;
    const left = this.#factor(outer, composition, composition.outer);
    const right = this.#factor(inner, composition, composition.inner);
    const out = result.value.map((index) => resultClasses[index] ?? -1);
    const same = (a: readonly number[], b: readonly number[]): boolean => a.join() === b.join();
    this.#multiplications += composition.multiplications;
    const elementwise =
      (same(left.word, out) || left.word.length === 0) &&
      (same(right.word, out) || right.word.length === 0) &&
      (left.word.length > 0 || right.word.length > 0 || out.length === 0);
    let product: Operand;
    if (elementwise) {
      product = this.#builder.emit('mul', [left.operand, right.operand]);
    } else {
      const numbers = [...new Set([...left.word, ...right.word])];
      const renumber = (word: readonly number[]): number[] =>
        word.map((each) => numbers.indexOf(each));
      product = this.#builder.emit('einsum', [left.operand, right.operand], {
        left: renumber(left.word),
        right: renumber(right.word),
        out: renumber(out),
      });
    }
    if (repeats === 1) return product;
    const axes = out.map((_, k) => single(k));
    const shape = storedShape(result);
    return this.#rearranged(product, unitBlock(axes, axes, [...shape, repeats], shape, shape));
  }

  /** A factor of a product, cut to the windows of the composition, and its word of classes. */
  #factor(
    value: BlockValue,
    composition: Composition,
    side: ComposedOperand,
  ): { readonly operand: Operand; readonly word: readonly number[] } {
    const { classSizes } = composition;
    const stored =
      value.kind === 'variable'
        ? value.operand
        : literalTensor(storedShape(side.block), this.#spread(value, side.block));
    const classes = valueClasses(side);
    const word = [...new Set(classes)];
    const map = compactBlock(
      unitBlock(
        word.map((each) => single(each)),
        side.block.value.map((index) => {
          const place = side.places[index];
          return single(place?.class ?? -1, place?.start);
        }),
        classSizes,
        word.map((each) => classSizes[each] ?? 1),
        storedShape(side.block),
      ),
    );
    return { operand: this.#rearranged(stored, map), word };
  }

  /** Applies a unit block; nothing is emitted where it changes nothing, literals are moved now. */
  #rearranged(operand: Operand, map: Block): Operand {
    if (isIdentity(map)) return operand;
    if (operand.kind === 'literal') {
      const full =
        operand.data.length === 1 && map.fromShape.length > 0
          ? Array.from({ length: elementCount(map.fromShape) }, () => operand.data[0] ?? 0)
          : operand.data;
      return literalTensor(map.toShape, applyUnit(map, full));
    }
    return this.#builder.emit('rearrange', [operand], rearrangeParameters(map));
  }
}
