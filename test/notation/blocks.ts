/** Random blocks for the laws of index notation. */
import {
  type Axis,
  type Block,
  type CoefficientClass,
  elementCount,
} from '../../src/notation/block.ts';
import type { Random } from '../../src/support/random.ts';

export interface NumericBlock {
  readonly block: Block;
  readonly stored: readonly number[];
}

/** A tensor shape of rank 0–3 whose axes may be merged ones. */
export function randomShape(random: Random): number[] {
  return Array.from({ length: random.integer(4) }, () => [1, 2, 3, 4, 6][random.integer(5)] ?? 1);
}

/** A random block of the given shapes: ties, windows, repeated indices, merged axes. */
export function randomBlock(
  random: Random,
  toShape: readonly number[],
  fromShape: readonly number[],
): NumericBlock {
  const sizes: number[] = [];
  const whole: boolean[] = [];
  const axis = (length: number): Axis => {
    if ((length === 4 || length === 6) && random.integer(3) === 0) {
      const first = random.integer(2) === 0 ? 2 : length / 2;
      return [first, length / first].map((size) => {
        const tied = sizes.findIndex((other, k) => other === size && whole[k] === true);
        if (tied >= 0 && random.integer(2) === 0) return { index: tied, offset: 0 };
        whole.push(true);
        return { index: sizes.push(size) - 1, offset: 0 };
      });
    }
    const candidates = sizes.flatMap((size, k) =>
      size <= length && (whole[k] !== true || size === length) ? [k] : [],
    );
    if (candidates.length > 0 && random.integer(3) > 0) {
      const index = candidates[random.integer(candidates.length)] ?? 0;
      const size = sizes[index] ?? 1;
      return [{ index, offset: random.integer(length - size + 1) }];
    }
    const window = random.integer(4) === 0 ? 1 + random.integer(length) : length;
    whole.push(false);
    return [{ index: sizes.push(window) - 1, offset: random.integer(length - window + 1) }];
  };
  const to = toShape.map(axis);
  const from = fromShape.map(axis);
  const coefficient: CoefficientClass =
    (['unit', 'constant', 'variable', 'variable'] as const)[random.integer(4)] ?? 'variable';
  const value =
    coefficient === 'unit' ? [] : sizes.map((_, k) => k).filter(() => random.integer(2) === 0);
  const block: Block = { to, from, value, sizes, coefficient, toShape, fromShape };
  const count = elementCount(value.map((index) => sizes[index] ?? 1));
  const stored =
    coefficient === 'unit'
      ? [random.integer(2) === 0 ? 1 : -1]
      : Array.from({ length: count }, () => 1 + random.integer(9));
  return { block, stored };
}
