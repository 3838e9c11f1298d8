/**
 * x to an integer. Exponents from −2 to 4 are the products that the JavaScript target and the
 * interpreter write; the others go through `pow`.
 */
import type { LaneBuilder } from '../builder.ts';
import type { LaneValue } from '../types.ts';

/** x to the power of an integer. */
export function integerPower(b: LaneBuilder, x: LaneValue, exponent: number): LaneValue {
  const square = (y: LaneValue): LaneValue => b.mul(y, y);
  switch (exponent) {
    case 0:
      return b.real(1);
    case 1:
      return x;
    case 2:
      return square(x);
    case 3:
      return b.mul(square(x), x);
    case 4:
      return square(square(x));
    case -1:
      return b.div(b.real(1), x);
    case -2:
      return b.div(b.real(1), square(x));
    default:
      throw new Error(`integerPow ${exponent} can't be lowered yet`);
  }
}
