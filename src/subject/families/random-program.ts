/**
 * Random straight-line programs: after a few inputs each vertex is an operation on one to three
 * operands, as in functions that people write. The first operand is mostly the last result that nobody has
 * used yet, so that most results are used once; the others are inputs, which become hubs, or results
 * at log-uniform distances. How many inputs there are, how often an operation is unary and how often
 * an operand is an input depends on the seed. Results that nothing uses are the outputs.
 */
import { constant, scalarPartial, unit, variable } from '../../graph/partial.ts';
import type { ElementalPartial } from '../../graph/types.ts';
import { createRandom, type Random } from '../../support/random.ts';
import type { FamilyEdge, GraphFamily } from './types.ts';

const fewestInputs = 4;
const mostInputs = 12;
/** log2 of the largest distance of an operand. */
const octaves = 6;
/** Chance that the first operand is the last unused result, and that a third one is there. */
const chanceOfUnused = 0.7;
const chanceOfThird = 0.05;

const general = scalarPartial(variable);
const one = scalarPartial(unit(1));
const two = scalarPartial(constant(2));

/** What the seed decides for the whole program. */
interface Style {
  readonly inputs: number;
  readonly unary: number;
  readonly fromInput: number;
}

function styleOf(random: Random): Style {
  return {
    inputs: fewestInputs + random.integer(mostInputs - fewestInputs + 1),
    unary: 0.25 + 0.3 * random.next(),
    fromInput: 0.1 + 0.3 * random.next(),
  };
}

function partialOf(random: Random): ElementalPartial {
  const draw = random.next();
  return draw < 0.2 ? one : draw < 0.3 ? two : general;
}

function* edgesOf(count: number, seed: number): Iterable<FamilyEdge> {
  const random = createRandom(seed);
  const { inputs, unary, fromInput } = styleOf(random);
  const used = new Uint8Array(count);
  const unused: number[] = [];
  const back = (to: number): number => Math.max(0, to - Math.floor(2 ** (octaves * random.next())));
  const lastUnused = (): number | undefined => {
    while (unused.length > 0 && used[unused.at(-1) ?? 0] === 1) unused.pop();
    return unused.pop();
  };
  for (let to = inputs; to < count; to += 1) {
    const draw = random.next();
    const operands = draw < unary ? 1 : draw < 1 - chanceOfThird ? 2 : 3;
    const wantsUnused = random.next() < chanceOfUnused;
    const chosen = new Set([(wantsUnused ? lastUnused() : undefined) ?? back(to)]);
    for (let other = 1; other < operands; other += 1) {
      chosen.add(random.next() < fromInput ? random.integer(inputs) : back(to));
    }
    for (const from of chosen) {
      used[from] = 1;
      yield { from, to, partial: partialOf(random) };
    }
    unused.push(to);
  }
}

/** The family. */
export const randomProgram: GraphFamily = {
  name: 'random-program',
  summary: 'straight-line programs of unary and binary operations, most results used once',
  standardVertices: 10_000,
  leastVertices: mostInputs + 4,
  make: (count, seed) => ({
    name: `random-program-${count}-seed-${seed}`,
    *vertices() {
      const { inputs } = styleOf(createRandom(seed));
      const used = new Uint8Array(count);
      for (const { from } of edgesOf(count, seed)) used[from] = 1;
      for (let vertex = 0; vertex < count; vertex += 1) {
        const kind = used[vertex] === 1 ? 'intermediate' : 'output';
        yield { kind: vertex < inputs ? 'input' : kind };
      }
    },
    edges: () => edgesOf(count, seed),
  }),
};
