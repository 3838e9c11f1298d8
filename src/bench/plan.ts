/**
 * In which order cells are visited: every cell once a round, each round in a new random order, so
 * that what drifts (temperature, other programs) falls on all alike and cells can be compared in
 * pairs (as Google Benchmark's random interleaving does).
 */
import { createRandom } from '../support/random.ts';

/** A visit of one cell. */
export interface Visit<Cell> {
  readonly round: number;
  readonly cell: Cell;
}

/** All visits, `rounds` of each cell; the same seed gives the same order. */
export function* visits<Cell>(
  cells: readonly Cell[],
  rounds: number,
  seed: number,
): Generator<Visit<Cell>> {
  const random = createRandom(seed);
  for (let round = 0; round < rounds; round += 1) {
    for (const cell of random.shuffle(cells)) yield { round, cell };
  }
}
