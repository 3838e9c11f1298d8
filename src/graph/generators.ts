/**
 * Seeded random graphs for tests, benchmarks and training: scalar directed acyclic graphs with every
 * oddity a real one can have. The same options give the same graph everywhere.
 */
import { createRandom, type Random } from '../support/random.ts';
import { buildGraph, type EdgeSpecification, type VertexSpecification } from './build.ts';
import { constant, scalarPartial, unit, variable } from './partial.ts';
import type { Coefficient, Graph, VertexId, VertexKind } from './types.ts';

/** What a random graph looks like. */
export interface RandomGraphOptions {
  readonly seed: number;
  readonly inputs: number;
  readonly intermediates: number;
  readonly outputs: number;
  /** Chance of an edge between any two vertices that may have one, in [0, 1]. */
  readonly density: number;
  /** Chances of unit and constant coefficients; the others are variable. Default 0 and 0. */
  readonly units?: number;
  readonly constants?: number;
  /** Chance of the paper's copy code at a unit edge with value 1. Default 0. */
  readonly copies?: number;
  /** Lets outputs stand among the intermediates and feed later vertices. Default false. */
  readonly outputsFeedOthers?: boolean;
  /** Lets intermediates stay without out-edges (dead) or in-edges (constants). Default false. */
  readonly loose?: boolean;
  /** Names the first input as an output too. Default false. */
  readonly inputIsOutput?: boolean;
  /** Names the first output twice. Default false. */
  readonly doubleOutput?: boolean;
  /** Mixes strings, zero, negative integers and `__proto__` among the ids. Default false. */
  readonly mixedIds?: boolean;
}

/**
 * A random scalar graph; O((inputs + intermediates + outputs)²). Unless `loose`, every intermediate
 * has at least one in-edge and one out-edge (where there is an input and an output at all).
 */
export function randomGraph(options: RandomGraphOptions): Graph {
  const random = createRandom(options.seed);
  const kinds = arrangeKinds(options, random);
  const ids = kinds.map((kind, index) => makeId(options.mixedIds === true, kind, index));
  const pairs = choosePairs(options, kinds, random);
  const id = (index: number): VertexId => ids[index] ?? index;
  const vertices = kinds.map((kind, index): VertexSpecification => ({ id: id(index), kind }));
  const edges = pairs.map(([from, to]) => makeEdge(id(from), id(to), options, random));

  const ofKind = (kind: VertexKind): VertexId[] =>
    kinds.flatMap((own, index) => (own === kind ? [id(index)] : []));
  const inputs = ofKind('input');
  const outputs = ofKind('output');
  if (options.doubleOutput === true) outputs.push(...outputs.slice(0, 1));
  if (options.inputIsOutput === true) outputs.push(...inputs.slice(0, 1));
  return buildGraph({ name: `random-${options.seed}`, vertices, edges, inputs, outputs });
}

function arrangeKinds(options: RandomGraphOptions, random: Random): readonly VertexKind[] {
  const times = (kind: VertexKind, count: number): VertexKind[] =>
    Array.from({ length: count }, () => kind);
  const inputs = times('input', options.inputs);
  const rest = [
    ...times('intermediate', options.intermediates),
    ...times('output', options.outputs),
  ];
  return [...inputs, ...(options.outputsFeedOthers === true ? random.shuffle(rest) : rest)];
}

function makeId(mixed: boolean, kind: VertexKind, index: number): VertexId {
  if (!mixed) return kind === 'input' ? `x${index}` : index + 1;
  const odd: readonly VertexId[] = ['__proto__', 'constructor', '1', 1, 0, -7, '', 'ü→"\\'];
  return odd[index] ?? (index % 3 === 0 ? `v${index}` : index * 5 - 60);
}

type Pair = readonly [from: number, to: number];

function choosePairs(
  options: RandomGraphOptions,
  kinds: readonly VertexKind[],
  random: Random,
): readonly Pair[] {
  const outputsFeed = options.outputsFeedOthers === true;
  const mayFeed = (index: number): boolean => kinds[index] !== 'output' || outputsFeed;
  const mayEnd = (index: number): boolean => kinds[index] !== 'input';
  const chosen = new Set<number>();
  const count = kinds.length;
  const hasIn = new Set<number>();
  const hasOut = new Set<number>();
  const connect = (from: number, to: number): void => {
    chosen.add(from * count + to);
    hasOut.add(from);
    hasIn.add(to);
  };
  for (let to = 0; to < count; to += 1) {
    if (!mayEnd(to)) continue;
    for (let from = 0; from < to; from += 1) {
      if (mayFeed(from) && random.next() < options.density) connect(from, to);
    }
  }
  if (options.loose !== true) {
    for (let vertex = 0; vertex < count; vertex += 1) {
      if (kinds[vertex] !== 'intermediate') continue;
      const before = range(0, vertex).filter(mayFeed);
      const after = range(vertex + 1, count).filter(mayEnd);
      const source = before[random.integer(Math.max(1, before.length))];
      const target = after[random.integer(Math.max(1, after.length))];
      if (!hasIn.has(vertex) && source !== undefined) connect(source, vertex);
      if (!hasOut.has(vertex) && target !== undefined) connect(vertex, target);
    }
  }
  return [...chosen].map((pair): Pair => [Math.floor(pair / count), pair % count]);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}

function makeEdge(
  from: VertexId,
  to: VertexId,
  options: RandomGraphOptions,
  random: Random,
): EdgeSpecification {
  const coefficient = makeCoefficient(options, random);
  const edge = { from, to, partial: scalarPartial(coefficient) };
  const mayCopy = coefficient.kind === 'unit' && coefficient.value === 1;
  return mayCopy && random.next() < (options.copies ?? 0)
    ? { ...edge, paper: [-1, 1, 1, 1, 1] }
    : edge;
}

function makeCoefficient(options: RandomGraphOptions, random: Random): Coefficient {
  const units = options.units ?? 0;
  const draw = random.next();
  if (draw < units) return unit(random.next() < 0.5 ? 1 : -1);
  if (draw < units + (options.constants ?? 0)) return constant(random.integer(9) / 2 + 1.5);
  return variable;
}
