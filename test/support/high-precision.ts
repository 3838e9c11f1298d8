/**
 * Elementary functions to more than 150 bits: what the vectorised ones are measured against. Series,
 * argument reductions and identities only (Abramowitz and Stegun, 4 and 7), in forms that do not
 * cancel; doubles serve as first guesses. Checked by identities and published digits in
 * high-precision.test.ts.
 */
import {
  absolute,
  add,
  big,
  bitLength,
  divide,
  exponentOf,
  fromNumber,
  isNegative,
  multiply,
  negate,
  one,
  roundToInteger,
  shift,
  squareRoot,
  subtract,
  toNumber,
  zero,
  type BigFloat,
} from './big-float.ts';

const integer = (n: number | bigint): BigFloat => ({ m: BigInt(n), e: 0 });

/** Σ terms until one is below 2^-260 of the sum. */
function series(first: BigFloat, next: (term: BigFloat, n: number) => BigFloat): BigFloat {
  let term = first;
  let sum = zero;
  for (let n = 1; term.m !== 0n; n += 1) {
    sum = add(sum, term);
    term = next(term, n);
    if (exponentOf(term) < exponentOf(sum) - 260) break;
  }
  return sum;
}

/** atan(1/n)·2^bits */
function inverseTangent(n: bigint, bits: number): bigint {
  let power = (1n << BigInt(bits)) / n;
  let sum = power;
  for (let k = 1n; power !== 0n; k += 1n) {
    power = -power / (n * n);
    sum += power / (2n * k + 1n);
  }
  return sum;
}

/** π·2^1600 (Machin 1706). */
const piBits = 1600;
const piInteger =
  (16n * inverseTangent(5n, piBits + 32) - 4n * inverseTangent(239n, piBits + 32)) >> 32n;

export const pi: BigFloat = big(piInteger, -piBits);
const halfPi = shift(pi, -1);
/** ln 2 = 2·atanh(1/3) */
export const ln2: BigFloat = series(divide(integer(2), integer(3)), (term, n) =>
  divide(multiply(term, integer(2 * n - 1)), integer(9 * (2 * n + 1))),
);
const ln10 = log(integer(10));

function expParts(x: BigFloat): { readonly n: number; readonly less: BigFloat } {
  const n = Number(roundToInteger(divide(x, ln2)));
  const r = shift(subtract(x, multiply(ln2, integer(n))), -10);
  let less = series(r, (term, k) => divide(multiply(term, r), integer(k + 1)));
  for (let k = 0; k < 10; k += 1) less = multiply(less, add(less, integer(2)));
  return { n, less };
}

export function exp(x: BigFloat): BigFloat {
  const { n, less } = expParts(x);
  return shift(add(one, less), n);
}

export function expm1(x: BigFloat): BigFloat {
  if (exponentOf(x) < -400) return x;
  const { n, less } = expParts(x);
  return n === 0 ? less : subtract(shift(add(one, less), n), one);
}

/** 2·atanh(s) */
function doubleAtanh(s: BigFloat): BigFloat {
  const square = multiply(s, s);
  let power = shift(s, 1);
  let sum = power;
  for (let k = 3; exponentOf(power) > exponentOf(sum) - 260; k += 2) {
    power = multiply(power, square);
    sum = add(sum, divide(power, integer(k)));
  }
  return sum;
}

export function log(x: BigFloat): BigFloat {
  const k = exponentOf(x);
  const m = shift(x, -k);
  const guess = fromNumber(Math.log(toNumber(m)));
  const rest = divide(m, exp(guess));
  const s = divide(subtract(rest, one), add(rest, one));
  return add(multiply(ln2, integer(k)), add(guess, s.m === 0n ? zero : doubleAtanh(s)));
}

export function log1p(x: BigFloat): BigFloat {
  if (x.m === 0n) return zero;
  return exponentOf(x) < -20 ? doubleAtanh(divide(x, add(x, integer(2)))) : log(add(one, x));
}

/** x − n·π/2 with n nearest; π to enough bits for every double. */
function reduce(x: BigFloat): { readonly n: bigint; readonly r: BigFloat } {
  const twoOverPi = (1n << BigInt(2 * piBits + 1)) / piInteger;
  const scaled = x.m * twoOverPi;
  const n = roundToInteger({ m: scaled, e: x.e - piBits });
  // x = m·2^e; n·π/2 = n·piInteger·2^(−piBits − 1)
  const e = Math.min(x.e, -piBits - 1);
  const difference = (x.m << BigInt(x.e - e)) - ((n * piInteger) << BigInt(-piBits - 1 - e));
  return { n, r: big(difference, e) };
}

function sineSeries(r: BigFloat): BigFloat {
  const square = negate(multiply(r, r));
  return series(r, (term, n) => divide(multiply(term, square), integer(2 * n * (2 * n + 1))));
}

function cosineSeries(r: BigFloat): BigFloat {
  const square = negate(multiply(r, r));
  return series(one, (term, n) => divide(multiply(term, square), integer((2 * n - 1) * 2 * n)));
}

/** sin(x + quarters·π/2) */
function sineOf(x: BigFloat, quarters: bigint): BigFloat {
  const { n, r } = exponentOf(x) < -20 ? { n: 0n, r: x } : reduce(x);
  switch ((((n + quarters) % 4n) + 4n) % 4n) {
    case 0n:
      return sineSeries(r);
    case 1n:
      return cosineSeries(r);
    case 2n:
      return negate(sineSeries(r));
    default:
      return negate(cosineSeries(r));
  }
}

export const sin = (x: BigFloat): BigFloat => sineOf(x, 0n);
export const cos = (x: BigFloat): BigFloat => sineOf(x, 1n);
export const tan = (x: BigFloat): BigFloat => divide(sin(x), cos(x));

