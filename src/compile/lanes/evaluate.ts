/**
 * What every operation of the lane representation means, as plain TypeScript: reals as numbers
 * (f32: rounded by Math.fround, which is right for + − · / √ because 53 ≥ 2·24 + 2, Figueroa, When is
 * Double Rounding Innocuous?, 1995), integers as signed bigints, masks as booleans. Used by the
 * interpreter and for folding constants. Slow and exact.
 */
import { exactFma } from './fused.ts';
import { bitsOfReal, formatOf, realOfBits, roundTo } from './format.ts';
import type { LaneOperation, Precision } from './types.ts';

/** What a lane holds while it is evaluated. */
export type LaneNumber = number | bigint | boolean;

function nearestEven(x: number): number {
  if (!Number.isFinite(x) || Math.abs(x) >= 2 ** 52) return x;
  // Adding and subtracting 2^52 rounds to an integer; the sign of zero is put back.
  const size = Math.abs(x) + 2 ** 52 - 2 ** 52;
  return x < 0 || Object.is(x, -0) ? -size : size;
}

function copysign(x: number, y: number): number {
  const negative = bitsOfReal('f64', y) < 0n;
  return bitsOfReal('f64', x) < 0n === negative ? x : -x;
}

/**
 * The value of an operation.
 * @param operands one number for each operand, of the type that the operation asks for
 */
export function evaluateOperation(
  precision: Precision,
  operation: LaneOperation,
  operands: readonly LaneNumber[],
): LaneNumber {
  const { width } = formatOf(precision);
  // Types were checked when the operation was emitted.
  const real = (place: number): number => operands[place] as number;
  const integer = (place: number): bigint => operands[place] as bigint;
  const mask = (place: number): boolean => operands[place] as boolean;
  const round = (x: number): number => roundTo(precision, x);
  const wrap = (n: bigint): bigint => BigInt.asIntN(width, n);
  switch (operation.op) {
    case 'realLiteral':
    case 'integerLiteral':
      return operation.value;
    case 'neg':
      return -real(0);
    case 'abs':
      return Math.abs(real(0));
    case 'sqrt':
      return round(Math.sqrt(real(0)));
    case 'floor':
      return Math.floor(real(0));
    case 'ceil':
      return Math.ceil(real(0));
    case 'trunc':
      return Math.trunc(real(0));
    case 'nearest':
      return nearestEven(real(0));
    case 'add':
      return round(real(0) + real(1));
    case 'sub':
      return round(real(0) - real(1));
    case 'mul':
      return round(real(0) * real(1));
    case 'div':
      return round(real(0) / real(1));
    case 'min':
      return Math.min(real(0), real(1));
    case 'max':
      return Math.max(real(0), real(1));
    case 'pseudoMin':
      return real(1) < real(0) ? real(1) : real(0);
    case 'pseudoMax':
      return real(0) < real(1) ? real(1) : real(0);
    case 'copysign':
      return copysign(real(0), real(1));
    case 'fma':
      return exactFma(precision, real(0), real(1), real(2));
    case 'fnma':
      return exactFma(precision, -real(0), real(1), real(2));
    case 'lt':
      return real(0) < real(1);
    case 'le':
      return real(0) <= real(1);
    case 'gt':
      return real(0) > real(1);
    case 'ge':
      return real(0) >= real(1);
    case 'eq':
      return real(0) === real(1);
    case 'ne':
      return real(0) !== real(1);
    case 'integerAdd':
      return wrap(integer(0) + integer(1));
    case 'integerSub':
      return wrap(integer(0) - integer(1));
    case 'integerAnd':
      return integer(0) & integer(1);
    case 'integerOr':
      return integer(0) | integer(1);
    case 'integerXor':
      return integer(0) ^ integer(1);
    case 'shiftLeft':
      return wrap(integer(0) << BigInt(operation.amount));
    case 'shiftRightLogical':
      return wrap(BigInt.asUintN(width, integer(0)) >> BigInt(operation.amount));
    case 'shiftRightArithmetic':
      return integer(0) >> BigInt(operation.amount);
    case 'integerLt':
      return integer(0) < integer(1);
    case 'integerEq':
      return integer(0) === integer(1);
    case 'maskAnd':
      return mask(0) && mask(1);
    case 'maskOr':
      return mask(0) || mask(1);
    case 'maskNot':
      return !mask(0);
    case 'select':
      return (mask(0) ? operands[1] : operands[2]) ?? NaN;
    case 'bitsOf':
      return bitsOfReal(precision, real(0));
    case 'realOf':
      return realOfBits(precision, integer(0));
    case 'toInteger':
      return toInteger(precision, real(0));
    case 'toReal':
      return toReal(precision, integer(0));
    case 'lookUp': {
      const { table, column } = operation;
      const found = table.rows[Number(integer(0))]?.[column];
      if (found === undefined) throw new Error(`${table.name} has no row ${integer(0)}`);
      return round(found);
    }
  }
}

/** Largest integer that `toInteger` and `toReal` have to convert. */
const convertible = (precision: Precision): number => (precision === 'f64' ? 2 ** 51 : 2 ** 22);

/** Outside the promised range something that no engine gives, so that tests see who relies on it. */
function toInteger(precision: Precision, x: number): bigint {
  if (Number.isInteger(x) && Math.abs(x) <= convertible(precision)) return BigInt(x);
  return 0x1234567n;
}

function toReal(precision: Precision, n: bigint): number {
  const x = Number(n);
  return Math.abs(x) <= convertible(precision) ? x : 1234567;
}
