/**
 * Lower bounds and proofs of optimality for elimination orders. Scalar graphs: safe reductions, then
 * each connected part that is left by itself (prove-part.ts). The least cost of the graph is what the
 * reductions cost plus the least costs of the parts. Tensor graphs: a bound by the states that edges
 * can have (tensor/state-bound.ts).
 */
import type { CostedGraph } from '../../cost/types.ts';
import type { Position } from '../../graph/types.ts';
import { wasmEngine } from '../../core/wasm.ts';
import { eliminableVertices, orderFromPositions } from '../../order/orders.ts';
import type { EliminationOrder } from '../../order/types.ts';
import { classesOf } from './classes.ts';
import { eliminate } from './eliminate.ts';
import { componentsOf, copyOf, type Instance, instanceOf, restrict } from './instance.ts';
import { type KnownOrder, type PartProof, type ProofOptions, provePart } from './prove-part.ts';
import { reduce } from './safe-reductions.ts';
import { findStateBound } from './tensor/state-bound.ts';
import { allOf } from './words.ts';

/** How far a proof is. */
export interface ProofProgress {
  readonly phase: 'partition' | 'search';
  /** Share of the budget that is used up. */
  readonly share: number;
  readonly lower: number;
  readonly upper: number;
  /** States of the search that is running. */
  readonly states: number;
}

/** The proof of one part, its vertices as places in the graph. */
export interface PlacedProof extends Omit<PartProof, 'order' | 'partitions'> {
  readonly vertices: readonly Position[];
  readonly partitions: readonly (readonly (readonly Position[])[])[];
}

/** What is known of a graph. */
export interface Proof {
  readonly lower: number;
  readonly upper: number;
  /** Counts `upper`. */
  readonly order: EliminationOrder;
  /** Cost of the safe reductions. */
  readonly reduced: number;
  /** How many vertices they eliminated. */
  readonly reductions: number;
  /** What the bound goes by: classes of edges and all that follows from them, or states of edges. */
  readonly by: 'classes' | 'states';
  readonly parts: readonly PlacedProof[];
}

/** What safe reductions make of a graph. */
export interface Reduced {
  /** In the order of their elimination. */
  readonly eliminated: readonly Position[];
  readonly cost: number;
  /** The connected parts that are left. */
  readonly parts: readonly Instance[];
}

/**
 * Whether a graph is counted so that reductions and searches hold: scalar edges, alike or of classes.
 * All other graphs get a bound by the states of their edges (tensor/state-bound.ts).
 */
export function isClassed(costed: CostedGraph): boolean {
  return costed.algebra.uniform || classesOf(costed) !== undefined;
}

/**
 * Applies safe reductions and splits what is left.
 * @param costed a graph that `isClassed`
 */
export function reduceGraph(costed: CostedGraph, shouldStop?: () => boolean): Reduced {
  const classes = costed.algebra.uniform ? undefined : classesOf(costed);
  if (classes === undefined && !costed.algebra.uniform) throw new Error('there are no bounds here');
  const whole = instanceOf(costed, classes);
  const { eliminated, cost, instance, left } = reduce(whole, shouldStop);
  const parts = componentsOf(instance, left).map((vertices) => restrict(instance, vertices));
  return { eliminated: placesOf(whole, eliminated), cost, parts };
}

/**
 * Proves what it can about a graph.
 * @param known an order of the graph, the better the sooner the proof ends
 */
