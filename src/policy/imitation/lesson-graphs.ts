/**
 * The graphs that a generalist learns from, and those that it is judged by: small graphs of generated
 * families, a different one in every lesson. Held-out graphs are of the same families and sizes, their seeds
 * are of another stream.
 */
import type { CostedGraph } from '../../cost/types.ts';
import { pairs } from '../../cost/pairs.ts';
import { randomGraph } from '../../graph/generators.ts';
import type { Graph } from '../../graph/types.ts';
import { derivedSeed } from '../../search/derived-seed.ts';
import { graphFamilyNamed, graphOfFamily } from '../../subject/families/families.ts';
import { createRandom, type Random } from '../../support/random.ts';

/** The largest graph of a lesson. */
export const mostLessonVertices = 140;
/** The smallest. */
const fewestLessonVertices = 24;

/** A kind of graph to learn from. */
interface LessonFamily {
  readonly name: string;
  /** How often it is drawn, beside the others. */
  readonly weight: number;
  /** Whether there are more graphs of it than sizes. */
  readonly seeded: boolean;
  make(vertices: number, random: Random): Graph;
}

function largeFamily(name: string, weight: number, seeded = true): LessonFamily {
  const family = graphFamilyNamed(name);
  return {
    name,
    weight,
    seeded,
    make: (vertices, random) =>
      graphOfFamily(family.make(Math.max(family.leastVertices, vertices), random.integer(2 ** 31))),
  };
}

/** Inputs first, edges anywhere: two to four a vertex on average. */
const randomEdges: LessonFamily = {
  name: 'random-edges',
  weight: 2,
  seeded: true,
  make: (vertices, random) => {
    const inputs = 2 + random.integer(8);
    const outputs = 1 + random.integer(8);
    return randomGraph({
      seed: random.integer(2 ** 31),
      inputs,
      outputs,
      intermediates: Math.max(4, vertices - inputs - outputs),
      density: (2.5 + 2 * random.next()) / vertices,
    });
  },
};

/** The families of the lessons. The other families of `generate` are kept for judging. */
export const lessonFamilies: readonly LessonFamily[] = [
  largeFamily('random-program', 4),
  largeFamily('random-sparse', 2),
  largeFamily('unrolled-ode', 2),
  largeFamily('stencil', 1, false),
  randomEdges,
];

const totalWeight = lessonFamilies.reduce((sum, { weight }) => sum + weight, 0);

function familyFor(random: Random): LessonFamily {
  let draw = random.integer(totalWeight);
  for (const family of lessonFamilies) {
    draw -= family.weight;
    if (draw < 0) return family;
  }
  throw new Error('there are no families to learn from');
}

/** The graph of a lesson, by seed and index. */
export function lessonGraph(seed: number, index: number): CostedGraph {
  const random = createRandom(derivedSeed(derivedSeed(seed, 0), index));
  const vertices =
    fewestLessonVertices + random.integer(mostLessonVertices - fewestLessonVertices + 1);
  return pairs.prepare(familyFor(random).make(vertices, random));
}

/** A graph that no lesson shows. */
export interface HeldOutGraph {
  readonly family: string;
  readonly costed: CostedGraph;
}

/** Seed of the held-out graphs; that of no training. */
const heldOutSeed = 0x68656c64;

/** Held-out graphs, so many of each family that has a seed, of 70 to 140 vertices. */
export function heldOutGraphs(each: number): readonly HeldOutGraph[] {
  return lessonFamilies.flatMap((kind, family) =>
    Array.from({ length: kind.seeded ? each : 0 }, (_, index) => {
      const random = createRandom(derivedSeed(derivedSeed(heldOutSeed, 1 + family), index));
      const least = mostLessonVertices / 2;
      return {
        family: kind.name,
        costed: pairs.prepare(kind.make(least + random.integer(least + 1), random)),
      };
    }),
  );
}
