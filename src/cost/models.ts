/** The list of cost models: help texts, `--cost` and conformance tests are made from it. */
import { suggestion } from '../support/suggest.ts';
import { UserError } from '../support/user-error.ts';
import { flops } from './flops.ts';
import { multiplications } from './multiplications.ts';
import { pairs } from './pairs.ts';
import { paper } from './paper/paper.ts';
import type { CostModel } from './types.ts';

/** In the order in which help texts list them. */
export const costModels: readonly CostModel[] = [paper, pairs, multiplications, flops];

/**
 * The cost model of a name.
 * @throws UserError unknown-name, with a suggestion
 */
export function costModelNamed(name: string): CostModel {
  const found = costModels.find((model) => model.name === name);
  if (found !== undefined) return found;
  const names = costModels.map((model) => model.name);
  throw new UserError({
    code: 'unknown-name',
    message:
      `there is no cost model ${JSON.stringify(name)}; use one of ${names.join(', ')}.` +
      suggestion(name, names),
  });
}