export function prove(
  costed: CostedGraph,
  known: EliminationOrder,
  options: Omit<ProofOptions, 'onProgress'> & {
    readonly onProgress?: (progress: ProofProgress) => void;
  },
): Proof {
  if (!isClassed(costed)) return proveByStates(costed, known, options);
  const { eliminated, cost, parts } = reduceGraph(costed, options.shouldStop);
  const rank = new Map(known.map((place, index) => [place, index]));
  const starts = parts.map((instance) => restrictedOrder(instance, rank));
  const proofs: (PartProof | undefined)[] = parts.map(() => undefined);
  const lowers = parts.map(() => 0);
  const uppers = starts.map((start) => start.cost);
  const report = (progress: Omit<ProofProgress, 'share'>): void =>
    options.onProgress?.({ ...progress, share: options.timeUsed() });
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, cost);
  // Small parts first: what is left of the time goes to the large ones.
  const bySize = parts.map((_, index) => index).sort((a, b) => size(parts, a) - size(parts, b));
  for (const index of bySize) {
    const instance = parts[index];
    const start = starts[index];
    if (instance === undefined || start === undefined) continue;
    const proof = provePart(instance, start, {
      ...options,
      onProgress: ({ phase, lower, upper, states }) => {
        lowers[index] = lower;
        uppers[index] = upper;
        report({ phase, lower: sum(lowers), upper: sum(uppers), states });
      },
    });
    proofs[index] = proof;
    lowers[index] = proof.lower;
    uppers[index] = proof.upper;
  }
  const places = parts.flatMap((instance, index) => placesOf(instance, proofs[index]?.order ?? []));
  return {
    lower: sum(lowers),
    upper: sum(uppers),
    order: orderFromPositions(costed.graph, [...eliminated, ...places]),
    reduced: cost,
    reductions: eliminated.length,
    by: 'classes',
    parts: parts.flatMap((instance, index) => {
      const proof = proofs[index];
      return proof === undefined ? [] : [placed(instance, proof)];
    }),
  };
}

/** One part that is the whole graph, with one partition. */
function proveByStates(
  costed: CostedGraph,
  known: EliminationOrder,
  options: Parameters<typeof prove>[2],
): Proof {
  const handle = wasmEngine.load(costed);
  const upper = handle.count([known])[0] ?? Infinity;
  handle.dispose();
  const { groups, bound } = findStateBound(costed, {
    ...options,
    target: upper,
    onBound: (lower) => {
      options.onProgress?.({
        ...{ phase: 'partition', share: options.timeUsed(), states: 0 },
        ...{ lower: Math.min(lower, upper), upper },
      });
    },
  });
  const lower = Math.min(bound, upper);
  const vertices = eliminableVertices(costed.graph);
  const partitions = [groups.map((group) => group.flatMap((v) => vertices.filter((u) => u === v)))];
  const part = { vertices, lower, upper, rootBound: bound, partitions, budgets: [], states: 0 };
  return { lower, upper, order: known, reduced: 0, reductions: 0, by: 'states', parts: [part] };
}

function size(parts: readonly Instance[], index: number): number {
  return parts[index]?.size ?? 0;
}

function placed(instance: Instance, proof: PartProof): PlacedProof {
  const { lower, upper, rootBound, partitions, budgets, states } = proof;
  return {
    ...{ lower, upper, rootBound, budgets, states },
    vertices: instance.positions,
    partitions: partitions.map((groups) => groups.map((group) => placesOf(instance, group))),
  };
}

function placesOf({ positions }: Instance, vertices: readonly number[]): Position[] {
  return vertices.map((vertex) => {
    const place = positions[vertex];
    if (place === undefined) throw new Error(`the instance has no vertex ${vertex}`);
    return place;
  });
}

/** A part's vertices in the order in which an order of the whole graph takes them. */
function restrictedOrder(instance: Instance, rank: ReadonlyMap<Position, number>): KnownOrder {
  const rankOf = (vertex: number): number =>
    rank.get(instance.positions[vertex] ?? (-1 as Position)) ?? -1;
  const order = Array.from({ length: instance.size }, (_, vertex) => vertex).sort(
    (a, b) => rankOf(a) - rankOf(b),
  );
  const state = copyOf(instance);
  const all = allOf(instance.size, instance.words);
  return { order, cost: order.reduce((cost, vertex) => cost + eliminate(state, vertex, all), 0) };
}
