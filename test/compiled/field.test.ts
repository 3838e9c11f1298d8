/** The field that values are told apart in, and numbers as its elements. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Constants, recognisedRatio } from '../../src/compiled/constants.ts';
import {
  elementOfRatio,
  invertElement,
  isCanonical,
  modulus,
  multiplyElements,
  negateElement,
} from '../../src/compiled/field.ts';

const element = fc.bigInt({ min: 1n, max: modulus - 1n });

describe('the field', () => {
  it('has an inverse of each element but 0', () => {
    fc.assert(
      fc.property(element, (a) => {
        expect(multiplyElements(a, invertElement(a))).toBe(1n);
      }),
      { seed: 1 },
    );
  });

  it('has one canonical element of a and −a', () => {
    fc.assert(
      fc.property(element, (a) => {
        expect(isCanonical(a)).toBe(!isCanonical(negateElement(a)));
      }),
      { seed: 2 },
    );
  });
});

describe('a number', () => {
  it('is the fraction that was meant', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 5000 }), (n, d) => {
        expect(new Constants().element(n / d)).toBe(elementOfRatio(n, d));
      }),
      { seed: 3 },
    );
  });

  it('is no fraction where its digits are many', () => {
    for (const x of [Math.PI, Math.SQRT2, Math.E, 1e-300, NaN, Infinity]) {
      expect(recognisedRatio(x, 2 ** 26, 2 ** -51)).toBeUndefined();
    }
  });

  it('is a multiple of another that is known, or of its reciprocal', () => {
    const constants = new Constants();
    const root = constants.element(Math.sqrt(Math.PI));
    expect(constants.element(2 / Math.sqrt(Math.PI))).toBe(
      multiplyElements(2n, invertElement(root)),
    );
    expect(constants.element(-0.75 * Math.sqrt(Math.PI))).toBe(
      multiplyElements(elementOfRatio(-3, 4), root),
    );
  });
});
