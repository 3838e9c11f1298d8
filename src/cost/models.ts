/** The list of cost models: help texts, `--cost` and conformance tests are made from it. */
import { suggestion } from '../support/suggest.ts';
import { UserError } from '../support/user-error.ts';
import { compiled } from './compiled.ts';
import { flops } from './flops.ts';
import { multiplications } from './multiplications.ts';
import { pairs } from './pairs.ts';
import { paper } from './paper/paper.ts';
import type { CostModel } from './types.ts';

/** Models of graphs, in the order in which help texts list them. */
export const costModels: readonly CostModel[] = [paper, pairs, multiplications, flops];

/** Models of functions, which count more than a graph tells. */
export const functionCostModels: readonly CostModel[] = [compiled];

/**
 * The cost model of a name.
 * @throws UserError unknown-name, with a suggestion
 */
export function costModelNamed(name: string): CostModel {
  const known = [...costModels, ...functionCostModels];
  const found = known.find((model) => model.name === name);
  if (found !== undefined) return found;
  const names = known.map((model) => model.name);
  throw new UserError({
    code: 'unknown-name',
    message:
      `there is no cost model ${JSON.stringify(name)}; use one of ${names.join(', ')}.` +
      suggestion(name, names),
  });
}