export function atan(x: BigFloat): BigFloat {
  if (isNegative(x)) return negate(atan(negate(x)));
  if (x.m === 0n) return zero;
  if (exponentOf(x) >= 1) return subtract(halfPi, atan(divide(one, x)));
  const guess = exponentOf(x) < -20 ? zero : fromNumber(Math.atan(toNumber(x)));
  const t = tan(guess);
  const rest = divide(subtract(x, t), add(one, multiply(x, t)));
  const square = negate(multiply(rest, rest));
  let power = rest;
  let sum = rest;
  for (let k = 3; exponentOf(power) > exponentOf(sum) - 260; k += 2) {
    power = multiply(power, square);
    sum = add(sum, divide(power, integer(k)));
  }
  return add(guess, sum);
}

/** The angle of (x, y), neither of them 0. */
export function atan2(y: BigFloat, x: BigFloat): BigFloat {
  const angle = atan(divide(absolute(y), absolute(x)));
  const size = isNegative(x) ? subtract(pi, angle) : angle;
  return isNegative(y) ? negate(size) : size;
}

export function asin(x: BigFloat): BigFloat {
  const inside = multiply(subtract(one, x), add(one, x));
  if (inside.m === 0n) return isNegative(x) ? negate(halfPi) : halfPi;
  return atan(divide(x, squareRoot(inside)));
}

export function acos(x: BigFloat): BigFloat {
  const above = subtract(one, x);
  if (above.m === 0n) return zero;
  const below = add(one, x);
  if (below.m === 0n) return pi;
  return shift(atan(squareRoot(divide(above, below))), 1);
}

export function sinh(x: BigFloat): BigFloat {
  if (isNegative(x)) return negate(sinh(negate(x)));
  const e = expm1(x);
  return shift(add(e, divide(e, add(e, one))), -1);
}

export function cosh(x: BigFloat): BigFloat {
  const e = exp(x);
  return shift(add(e, divide(one, e)), -1);
}

export function tanh(x: BigFloat): BigFloat {
  if (isNegative(x)) return negate(tanh(negate(x)));
  const e = expm1(shift(x, 1));
  return divide(e, add(e, integer(2)));
}

export function asinh(x: BigFloat): BigFloat {
  if (isNegative(x)) return negate(asinh(negate(x)));
  const square = multiply(x, x);
  return log1p(add(x, divide(square, add(one, squareRoot(add(one, square))))));
}

export function acosh(x: BigFloat): BigFloat {
  const t = subtract(x, one);
  return log1p(add(t, squareRoot(multiply(t, add(t, integer(2))))));
}

export function atanh(x: BigFloat): BigFloat {
  return shift(log1p(divide(shift(x, 1), subtract(one, x))), -1);
}

export function sigmoid(x: BigFloat): BigFloat {
  return divide(one, add(one, exp(negate(x))));
}

/** Σ 2^n·x^(2n+1)/(2n+1)!!·exp(−x²)·2/√π: all terms have one sign (A&S 7.1.6). */
export function erf(x: BigFloat): BigFloat {
  if (exponentOf(x) >= 4) return isNegative(x) ? negate(one) : one;
  const square = shift(multiply(x, x), 1);
  const sum = series(x, (term, n) => divide(multiply(term, square), integer(2 * n + 1)));
  const bell = divide(exp(negate(multiply(x, x))), squareRoot(pi));
  return shift(multiply(sum, bell), 1);
}

/** 1 − erf(x), for large x by the continued fraction (A&S 7.1.14). */
export function erfc(x: BigFloat): BigFloat {
  if (toNumber(x) < 5) return subtract(one, erf(x));
  let tail = x;
  for (let k = 400; k >= 1; k -= 1) tail = add(x, divide(shift(integer(k), -1), tail));
  const bell = divide(exp(negate(multiply(x, x))), squareRoot(pi));
  return divide(bell, tail);
}

export const log2 = (x: BigFloat): BigFloat => divide(log(x), ln2);
export const log10 = (x: BigFloat): BigFloat => divide(log(x), ln10);
export const pow = (x: BigFloat, y: BigFloat): BigFloat => {
  const size = exp(multiply(y, log(absolute(x))));
  // Only integers come with negative x; odd ones keep the sign.
  const isOdd = y.e <= 0 && ((y.m >> BigInt(-y.e)) & 1n) === 1n;
  return isNegative(x) && isOdd ? negate(size) : size;
};
export const cbrt = (x: BigFloat): BigFloat => {
  const size = exp(divide(log(absolute(x)), integer(3)));
  return isNegative(x) ? negate(size) : size;
};

/** |x − exact| in units in the last place that a format has at the exact value. */
export function errorInUlps(
  x: number,
  exact: BigFloat,
  { fractionBits, bias }: { readonly fractionBits: number; readonly bias: number },
): number {
  const last = Math.max(exponentOf(exact), 1 - bias) - fractionBits;
  if (!Number.isFinite(x)) {
    // Infinity stands for 2^(bias + 1): right where the exact value rounds there.
    const largest = big((1n << BigInt(fractionBits + 1)) - 1n, bias - fractionBits);
    const excess = subtract(absolute(exact), largest);
    const isRight = Number.isNaN(x) ? false : x > 0 !== isNegative(exact);
    return isRight && !isNegative(subtract(excess, { m: 1n, e: bias - fractionBits - 1 }))
      ? 0
      : Infinity;
  }
  const difference = subtract(fromNumber(x), exact);
  return Math.abs(toNumber(shift(difference, -last)));
}

export { bitLength, fromNumber, toNumber, type BigFloat };
