/**
 * Places in a row, in a given order and with room between them, as near as can be to where they want
 * to be: the least Σ weight·(place − wanted)² where each stands at least its gap behind the one
 * before. That is isotonic regression, solved exactly by pooling adjacent violators (Ayer, Brunk,
 * Ewing, Reid and Silverman, An empirical distribution function for sampling with incomplete
 * information, Annals of Mathematical Statistics 26, 1955); O(n).
 */

/** Something that wants a place. */
export interface Wish {
  readonly wanted: number;
  /** How much it wants it: above 0. */
  readonly weight: number;
  /** Least room to the one before it; of no meaning for the first. */
  readonly gap: number;
}

/** The places, in the order of the wishes. */
export function placeInRow(wishes: readonly Wish[]): number[] {
  const pools: { mean: number; weight: number; length: number }[] = [];
  let offset = 0;
  const offsets = wishes.map(({ gap }, index) => (offset += index === 0 ? 0 : gap));
  wishes.forEach(({ wanted, weight }, index) => {
    // Without their gaps, places only have to ascend.
    let pool = { mean: wanted - (offsets[index] ?? 0), weight, length: 1 };
    for (
      let last = pools.at(-1);
      last !== undefined && last.mean > pool.mean;
      last = pools.at(-1)
    ) {
      pools.pop();
      const sum = last.weight + pool.weight;
      pool = {
        mean: (last.mean * last.weight + pool.mean * pool.weight) / sum,
        weight: sum,
        length: last.length + pool.length,
      };
    }
    pools.push(pool);
  });
  const ascending = pools.flatMap(({ mean, length }) => Array.from({ length }, () => mean));
  return ascending.map((place, index) => place + (offsets[index] ?? 0));
}
