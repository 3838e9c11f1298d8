/**
 * `flops`: the multiplications of `multiplications`, and the additions beside them.
 *
 * - A product whose factors share summed indices (those that stand on no axis of the result) adds n
 *   terms into each number that the result stores, n being the product of their sizes: n − 1
 *   additions each. That goes for products with ±1 too, which move and sum numbers, and for summed
 *   indices on which no value depends. Products of known numbers are folded and add nothing.
 * - A sum of two parallel edges costs one addition for each number that the sum stores, also where
 *   only one of the two had a number there; nothing where both are known.
 *
 * These are the additions that an accumulation executes; what evaluates the local partials is left
 * out, as in all counts. On scalars a sum costs 1 where one of the two is variable.
 */
import { type Block, volume } from '../notation/block.ts';
import { type Composition } from '../notation/compose.ts';
import { valueClasses } from '../notation/evaluate.ts';
import { coefficientRank } from '../graph/partial.ts';
import type { Graph } from '../graph/types.ts';
import { costedByBlocks } from './block-algebra.ts';
import { finiteAlgebra } from './finite-algebra.ts';
import { onceAGraph } from './prepared.ts';
import { isScalarGraph } from './scalar-graph.ts';
import type { CostedGraph, CostModel } from './types.ts';

const unit = 0;
const constant = 1;
const variable = 2;

const scalarFlops = finiteAlgebra({
  states: 3,
  compose: (outgoing, incoming) => {
    const free =
      outgoing === unit || incoming === unit || (outgoing === constant && incoming === constant);
    return { state: Math.max(outgoing, incoming), cost: free ? 0 : 1 };
  },
  add: (existing, added) => Math.max(existing, added, constant),
  addCost: (existing, added) => (Math.max(existing, added) === variable ? 1 : 0),
});

/** Additions inside a product. */
function contractions({
  result,
  outer,
  inner,
  classSizes,
  resultClasses,
  repeats,
}: Composition): number {
  if (result.coefficient !== 'variable') return 0;
  const kept = new Set(resultClasses);
  const summed = [...valueClasses(outer), ...valueClasses(inner)].filter((each) => !kept.has(each));
  const terms = volume(classSizes, summed) * repeats;
  return volume(result.sizes, result.value) * (terms - 1);
}

function elementSums(_existing: Block, _added: Block, sum: Block): number {
  return sum.coefficient === 'variable' ? volume(sum.sizes, sum.value) : 0;
}

/** Operations by blocks, of graphs of any shapes. */
export function blockFlops(graph: Graph): CostedGraph {
  return costedByBlocks(graph, {
    product: (composition) => composition.multiplications + contractions(composition),
    sum: elementSums,
  });
}

/** Counts multiplications and additions. */
export const flops: CostModel = {
  name: 'flops',
  summary: 'executed multiplications and additions',
  graph: 'true',
  prepare: onceAGraph((graph) =>
    isScalarGraph(graph)
      ? {
          graph,
          algebra: scalarFlops,
          states: graph.edges.map(({ partial }) => coefficientRank(partial.coefficient)),
        }
      : blockFlops(graph),
  ),
};
