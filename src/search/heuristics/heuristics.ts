/** The list of heuristics. A new one is a file beside this and a line here. */
import { entryNamed } from '../../support/named.ts';
import { forward } from './forward.ts';
import { lowestMarkowitzMinimalDamage } from './lowest-markowitz-minimal-damage.ts';
import { markowitz } from './markowitz.ts';
import { maximalMarkowitzReduction } from './maximal-markowitz-reduction.ts';
import { minimalDamage } from './minimal-damage.ts';
import { minimumFill } from './minimum-fill.ts';
import { random } from './random.ts';
import { relativeMarkowitz } from './relative-markowitz.ts';
import { reverse } from './reverse.ts';
import type { Heuristic } from './types.ts';

/** Every heuristic, in the order of tables: the paper's baselines first. */
export const heuristics: readonly Heuristic[] = [
  forward,
  reverse,
  ...markowitz,
  ...relativeMarkowitz,
  ...minimumFill,
  ...lowestMarkowitzMinimalDamage,
  ...minimalDamage,
  ...maximalMarkowitzReduction,
  random,
];

/**
 * The heuristic of a name.
 * @throws UserError unknown-name, with the nearest name.
 */
export function heuristicNamed(name: string): Heuristic {
  return entryNamed(heuristics, 'heuristic', name);
}
