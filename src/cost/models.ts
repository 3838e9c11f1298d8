/** The list of cost models: help texts, `--cost` and conformance tests are made from it. */
import { entryNamed } from '../support/named.ts';
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
  return entryNamed([...costModels, ...functionCostModels], 'cost model', name);
}
