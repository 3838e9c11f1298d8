/** The two number formats of lanes: IEEE 754 binary64 and binary32, and their bit patterns. */
import type { Precision } from './types.ts';

/** Figures of a binary floating-point format. */
export interface RealFormat {
  readonly precision: Precision;
  /** Width in bits, of reals and of integers. */
  readonly width: number;
  /** Bits of the fraction field: the significand's bits less the hidden one. */
  readonly fractionBits: number;
  /** What is added to an exponent in the exponent field. */
  readonly bias: number;
  /** Smallest normal number. */
  readonly smallestNormal: number;
  /** Largest finite number. */
  readonly largest: number;
}

const formats: Readonly<Record<Precision, RealFormat>> = {
  f64: {
    precision: 'f64',
    width: 64,
    fractionBits: 52,
    bias: 1023,
    smallestNormal: 2 ** -1022,
    largest: Number.MAX_VALUE,
  },
  f32: {
    precision: 'f32',
    width: 32,
    fractionBits: 23,
    bias: 127,
    smallestNormal: 2 ** -126,
    largest: (2 - 2 ** -23) * 2 ** 127,
  },
};

/** The format of a precision. */
export function formatOf(precision: Precision): RealFormat {
  return formats[precision];
}

/** Rounds a double to the format. */
export function roundTo(precision: Precision, x: number): number {
  return precision === 'f64' ? x : Math.fround(x);
}

const cell = new DataView(new ArrayBuffer(8));

/** The bits of a number of the format, as a signed integer. */
export function bitsOfReal(precision: Precision, x: number): bigint {
  if (precision === 'f64') {
    cell.setFloat64(0, x);
    return cell.getBigInt64(0);
  }
  cell.setFloat32(0, x);
  return BigInt(cell.getInt32(0));
}

/** The number whose bits a signed integer has. */
export function realOfBits(precision: Precision, bits: bigint): number {
  if (precision === 'f64') {
    cell.setBigInt64(0, bits);
    return cell.getFloat64(0);
  }
  cell.setInt32(0, Number(bits));
  return cell.getFloat32(0);
}
