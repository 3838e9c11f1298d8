/**
 * The prime field that values are told apart in: the integers modulo the Mersenne prime 2^61 − 1.
 *
 * Two expressions built of +, −, ·, / that are different rational functions have equal values at a
 * random point with a probability below d / 2^61, where d is the degree of their difference
 * (Schwartz, Fast probabilistic algorithms for verification of polynomial identities, J. ACM 27,
 * 1980; Zippel 1979): with 10^4 expressions of degree 100 some pair of them does with less than
 * 3·10^−9, and a given pair with less than 10^−16. Powers of two need care,
 * because 2^61 is 1 here: only rational numbers of small numerator and denominator are taken for
 * what they are (constants.ts).
 */

/** The field's size, a prime. */
export const modulus = (1n << 61n) - 1n;

const largestCanonical = (modulus - 1n) / 2n;

/** a + b, of elements 0 … modulus − 1. */
export function addElements(a: bigint, b: bigint): bigint {
  return (a + b) % modulus;
}

/** −a */
export function negateElement(a: bigint): bigint {
  return a === 0n ? 0n : modulus - a;
}

/** a·b */
export function multiplyElements(a: bigint, b: bigint): bigint {
  return (a * b) % modulus;
}

/** a to a power ≥ 0, by squaring. */
export function powerOfElement(a: bigint, exponent: bigint): bigint {
  let result = 1n;
  let base = a;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = multiplyElements(result, base);
    base = multiplyElements(base, base);
  }
  return result;
}

/** 1/a by Fermat's little theorem; 0 has none and gives 0. */
export function invertElement(a: bigint): bigint {
  return powerOfElement(a, modulus - 2n);
}

/** Whether a, and not −a, stands for both. */
export function isCanonical(a: bigint): boolean {
  return a <= largestCanonical;
}

/** SplitMix64 (Steele, Lea and Flood, Fast splittable pseudorandom number generators, 2014). */
function mix(x: bigint): bigint {
  let z = BigInt.asUintN(64, x + 0x9e3779b97f4a7c15n);
  z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return z ^ (z >> 31n);
}

/** A canonical element, not 0, that looks random and is the same for the same words and elements. */
export function hashedElement(words: string, elements: readonly bigint[] = []): bigint {
  let state = 0n;
  for (const character of words) state = mix(state ^ BigInt(character.codePointAt(0) ?? 0));
  for (const element of elements) state = mix(state ^ element);
  return (mix(state) % largestCanonical) + 1n;
}

/** n/d for integers, d not 0. */
export function elementOfRatio(numerator: number, denominator: number): bigint {
  const size = multiplyElements(
    BigInt(Math.abs(numerator)),
    invertElement(BigInt(Math.abs(denominator))),
  );
  return numerator < 0 === denominator < 0 ? size : negateElement(size);
}
