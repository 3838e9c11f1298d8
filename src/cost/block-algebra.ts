/**
 * The algebra of elemental partials as an edge algebra: states are blocks in index notation
 * (src/notation) up to the names of indices. What a product and a sum cost is the model's affair;
 * what they become is the same for all models that count tensors by their structure.
 *
 * Two blocks are the same state where they differ only in what says nothing: an axis of length 1 has
 * an index of its own, whatever it was tied to, and no value depends on an index of size 1. Both
 * leave every product of sizes as it is. (An index of size 1 that is a window of a longer axis keeps
 * its ties: sums of windows need them.)
 */
import { add } from '../notation/add.ts';
import { type Axis, type Block, blockKey, canonicalBlock } from '../notation/block.ts';
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
  const sizes = [...block.sizes];
  const own = (axes: readonly Axis[], shape: readonly number[]): readonly Axis[] =>
    axes.map((axis, place) =>
      shape[place] === 1 ? [{ index: sizes.push(1) - 1, offset: 0 }] : axis,
    );
  return canonicalBlock({
    ...block,
    to: own(block.to, block.toShape),
    from: own(block.from, block.fromShape),
    value: block.value.filter((index) => block.sizes[index] !== 1),
    sizes,
  });
}
