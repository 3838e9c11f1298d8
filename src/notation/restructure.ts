/**
 * The same block with less structure: an axis untied from the others, or an index split in two.
 * The numbers of the block stay what they are; only more of them are stored.
 */
import { type Axis, type Block, elementCount, sizeOf } from './block.ts';

/**
 * Makes one axis of the block dense: it gets an index of its own that runs along the whole axis.
 * Zeros that the ties and windows of the axis stood for are stored from then on.
 */
export function densifyAxis(block: Block, side: 'to' | 'from', place: number): Block {
  const axis = block[side][place];
  const length = (side === 'to' ? block.toShape : block.fromShape)[place];
  if (axis === undefined || length === undefined) throw new Error(`the block has no axis ${place}`);
  const fresh = block.sizes.length;
  const others = [...block.to, ...block.from].filter((other) => other !== axis).flat();
  const carried = new Set(block.value);
  let stored = false;
  for (const { index } of axis) {
    const tied =
      others.some((factor) => factor.index === index) ||
      axis.filter((factor) => factor.index === index).length > 1;
    stored ||= tied || carried.has(index);
    // A tie that is given up has to be stored: the value then depends on both of its ends.
    if (tied) carried.add(index);
  }
  const covered = axis.every((factor) => factor.offset === 0);
  const width = axis.reduce((product, { index }) => product * sizeOf(block.sizes, index), 1);
  if (!covered || width !== length) stored = true;
  if (stored) carried.add(fresh);
  const replaced = block[side].map((other, k) =>
    k === place ? [{ index: fresh, offset: 0 }] : other,
  );
  return {
    ...block,
    [side]: replaced,
    sizes: [...block.sizes, length],
    value: [...carried].filter(
      (index) => index === fresh || others.some((factor) => factor.index === index),
    ),
    // ±1 along deltas is no longer what is stored where zeros stand between.
    coefficient: stored && block.coefficient === 'unit' ? 'constant' : block.coefficient,
  };
}

/**
 * Splits an index into factors (most significant first, their product is its size), as a reshape
 * on the other side asks for. Returns undefined where the index stands in a window or in only a
 * part of an axis, which a list of factors can't say.
 */
export function splitIndex(
  block: Block,
  index: number,
  factors: readonly number[],
): Block | undefined {
  const size = sizeOf(block.sizes, index);
  if (elementCount(factors) !== size) return undefined;
  const axes: [Axis, number | undefined][] = [
    ...block.to.map((axis, k): [Axis, number | undefined] => [axis, block.toShape[k]]),
    ...block.from.map((axis, k): [Axis, number | undefined] => [axis, block.fromShape[k]]),
  ];
  for (const [axis, length] of axes) {
    if (!axis.some((factor) => factor.index === index)) continue;
    const width = axis.reduce((product, factor) => product * sizeOf(block.sizes, factor.index), 1);
    if (width !== length || axis.some((factor) => factor.offset !== 0)) return undefined;
  }
  const parts = factors.map((_, k) => block.sizes.length + k);
  const split = (axis: Axis): Axis =>
    axis.flatMap((factor) =>
      factor.index === index ? parts.map((part) => ({ index: part, offset: 0 })) : [factor],
    );
  return {
    ...block,
    to: block.to.map(split),
    from: block.from.map(split),
    value: block.value.flatMap((other) => (other === index ? parts : [other])),
    sizes: [...block.sizes, ...factors],
  };
}
