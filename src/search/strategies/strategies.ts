/** The list of search strategies. A new one is a file beside this and a line here. */
import { entryNamed } from '../../support/named.ts';
import type { SearchStrategy } from '../strategy.ts';
import { anneal } from './anneal.ts';
import { beam } from './beam.ts';
import { greedy } from './greedy.ts';
import { gumbel } from './gumbel.ts';
import { nrpa } from './nrpa.ts';
import { uct } from './uct.ts';

/** Every strategy, the best first. */
export const strategies: readonly SearchStrategy[] = [anneal, uct, beam, greedy, gumbel, nrpa];

/**
 * The strategy of a name.
 * @param known where to look; the list of this room if left out
 * @throws UserError unknown-name, with the nearest name.
 */
export function strategyNamed(
  name: string,
  known: readonly SearchStrategy[] = strategies,
): SearchStrategy {
  return entryNamed(known, 'search strategy', name);
}
