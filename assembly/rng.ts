// Random bits: xoshiro128** (Blackman and Vigna, Scrambled Linear Pseudorandom Number Generators,
// ACM TOMS 47, 2021, section 5.1) seeded by SplitMix32: the same stream as src/support/random.ts, so
// that a search in the core and its twin in TypeScript make the same choices. The state is four
// words (u32) wherever the caller keeps them.

/** Bytes of a stream's state. */
export const RANDOM_BYTES: usize = 16;

/** Fills the state from a seed. */
export function seedRandom(state: usize, seed: u32): void {
  for (let word: usize = 0; word < RANDOM_BYTES; word += 4) {
    seed += 0x9e3779b9;
    let z = seed;
    z = (z ^ (z >>> 16)) * 0x85ebca6b;
    z = (z ^ (z >>> 13)) * 0xc2b2ae35;
    store<u32>(state + word, z ^ (z >>> 16));
  }
}

/** The next 32 bits. */
export function nextBits(state: usize): u32 {
  const a = load<u32>(state);
  const b = load<u32>(state, 4);
  const c = load<u32>(state, 8) ^ a;
  const d = load<u32>(state, 12) ^ b;
  store<u32>(state, a ^ d);
  store<u32>(state, b ^ c, 4);
  store<u32>(state, c ^ (b << 9), 8);
  store<u32>(state, rotl<u32>(d, 11), 12);
  return rotl<u32>(b * 5, 7) * 9;
}
