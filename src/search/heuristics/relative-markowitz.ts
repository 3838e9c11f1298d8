/**
 * Relative Markowitz: least |P(v)|·|S(v)| − |X(v)|·|Y(v)|, where X(v) are the inputs that v depends
 * on and Y(v) the outputs that depend on v (Naumann, Efficient calculation of Jacobian matrices by
 * optimized application of the chain rule to computational graphs, 1999). The second product is what
 * v costs when it goes last: reachability is the same in every state. So the score is the price now
 * against the price at the end. O(V·(X + Y)/32) once, then O(1) a score.
 */
import type { Graph, Position } from '../../graph/types.ts';
import { greedyHeuristics } from './greedy.ts';

/** |X(v)|·|Y(v)| of every vertex; Y(v) are outputs reached over at least one edge. */
export function lastDegrees(graph: Graph): Float64Array {
  const outgoing: Position[][] = graph.vertices.map(() => []);
  const incoming: Position[][] = graph.vertices.map(() => []);
  for (const { from, to } of graph.edges) {
    outgoing[from]?.push(to);
    incoming[to]?.push(from);
  }
  const ascending = graph.vertices.map((_, vertex) => vertex);
  const inputs = reachCounts(ascending, incoming, new Set(graph.inputs));
  const outputs = reachCounts(ascending.toReversed(), outgoing, new Set(graph.outputs));
  return inputs.map((count, vertex) => count * (outputs[vertex] ?? 0));
}

/**
 * How many of `targets` each vertex reaches over at least one link. `sequence` names a vertex after
 * all those it is linked to. (The shared dead vertex of graph/transforms.ts may stand before some of
 * its predecessors; it reaches no output, so its product is 0 all the same.)
 */
function reachCounts(
  sequence: readonly number[],
  links: readonly (readonly Position[])[],
  targets: ReadonlySet<Position>,
): Float64Array {
  const words = Math.ceil(targets.size / 32);
  const bits = new Map([...targets].map((target, bit) => [target, bit]));
  const rows = new Int32Array(sequence.length * words);
  for (const vertex of sequence) {
    for (const linked of links[vertex] ?? []) {
      for (let word = 0; word < words; word += 1) {
        const place = vertex * words + word;
        rows[place] = (rows[place] ?? 0) | (rows[linked * words + word] ?? 0);
      }
      const bit = bits.get(linked);
      if (bit === undefined) continue;
      const place = vertex * words + (bit >> 5);
      rows[place] = (rows[place] ?? 0) | (1 << (bit & 31));
    }
  }
  return Float64Array.from(sequence, (_, vertex) => {
    let count = 0;
    for (let word = 0; word < words; word += 1) count += ones(rows[vertex * words + word] ?? 0);
    return count;
  });
}

function ones(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** `relative-markowitz` and `relative-markowitz-high`. */
export const relativeMarkowitz = greedyHeuristics({
  name: 'relative-markowitz',
  summary: 'least Markowitz degree, minus the degree if taken last (Naumann 1999)',
  reach: 'neighbours',
  weights: (graph) => ({ degree: 1, damage: 0, fill: 0, offsets: lastDegrees(graph) }),
  scorer: (graph) => {
    const last = lastDegrees(graph);
    return (state, vertex) => state.degree(vertex) - (last[vertex] ?? 0);
  },
});
