/**
 * A block is an elemental partial ∂to/∂from in index notation: a product of Kronecker deltas and a
 * stored value over named indices, without a sum. Its entry at (to position, from position) is
 *
 *   value at the indices named by `value`   where every axis agrees on every index,
 *   0                                        elsewhere.
 *
 * An axis is a list of factors, most significant first: usually one index, shifted by an offset (a
 * window: position = index + offset; the axis is zero outside of it), or several indices that a
 * reshape merged (then all offsets are 0 and the sizes multiply to the length of the axis).
 *
 * The coefficient says what the stored numbers are: `unit` is ±1 (nothing is stored), `constant` is
 * known before run time, `variable` depends on the input.
 */

/** Index `index` of the block, standing on an axis from `offset` on. */
export interface AxisFactor {
  readonly index: number;
  readonly offset: number;
}

/** One axis, row-major: most significant factor first. */
export type Axis = readonly AxisFactor[];

/** Strength of the stored number: unit < constant < variable. */
export type CoefficientClass = 'unit' | 'constant' | 'variable';

/** A block with the shapes of the two tensors it joins. */
export interface Block {
  readonly to: readonly Axis[];
  readonly from: readonly Axis[];
  /** Indices the stored value has as its axes, in order; empty: one number. */
  readonly value: readonly number[];
  /** Length of each index. */
  readonly sizes: readonly number[];
  readonly coefficient: CoefficientClass;
  readonly toShape: readonly number[];
  readonly fromShape: readonly number[];
}

const strength: Readonly<Record<CoefficientClass, number>> = { unit: 0, constant: 1, variable: 2 };

/** The stronger of two coefficients. */
export function strongest(a: CoefficientClass, b: CoefficientClass): CoefficientClass {
  return strength[a] >= strength[b] ? a : b;
}

/** Size of an index; the index must be one of the block's. */
export function sizeOf(sizes: readonly number[], index: number): number {
  const size = sizes[index];
  if (size === undefined) throw new Error(`index ${index} has no size`);
  return size;
}

/** Product of the sizes of distinct indices. */
export function volume(sizes: readonly number[], indices: Iterable<number>): number {
  let product = 1;
  for (const index of new Set(indices)) product *= sizeOf(sizes, index);
  return product;
}

/** Indices that stand on an axis of the block, in order of first appearance. */
export function axisIndices(block: Pick<Block, 'to' | 'from'>): number[] {
  return [...new Set([...block.to, ...block.from].flat().map((factor) => factor.index))];
}

/**
 * Renumbers the indices in order of first appearance (to, from), drops those that stand on no axis,
 * and sorts the value word, so that equal structures are equal data.
 */
export function canonicalBlock(block: Block): Block {
  const number = new Map(axisIndices(block).map((index, place) => [index, place]));
  const renumber = (axis: Axis): Axis =>
    axis.map(({ index, offset }) => ({ index: number.get(index) ?? -1, offset }));
  const sizes: number[] = [];
  for (const [index, place] of number) sizes[place] = sizeOf(block.sizes, index);
  return {
    ...block,
    to: block.to.map(renumber),
    from: block.from.map(renumber),
    value: block.value.flatMap((index) => number.get(index) ?? []).sort((a, b) => a - b),
    sizes,
  };
}

/** A key that is equal exactly for blocks of equal canonical structure. */
export function blockKey(block: Block): string {
  const axis = (factors: Axis): string =>
    factors
      .map(({ index, offset }) => (offset === 0 ? `${index}` : `${index}+${offset}`))
      .join('.');
  return [
    block.to.map(axis).join(),
    block.from.map(axis).join(),
    block.value.join(),
    block.sizes.join(),
    block.coefficient[0],
    block.toShape.join(),
    block.fromShape.join(),
  ].join('|');
}

/** Number of elements of a shape. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
