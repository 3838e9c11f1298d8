/** The list of search strategies. A new one is a file beside this and a line here. */
import { suggestion } from '../../support/suggest.ts';
import { UserError } from '../../support/user-error.ts';
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
  const found = known.find((strategy) => strategy.name === name);
  if (found !== undefined) return found;
  const names = known.map((strategy) => strategy.name);
  throw new UserError({
    code: 'unknown-name',
    message:
      `there is no search strategy ${JSON.stringify(name)}; use one of ${names.join(', ')}.` +
      suggestion(name, names),
  });
}
