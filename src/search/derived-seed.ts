/** Seeds of the parts of a search, one for each index, all different for neighbouring seeds. */

/** The finaliser of MurmurHash3, a bijection of 32-bit words. */
function scramble(word: number): number {
  let z = word >>> 0;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return (z ^ (z >>> 16)) >>> 0;
}

/** A seed of 32 bits for part `index` of what has seed `seed`; for one seed, all are different. */
export function derivedSeed(seed: number, index: number): number {
  return scramble(scramble(seed) + Math.imul(index, 0x9e3779b9));
}
