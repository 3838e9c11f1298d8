/**
 * Seeded random numbers: xoshiro128** (Blackman and Vigna, Scrambled Linear Pseudorandom Number
 * Generators, ACM TOMS 47, 2021, section 5.1), its state filled from the seed by SplitMix32. The
 * same seed gives the same stream on every platform.
 */

/** A stream of random numbers. */
export interface Random {
  /** Uniform in [0, 1), 32 bits of resolution. */
  next(): number;
  /** Uniform in 0 … bound − 1; `bound` ≥ 1. */
  integer(bound: number): number;
  /** A uniformly shuffled copy (Fisher and Yates). */
  shuffle<T>(items: readonly T[]): T[];
}

function splitMix32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
}

/**
 * Opens a stream.
 * @param seed any integer; only its low 32 bits matter
 */
export function createRandom(seed: number): Random {
  const fill = splitMix32(seed);
  let a = fill();
  let b = fill();
  let c = fill();
  let d = fill();
  const bits = (): number => {
    const scrambled = Math.imul(b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  const next = (): number => bits() / 4294967296;
  const integer = (bound: number): number => Math.floor(next() * bound);
  return {
    next,
    integer,
    shuffle: <T>(items: readonly T[]): T[] => {
      const result = [...items];
      for (let last = result.length - 1; last > 0; last -= 1) {
        const other = integer(last + 1);
        const held = result[last] as T;
        result[last] = result[other] as T;
        result[other] = held;
      }
      return result;
    },
  };
}
