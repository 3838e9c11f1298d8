/**
 * The algebra of elemental partials as an edge algebra: states are blocks in index notation
 * (src/notation) up to the names of indices. What a product and a sum cost is the model's affair;
 * what they become is the same for all models that count tensors by their structure.
 *
 * Two blocks are the same state where they differ in the names of indices, or in whether a value
 * depends on an index of size 1, which says nothing. Ties of size 1 do say something: sums of windows
 * stay diagonal by them.
 */
import { add } from '../notation/add.ts';
import { type Block, blockKey, canonicalBlock } from '../notation/block.ts';
import { type Composition, compose } from '../notation/compose.ts';
import { blockOf } from '../graph/partial.ts';
import type { Graph } from '../graph/types.ts';
import { InternedAlgebra } from './interned-algebra.ts';
import type { CostedGraph } from './types.ts';

/** What a model asks for the two operations, and what it remembers of a block. */
export interface BlockPrices {
  /** What of a block decides later costs; the whole block where it is left out. */
  remember?(block: Block): Block;
  /** Price of a product that is not structurally zero. */
  product(composition: Composition): number;
  /** Price of a sum; nothing where it is left out. */
  sum?(existing: Block, added: Block, sum: Block): number;
}

/** The graph with its blocks as states, interned anew for this graph. */
export function costedByBlocks(graph: Graph, prices: BlockPrices): CostedGraph {
  const normal = (block: Block): Block =>
    normalBlock(prices.remember === undefined ? block : prices.remember(block));
  const algebra = new InternedAlgebra<Block>({
    key: blockKey,
    compose: (outgoing, incoming) => {
      const composition = compose(outgoing, incoming);
      if (composition === undefined) return { structure: null, cost: 0 };
      return { structure: normal(composition.result), cost: prices.product(composition) };
    },
    add: (existing, added) => {
      const sum = add(existing, added);
      return { structure: normal(sum), cost: prices.sum?.(existing, added, sum) ?? 0 };
    },
  });
  const states = graph.edges.map((edge) => algebra.intern(normal(blockOf(graph, edge))));
  return { graph, algebra, states };
}

/** The representative of all blocks that are the same state. */
export function normalBlock(block: Block): Block {
  return canonicalBlock({
    ...block,
    value: block.value.filter((index) => block.sizes[index] !== 1),
  });
}
