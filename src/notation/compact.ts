/** Blocks without indices that stand nowhere. */
import type { Axis, Block } from './block.ts';

/**
 * The block with only the indices that stand on an axis, and those to `keep`: every index that is
 * left over repeats the sums of `applyUnit` as many times as it is long.
 */
export function compactBlock(block: Block, keep: readonly number[] = []): Block {
  const used = [
    ...new Set([...block.to, ...block.from].flat().map((factor) => factor.index)),
    ...keep,
  ];
  const renumber = (axis: Axis): Axis =>
    axis.map(({ index, offset }) => ({ index: used.indexOf(index), offset }));
  return {
    ...block,
    to: block.to.map(renumber),
    from: block.from.map(renumber),
    value: block.value.flatMap((index) => (used.includes(index) ? [used.indexOf(index)] : [])),
    sizes: used.map((index) => block.sizes[index] ?? 1),
  };
}
