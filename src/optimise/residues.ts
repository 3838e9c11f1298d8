/**
 * Residues modulo two primes below 2^26 at once, packed in one double below 2^52: what values are told
 * apart by while they are rewritten. Products of residues stay below 2^52, so that everything is exact
 * in doubles and a product takes nanoseconds, where the larger field of `src/compiled` takes BigInts.
 *
 * Two different rational functions of degree d agree at a random point with a probability below
 * d² / 2^51 (Schwartz 1980); every rewriting is checked in doubles at sample points besides.
 */

/** The largest primes below 2^26. */
export const primes = [2 ** 26 - 5, 2 ** 26 - 27] as const;

const [p, q] = primes;
const shift = 2 ** 26;

/** The residues of a packed pair. */
export function unpack(a: number): readonly [number, number] {
  const high = Math.floor(a / shift);
  return [high, a - high * shift];
}

function product(x: number, y: number, prime: number): number {
  const exact = x * y;
  const rest = exact - Math.floor(exact / prime) * prime;
  // The quotient was rounded: it may be one too large or too small.
  return rest < 0 ? rest + prime : rest >= prime ? rest - prime : rest;
}

/** a·b */
export function multiplyResidues(a: number, b: number): number {
  const x = Math.floor(a / shift);
  const y = Math.floor(b / shift);
  return product(x, y, p) * shift + product(a - x * shift, b - y * shift, q);
}

/** a + b */
export function addResidues(a: number, b: number): number {
  const x = Math.floor(a / shift);
  const y = Math.floor(b / shift);
  const high = x + y;
  const low = a - x * shift + (b - y * shift);
  return (high >= p ? high - p : high) * shift + (low >= q ? low - q : low);
}

/** −a */
export function negateResidues(a: number): number {
  const x = Math.floor(a / shift);
  const y = a - x * shift;
  return (x === 0 ? 0 : p - x) * shift + (y === 0 ? 0 : q - y);
}

/** Whether a, and not −a, stands for both. */
export function isCanonicalResidue(a: number): boolean {
  const x = Math.floor(a / shift);
  return x === 0 ? 2 * a < q : 2 * x < p;
}

function inverse(x: number, prime: number): number {
  let result = 1;
  let base = x;
  for (let rest = prime - 2; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = product(result, base, prime);
    base = product(base, base, prime);
  }
  return result;
}

/** 1/a by Fermat's little theorem; a residue 0 has none and gives 0. */
export function invertResidues(a: number): number {
  const [x, y] = unpack(a);
  return inverse(x, p) * shift + inverse(y, q);
}

/** n/d for integers, d not 0. */
export function residuesOfRatio(numerator: number, denominator: number): number {
  const of = (x: number): number => {
    const size = Math.abs(x);
    return (size % p) * shift + (size % q);
  };
  const size = multiplyResidues(of(numerator), invertResidues(of(denominator)));
  return numerator < 0 === denominator < 0 ? size : negateResidues(size);
}

/** A pair that looks random and is the same for the same words; its residues are not 0. */
export function hashedResidues(words: string): number {
  let x = 0x9e3779b9;
  let y = 0x85ebca6b;
  for (let place = 0; place < words.length; place += 1) {
    const code = words.charCodeAt(place);
    x = Math.imul(x ^ code, 0x01000193);
    y = Math.imul(y ^ code ^ (x >>> 15), 0x5bd1e995);
    x ^= y >>> 13;
  }
  const finish = (value: number, prime: number): number => {
    let h = value;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return (((h ^ (h >>> 16)) >>> 0) % (prime - 1)) + 1;
  };
  return finish(x, p) * shift + finish(y, q);
}
