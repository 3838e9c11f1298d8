/** Primitives that lanes have as operations of their own, or as two or three of them. */
import type { CompareName, RealBinaryName, RealUnaryName } from '../types.ts';
import type { LaneBinary, LaneUnary } from './types.ts';

/** An operation of the representation as it is. */
export function unaryOperation(op: RealUnaryName): LaneUnary {
  return (b, x) => b.unary(op, x);
}

/** An operation of the representation as it is. */
export function binaryOperation(op: RealBinaryName): LaneBinary {
  return (b, x, y) => b.binary(op, x, y);
}

/** 1 where the comparison holds, else 0. */
export function comparison(op: CompareName): LaneBinary {
  return (b, x, y) => b.select(b.compare(op, x, y), b.real(1), b.real(0));
}

/** −1, 0 or 1; zeros and NaN stay what they are, as in Math.sign. */
export const sign: LaneUnary = (b, x) => {
  const isNumber = b.compare('gt', b.abs(x), b.real(0));
  return b.select(isNumber, b.copysign(b.real(1), x), x);
};
