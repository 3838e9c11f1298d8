/**
 * Binary floating point of 256 bits on bigints: m·2^e. Every operation is rounded towards −∞ at 2^-255
 * or better, which is exact enough for everything that is measured against 53 bits.
 */

/** m·2^e */
export interface BigFloat {
  readonly m: bigint;
  readonly e: number;
}

const precision = 256;

/** Bits of |m|. */
export function bitLength(m: bigint): number {
  const size = m < 0n ? -m : m;
  return size === 0n
    ? 0
    : (size.toString(16).length - 1) * 4 +
        (32 - Math.clz32(parseInt(size.toString(16).charAt(0), 16)));
}

/** Cut to 256 bits. */
export function big(m: bigint, e: number): BigFloat {
  const excess = bitLength(m) - precision;
  return excess > 0 ? { m: m >> BigInt(excess), e: e + excess } : { m, e };
}

export const zero: BigFloat = { m: 0n, e: 0 };
export const one: BigFloat = { m: 1n, e: 0 };

const cell = new DataView(new ArrayBuffer(8));

/** A finite double, exactly. */
export function fromNumber(x: number): BigFloat {
  cell.setFloat64(0, x);
  const bits = cell.getBigUint64(0);
  const field = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & ((1n << 52n) - 1n);
  const size = field === 0 ? fraction : fraction | (1n << 52n);
  return { m: x < 0 ? -size : size, e: Math.max(field, 1) - 1075 };
}

/** The nearest double or one of its neighbours. */
export function toNumber({ m, e }: BigFloat): number {
  const excess = Math.max(0, bitLength(m) - 64);
  const head = Number(m >> BigInt(excess));
  const exponent = e + excess;
  const half = Math.trunc(exponent / 2);
  return head * 2 ** half * 2 ** (exponent - half);
}

export function add(x: BigFloat, y: BigFloat): BigFloat {
  if (x.m === 0n) return y;
  if (y.m === 0n) return x;
  const [high, low] = x.e >= y.e ? [x, y] : [y, x];
  // Far apart: the small one is less than the last bit that is kept.
  if (high.e - low.e > 3000) {
    const spread = high.e + bitLength(high.m) - (low.e + bitLength(low.m));
    if (spread > 2 * precision) return high;
  }
  return big((high.m << BigInt(high.e - low.e)) + low.m, low.e);
}

export const negate = (x: BigFloat): BigFloat => ({ m: -x.m, e: x.e });
export const subtract = (x: BigFloat, y: BigFloat): BigFloat => add(x, negate(y));
export const multiply = (x: BigFloat, y: BigFloat): BigFloat => big(x.m * y.m, x.e + y.e);

export function divide(x: BigFloat, y: BigFloat): BigFloat {
  const shift = Math.max(0, precision + 2 + bitLength(y.m) - bitLength(x.m));
  return big((x.m << BigInt(shift)) / y.m, x.e - shift - y.e);
}

export const absolute = (x: BigFloat): BigFloat => (x.m < 0n ? negate(x) : x);
export const isNegative = (x: BigFloat): boolean => x.m < 0n;

/** x·2^n */
export const shift = (x: BigFloat, n: number): BigFloat => ({ m: x.m, e: x.e + n });

/** Exponent of the leading bit; −∞ for 0. */
export const exponentOf = (x: BigFloat): number =>
  x.m === 0n ? -Infinity : x.e + bitLength(x.m) - 1;

/** By Newton's iteration on integers. */
export function squareRoot(x: BigFloat): BigFloat {
  if (x.m === 0n) return zero;
  let scaleBy = 2 * precision + 4 - bitLength(x.m);
  if ((x.e - scaleBy) % 2 !== 0) scaleBy += 1;
  const n = scaleBy >= 0 ? x.m << BigInt(scaleBy) : x.m >> BigInt(-scaleBy);
  let root = 1n << BigInt(Math.ceil(bitLength(n) / 2));
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) break;
    root = next;
  }
  return big(root, (x.e - scaleBy) / 2);
}

/** The nearest integer. */
export function roundToInteger({ m, e }: BigFloat): bigint {
  if (e >= 0) return m << BigInt(e);
  return (m + (1n << BigInt(-e - 1))) >> BigInt(-e);
}
