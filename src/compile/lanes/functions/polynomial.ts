/** Polynomials with literal coefficients, by Horner's rule. */
import { at, type LaneBuilder } from '../builder.ts';
import type { LaneValue, Precision } from '../types.ts';

/** Coefficients for both precisions, lowest first. */
export type Coefficients = Readonly<Record<Precision, readonly number[]>>;

/** The coefficient at a place as a literal. */
export function coefficient(b: LaneBuilder, table: Coefficients, place: number): LaneValue {
  return b.real(at(table[b.precision], place));
}

/** c₀ + c₁·x + c₂·x² + …: one multiply-add a coefficient but the last. */
export function polynomial(b: LaneBuilder, table: Coefficients, x: LaneValue): LaneValue {
  const [last, ...others] = table[b.precision].toReversed();
  if (last === undefined) throw new Error('a polynomial without coefficients');
  return others.reduce<LaneValue>((sum, c) => b.multiplyAdd(sum, x, b.real(c)), b.real(last));
}
