/**
 * Random sparse graphs: every vertex that is no input depends on one to three others, at distances
 * that are log-uniform up to a few hundred places back, so there are short cycles of the underlying
 * graph beside long ones. One vertex in fifty is an input, spread over the list; vertices that
 * nothing uses are the outputs.
 */
import { constant, scalarPartial, unit, variable } from '../../graph/partial.ts';
import type { ElementalPartial } from '../../graph/types.ts';
import { createRandom, type Random } from '../../support/random.ts';
import type { FamilyEdge, GraphFamily } from './types.ts';

const inputEvery = 50;
const mostPredecessors = 3;
/** log2 of the largest distance. */
const octaves = 8;

const general = scalarPartial(variable);
const one = scalarPartial(unit(1));
const two = scalarPartial(constant(2));

function partialOf(random: Random): ElementalPartial {
  const draw = random.next();
  return draw < 0.2 ? one : draw < 0.3 ? two : general;
}

function* edgesOf(count: number, seed: number): Iterable<FamilyEdge> {
  const random = createRandom(seed);
  for (let to = 0; to < count; to += 1) {
    if (to % inputEvery === 0) continue;
    const chosen = new Set<number>();
    const wanted = 1 + random.integer(mostPredecessors);
    for (let draw = 0; draw < wanted; draw += 1) {
      const distance = Math.floor(2 ** (octaves * random.next()));
      chosen.add(Math.max(0, to - distance));
    }
    for (const from of chosen) yield { from, to, partial: partialOf(random) };
  }
}

/** The family. */
export const randomSparse: GraphFamily = {
  name: 'random-sparse',
  summary: 'one to three predecessors each, at log-uniform distances',
  standardVertices: 10_000,
  leastVertices: 4,
  make: (count, seed) => ({
    name: `random-sparse-${count}-seed-${seed}`,
    *vertices() {
      const used = new Uint8Array(count);
      for (const { from } of edgesOf(count, seed)) used[from] = 1;
      for (let vertex = 0; vertex < count; vertex += 1) {
        const isInput = vertex % inputEvery === 0;
        yield { kind: isInput ? 'input' : used[vertex] === 1 ? 'intermediate' : 'output' };
      }
    },
    edges: () => edgesOf(count, seed),
  }),
};
