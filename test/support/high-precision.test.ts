import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/support/random.ts';
import {
  add,
  divide,
  exponentOf,
  multiply,
  one,
  subtract,
  toNumber,
  type BigFloat,
} from './big-float.ts';
import * as exact from './high-precision.ts';
import { errorInUlps, fromNumber } from './high-precision.ts';

/** Significant bits to which two numbers agree. */
function agreement(x: BigFloat, y: BigFloat): number {
  return exponentOf(y) - exponentOf(subtract(x, y));
}

/** The digits as a number, exactly. */
function decimal(text: string): BigFloat {
  const [digits = '', exponent = '0'] = text.split('e');
  const [whole = '', fraction = ''] = digits.split('.');
  const power = Number(exponent) - fraction.length;
  const integer = { m: BigInt(whole + fraction), e: 0 };
  const scale = { m: 10n ** BigInt(Math.abs(power)), e: 0 };
  return power < 0 ? divide(integer, scale) : multiply(integer, scale);
}

describe('the high-precision reference', () => {
  // Abramowitz and Stegun, tables 1.1 and 7.1; OEIS A001113, A002162, A000796, A002392, A049470, A049469.
  it.each<readonly [string, BigFloat, string]>([
    ['π', exact.pi, '3.14159265358979323846264338327950288419716939937510'],
    ['ln 2', exact.ln2, '0.69314718055994530941723212145817656807550013436026'],
    ['e', exact.exp(one), '2.71828182845904523536028747135266249775724709369995'],
    ['ln 10', exact.log(fromNumber(10)), '2.30258509299404568401799145468436420760110148862877'],
    ['sin 1', exact.sin(one), '0.84147098480789650665250232163029899962256306079837'],
    ['cos 1', exact.cos(one), '0.54030230586813971740093660744297660373231042061792'],
    ['erf 1', exact.erf(one), '0.84270079294971486934122063508260925929606699796630'],
    ['erfc 1', exact.erfc(one), '0.15729920705028513065877936491739074070393300203370'],
    // Muller, Elementary Functions, 2016, section 11.1: sin 10^22.
    ['sin 1e22', exact.sin(fromNumber(1e22)), '-0.8522008497671888017727'],
  ])('has the published digits of %s', (_, value, digits) => {
    const negative = digits.startsWith('-');
    const published = decimal(digits.replace('-', ''));
    const size = negative ? subtract(fromNumber(0), published) : published;
    const places = digits.replace(/[-.]/g, '').replace(/^0/, '').length;
    expect(agreement(value, size)).toBeGreaterThan((places - 1.5) * Math.log2(10));
  });

  it('keeps identities to 150 bits', () => {
    const random = createRandom(3);
    for (let k = 0; k < 200; k += 1) {
      const x = fromNumber((random.next() - 0.5) * 2 ** (random.integer(12) - 6));
      const size = fromNumber(Math.abs(toNumber(x)));
      const s = exact.sin(x);
      const c = exact.cos(x);
      expect(agreement(add(multiply(s, s), multiply(c, c)), one)).toBeGreaterThan(150);
      expect(agreement(exact.log(exact.exp(x)), x)).toBeGreaterThan(150);
      expect(agreement(exact.log1p(exact.expm1(x)), x)).toBeGreaterThan(150);
      expect(agreement(exact.tan(exact.atan(x)), x)).toBeGreaterThan(150);
      expect(agreement(exact.asinh(exact.sinh(x)), x)).toBeGreaterThan(150);
      expect(agreement(exact.acosh(exact.cosh(size)), size)).toBeGreaterThan(150);
      const cube = exact.cbrt(x);
      expect(agreement(multiply(cube, multiply(cube, cube)), x)).toBeGreaterThan(150);
      const sum = add(exact.erf(size), exact.erfc(size));
      expect(agreement(sum, one)).toBeGreaterThan(150);
      const part = fromNumber(random.next() - 0.5);
      expect(agreement(exact.tanh(exact.atanh(part)), part)).toBeGreaterThan(150);
      expect(agreement(exact.sin(exact.asin(part)), part)).toBeGreaterThan(150);
      expect(agreement(exact.cos(exact.acos(part)), part)).toBeGreaterThan(150);
    }
  });

  it('joins the series and the continued fraction of erfc', () => {
    // x·(1 ± 2^-40) on both sides of 5, compared through the derivative −2/√π·exp(−x²).
    const below = exact.erfc(fromNumber(5 - 2 ** -40));
    const above = exact.erfc(fromNumber(5 + 2 ** -40));
    const slope = toNumber(subtract(below, above)) / 2 ** -39;
    expect(slope / ((2 / Math.sqrt(Math.PI)) * Math.exp(-25))).toBeCloseTo(1, 10);
  });

  it('measures in units in the last place, subnormal numbers and overflow included', () => {
    const f64 = { fractionBits: 52, bias: 1023 };
    expect(errorInUlps(1 + 2 ** -52, one, f64)).toBe(1);
    expect(errorInUlps(1 - 2 ** -53, one, f64)).toBe(0.5);
    expect(errorInUlps(0, { m: 1n, e: -1074 }, f64)).toBe(1);
    expect(errorInUlps(Infinity, { m: 1n, e: 1024 }, f64)).toBe(0);
    expect(errorInUlps(Infinity, { m: 1n, e: 1023 }, f64)).toBe(Infinity);
    expect(errorInUlps(NaN, one, f64)).toBe(Infinity);
  });
});
