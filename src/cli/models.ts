/** What several verbs say about cost models, orders and seeds. */
import { costModelNamed, costModels, functionCostModels } from '../cost/models.ts';
import type { CostModel } from '../cost/types.ts';
import { orderNames } from '../results/orders.ts';
import { granularityNamed } from '../subject/granularity.ts';
import type { Granularity } from '../subject/types.ts';
import type { VerbArguments, VerbOption } from './verb.ts';

/** `--cost`, its values from the list of models. */
export const costOption: VerbOption = {
  type: 'text',
  value: 'MODEL',
  describe: [...costModels, ...functionCostModels]
    .map(({ name, summary }) => `${name} (${summary})`)
    .join('; '),
};

/** What ORDER can be. */
export const orderDescription = `${orderNames().join(', ')}, or a file: a JSON array of vertex ids`;

/** `--granularity`. */
export const granularityOption: VerbOption = {
  type: 'text',
  value: 'tensor|scalar',
  describe: 'whether a vertex is a tensor or one element (tensor)',
};

/** The granularity asked for. */
export function chosenGranularity(given: VerbArguments): Granularity {
  return granularityNamed(given.text('granularity') ?? 'tensor');
}

/** `--seed`. */
export const seedOption: VerbOption = {
  type: 'text',
  value: 'N',
  describe: 'seed of orders that are random (0)',
};

/** `--results`. */
export const resultsOption: VerbOption = {
  type: 'text',
  value: 'DIR',
  describe: 'where the order `best` looks (results)',
};

/** The cost model asked for; `paper` where none was. */
export function chosenModel(given: VerbArguments): CostModel {
  return costModelNamed(given.text('cost') ?? 'paper');
}

/** The options that choosing an order depends on. */
export function orderOptions(given: VerbArguments): {
  readonly model: CostModel;
  readonly seed: number;
  readonly results?: string;
} {
  const results = given.text('results');
  return {
    model: chosenModel(given),
    seed: given.integer('seed', 0),
    ...(results === undefined ? {} : { results }),
  };
}
