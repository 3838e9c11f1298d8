/**
 * What temperatures and biases are multiples of: the root of a quarter of what a step costs on
 * average in an order that is known, and at least 1. Scalar graphs have a scale of about 1.
 */
export function stepScale(count: number, length: number): number {
  return Math.max(1, Math.sqrt(count / Math.max(1, length) / 4));
}
