/** Tensors as functions of their positions: the plainest way to say what an operation does. */
import type { Shape, Tensor } from '../../src/program/types.ts';

/** All positions of a tensor, in row-major order. */
export function positions(shape: Shape): number[][] {
  return shape.reduce<number[][]>(
    (prefixes, length) =>
      prefixes.flatMap((prefix) => Array.from({ length }, (_, k) => [...prefix, k])),
    [[]],
  );
}

/** The tensor with `element(...position)` at each position. */
export function tensorOf(shape: Shape, element: (...position: number[]) => number): Tensor {
  return { shape, data: positions(shape).map((position) => element(...position)) };
}

/** The element of a tensor at a position, which has to exist. */
export function elementOf({ shape, data }: Tensor, ...position: number[]): number {
  const inside = position.every((k, axis) => k >= 0 && k < (shape[axis] ?? 0));
  if (position.length !== shape.length || !inside) throw new Error('no such position');
  const number = data[position.reduce((flat, k, axis) => flat * (shape[axis] ?? 0) + k, 0)];
  if (number === undefined) throw new Error('no such position');
  return number;
}

/** Σ f(k) for k below a length. */
export function total(length: number, f: (k: number) => number): number {
  return Array.from({ length }, (_, k) => f(k)).reduce((sum, term) => sum + term, 0);
}
