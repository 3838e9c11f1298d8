/**
 * A chain: one input, one output, every vertex feeds the next. Each elimination costs 1 in any order
 * but for the one that fills nothing: n − 2 multiplications for n vertices, whatever is done.
 */
import { scalarPartial, variable } from '../../graph/partial.ts';
import type { GraphFamily } from './types.ts';

const general = scalarPartial(variable);

/** The family. */
export const chain: GraphFamily = {
  name: 'chain',
  summary: 'one vertex after the other',
  standardVertices: 1_000_000,
  leastVertices: 3,
  make: (count) => ({
    name: `chain-${count}`,
    *vertices() {
      yield { kind: 'input' };
      for (let vertex = 1; vertex < count - 1; vertex += 1) yield { kind: 'intermediate' };
      yield { kind: 'output' };
    },
    *edges() {
      for (let to = 1; to < count; to += 1) yield { from: to - 1, to, partial: general };
    },
  }),
};
