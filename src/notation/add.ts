/**
 * Sum of two elemental partials of the same edge: the finest index structure that contains both.
 * Two axes stay tied where they are tied in both blocks at the same offset; windows are joined to
 * their hull. Where only one block has a delta or the narrower window, the sum is stored densely
 * along it. ±1 + ±1 is a constant: signs are not tracked, nothing is seen to cancel.
 */
import {
  type Axis,
  type AxisFactor,
  type Block,
  canonicalBlock,
  sizeOf,
  strongest,
} from './block.ts';
import { densifyAxis } from './restructure.ts';

/** Axes of a block as single factors; grouped axes that differ between the blocks go dense. */
function sameFactors(x: Block, y: Block): [Block, Block] {
  let [a, b] = [x, y];
  for (const side of ['to', 'from'] as const) {
    for (let k = 0; k < a[side].length; k += 1) {
      const sizes = (block: Block): string =>
        (block[side][k] ?? []).map(({ index }) => sizeOf(block.sizes, index)).join();
      const grouped = (block: Block): boolean => (block[side][k] ?? []).length !== 1;
      if (!grouped(a) && !grouped(b)) continue;
      if (sizes(a) === sizes(b)) continue;
      if (grouped(a)) a = densifyAxis(a, side, k);
      if (grouped(b)) b = densifyAxis(b, side, k);
    }
  }
  return [a, b];
}

interface Slot {
  readonly x: AxisFactor;
  readonly y: AxisFactor;
}

/**
 * Adds two blocks of the same shapes. Cost O(axes²); additions of numbers are not multiplications.
 */
export function add(first: Block, second: Block): Block {
  const [x, y] = sameFactors(first, second);
  const lengths = [...x.to, ...x.from].map((axis) => axis.length);
  const flatX = [...x.to, ...x.from].flat();
  const flatY = [...y.to, ...y.from].flat();
  const slots = flatX.map((factor, k): Slot => {
    const other = flatY[k];
    if (other === undefined) throw new Error('two blocks were added whose shapes differ');
    return { x: factor, y: other };
  });
  const leaders: Slot[] = [];
  const membership: number[] = [];
  const shifts: number[] = [];
  for (const slot of slots) {
    let at = leaders.findIndex(
      (leader) =>
        leader.x.index === slot.x.index &&
        leader.y.index === slot.y.index &&
        slot.x.offset - leader.x.offset === slot.y.offset - leader.y.offset,
    );
    if (at < 0) {
      at = leaders.length;
      leaders.push(slot);
    }
    membership.push(at);
    shifts.push(slot.x.offset - (leaders[at] ?? slot).x.offset);
  }

  const carried = new Set<number>();
  const sizes: number[] = [];
  const lows: number[] = [];
  leaders.forEach((leader, at) => {
    const lowX = leader.x.offset;
    const lowY = leader.y.offset;
    const highX = lowX + sizeOf(x.sizes, leader.x.index);
    const highY = lowY + sizeOf(y.sizes, leader.y.index);
    const low = Math.min(lowX, lowY);
    const high = Math.max(highX, highY);
    sizes.push(high - low);
    lows.push(low);
    const narrower = lowX !== low || lowY !== low || highX !== high || highY !== high;
    const looser = slots.some(
      (slot, k) =>
        membership[k] !== at &&
        (slot.x.index === leader.x.index || slot.y.index === leader.y.index),
    );
    if (
      narrower ||
      looser ||
      x.value.includes(leader.x.index) ||
      y.value.includes(leader.y.index)
    ) {
      carried.add(at);
    }
  });

  let slot = 0;
  const axes: Axis[] = lengths.map((length) =>
    Array.from({ length }, () => {
      const index = membership[slot] ?? 0;
      const offset = (lows[index] ?? 0) + (shifts[slot] ?? 0);
      slot += 1;
      return { index, offset };
    }),
  );
  return canonicalBlock({
    to: axes.slice(0, x.to.length),
    from: axes.slice(x.to.length),
    value: [...carried],
    sizes,
    coefficient: strongest(strongest(x.coefficient, y.coefficient), 'constant'),
    toShape: x.toShape,
    fromShape: x.fromShape,
  });
}
