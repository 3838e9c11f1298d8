/** Points in the domain of a function, near its sample: what Jacobians are checked and timed at. */
import type { Tensor } from '../program/types.ts';
import type { Random } from '../support/random.ts';

/** Each coordinate moved by up to this share of its size (of 1 where it is 0). */
const spread = 0.02;

/** A point near another, uniformly in a box. */
export function pointNear(sample: readonly Tensor[], random: Random): readonly Tensor[] {
  const move = (x: number): number => x + spread * (Math.abs(x) || 1) * (2 * random.next() - 1);
  return sample.map(({ shape, data }) => ({ shape, data: data.map(move) }));
}

/** Points as a batch: one array an input, row-major `[count, …shape]`. */
export function batchOf(points: readonly (readonly Tensor[])[]): Float64Array[] {
  const [first = []] = points;
  return first.map(({ data }, input) => {
    const length = data.length;
    const column = new Float64Array(points.length * length);
    points.forEach((point, k) => {
      column.set(point[input]?.data ?? [], k * length);
    });
    return column;
  });
}
