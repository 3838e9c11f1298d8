/**
 * Numbers that are known before run time as elements of the field. A double stands for the number
 * that was meant, to its last bits: 0.1 is 1/10, and 1.1283791670955126 beside Math.sqrt(Math.PI) is
 * twice its reciprocal. So a number is, in this order,
 *
 * - a rational n/d with n·d ≤ 2^26, where it is one to 2 units in the last place (one in 10^8 numbers
 *   is by chance);
 * - a rational of n·d ≤ 2^10 times a number that was met before and is no such rational itself, or
 *   times its reciprocal, to 4 units in the last place;
 * - a random element.
 */
import {
  elementOfRatio,
  hashedElement,
  invertElement,
  multiplyElements,
  negateElement,
} from './field.ts';

const epsilon = 2 ** -52;

/** A fraction in lowest terms. */
interface Ratio {
  readonly numerator: number;
  readonly denominator: number;
}

/** The fraction that x > 0 is to the relative `tolerance`, by continued fractions. */
export function recognisedRatio(x: number, height: number, tolerance: number): Ratio | undefined {
  let [before, numerator] = [0, 1];
  let [beforeDenominator, denominator] = [1, 0];
  let rest = x;
  for (;;) {
    const whole = Math.floor(rest);
    [before, numerator] = [numerator, whole * numerator + before];
    [beforeDenominator, denominator] = [denominator, whole * denominator + beforeDenominator];
    if (!(Math.max(numerator, 1) * denominator <= height)) return undefined;
    if (Math.abs(numerator / denominator - x) <= tolerance * x) return { numerator, denominator };
    rest = 1 / (rest - whole);
  }
}

/** The numbers met so far. */
export class Constants {
  readonly #irrational: { readonly size: number; readonly element: bigint }[] = [];

  /** The element of a number; the same for the same number, and −element for −number. */
  element(x: number): bigint {
    if (x === 0) return 0n;
    const element = this.#ofSize(Math.abs(x));
    return x < 0 ? negateElement(element) : element;
  }

  #ofSize(size: number): bigint {
    const ratio = recognisedRatio(size, 2 ** 26, 2 * epsilon);
    if (ratio !== undefined) return elementOfRatio(ratio.numerator, ratio.denominator);
    for (const known of this.#irrational) {
      const multiple = recognisedRatio(size / known.size, 2 ** 10, 4 * epsilon);
      if (multiple !== undefined) {
        const factor = elementOfRatio(multiple.numerator, multiple.denominator);
        return multiplyElements(factor, known.element);
      }
      const inverse = recognisedRatio(size * known.size, 2 ** 10, 4 * epsilon);
      if (inverse !== undefined) {
        const factor = elementOfRatio(inverse.numerator, inverse.denominator);
        return multiplyElements(factor, invertElement(known.element));
      }
    }
    const element = hashedElement(`number ${String(size)}`);
    this.#irrational.push({ size, element });
    return element;
  }
}
