/**
 * Bounds of the least count over all elimination orders of a graph: an order for the upper bound
 * (heuristics, then a short annealing), and a proof for the lower one (prove.ts), in this thread
 * where tenths of a second are enough, else in another.
 */
import { wasmEngine } from '../../core/wasm.ts';
import type { CostedGraph, CostModel } from '../../cost/types.ts';
import type { Graph } from '../../graph/types.ts';
import { eliminableVertices } from '../../order/orders.ts';
import type { EliminationOrder } from '../../order/types.ts';
import { UserError } from '../../support/user-error.ts';
import { heuristics } from '../heuristics/heuristics.ts';
import { anneal } from '../strategies/anneal.ts';
import type { SearchBudget } from '../strategy.ts';
import { type ProofBudget, type ProofClock, proofClock } from './proof-clock.ts';
import { largestStateGraph } from './tensor/state-bound.ts';
import { proveOnThread } from './proof-thread.ts';
import { type PlacedProof, type Proof, type ProofProgress, isClassed, prove } from './prove.ts';

/** What a bound is asked for. */
export interface BoundRequest {
  /** The graph that is counted. */
  readonly graph: Graph;
  readonly model: CostModel;
  /** For it all; evaluations make the bound the same on every machine. */
  readonly budget: SearchBudget;
  /** Of the annealing and of the partitions. */
  readonly seed: number;
  /** Most memory of the table of states, in bytes; 1 GiB where it is left out. */
  readonly memory?: number;
  /** An order to begin with beside those of heuristics. */
  readonly known?: EliminationOrder;
  /** Ends the proof early with what it has. */
  readonly signal?: AbortSignal;
  onProgress?(progress: ProofProgress): void;
}

/** What a reader needs to run a proof again. */
export interface ProofRecord {
  /** Most memory of the table of states, in bytes: it decides what is forgotten. */
  readonly memory: number;
  readonly parts: readonly PlacedProof[];
}

/** What both kinds of result have. */
interface BoundBase {
  /** An order, recounted by the core. */
  readonly order: EliminationOrder;
  /** How the lower bound was found, in words. */
  readonly method: string;
  readonly seconds: number;
  readonly seed: number;
  /** How many vertices safe reductions took out, and what they cost; none where they do not hold. */
  readonly reductions: { readonly vertices: number; readonly cost: number };
  readonly record: ProofRecord;
  readonly interrupted: boolean;
}

/** A bound: proved where no order costs less than the one that is given. */
export type BoundResult =
  | (BoundBase & { readonly state: 'proved'; readonly value: number })
  | (BoundBase & { readonly state: 'bounded'; readonly lower: number; readonly upper: number });

/** Most vertices to eliminate for which reductions and bounds are computed. */
const largestGraph = 4096;

const standardMemory = 2 ** 30;

/** Annealing for the upper bound: restarts of 400 sweeps with 8 tries at each place. */
const restarts = 4;
const proposalsAPlace = 3200;

/** Most time for what runs in this thread and hears no signal. */
const quickSeconds = 1;

/** Up to here all heuristics are tried, beyond the fast ones. */
const manyVertices = 600;

/** Share of the time that annealing may take. */
const annealingShare = 0.15;

/**
 * Bounds the least count.
 * @throws UserError where the graph is too large, or the model refuses it.
 */
export async function boundCount(request: BoundRequest): Promise<BoundResult> {
  const { graph, model, seed, signal, memory = standardMemory } = request;
  const costed = model.prepare(graph);
  const size = eliminableVertices(graph).length;
  refuse(costed, size);
  const began = Date.now();
  const budget = proofBudget(request.budget, began);
  const count = counter(costed);
  const finish = (proof: Proof): BoundResult => {
    const counted = count([proof.order])[0];
    if (counted !== proof.upper) {
      throw new Error(`a proof says ${proof.upper}, and its order counts ${counted ?? NaN}`);
    }
    const base: BoundBase = {
      order: proof.order,
      method: methodOf(proof),
      seconds: (Date.now() - began) / 1000,
      seed,
      reductions: { vertices: proof.reductions, cost: proof.reduced },
      record: { memory, parts: proof.parts },
      interrupted: signal?.aborted === true,
    };
    return proof.lower === proof.upper
      ? { ...base, state: 'proved', value: proof.upper }
      : { ...base, state: 'bounded', lower: proof.lower, upper: proof.upper };
  };

  const start = bestStart(graph, size, request.known, count);
  const clock = proofClock(quickBudget(budget), () => false);
  const quick = prove(costed, start, {
    effort: 'quick',
    seed,
    memory,
    shouldStop: clock.shouldStop,
    timeUsed: clock.timeUsed,
  });
  request.onProgress?.({
    ...{ phase: 'search', share: clock.timeUsed(), states: 0 },
    ...{ lower: quick.lower, upper: quick.upper },
  });
  if (quick.lower === quick.upper || isUsedUp(budget, clock)) return finish(quick);

  const annealed = await anneal.run({
    graph,
    model,
    seed,
    threads: 1,
    budget: annealingBudget(request.budget, size),
    parameters: new Map(),
    target: quick.lower,
    ...(signal === undefined ? {} : { signal }),
  });
  const known = annealed.count < quick.upper ? annealed.order : quick.order;
  const proof = await proveOnThread(
    {
      ...{ graph, model: model.name, known, seed, memory },
      budget: budget.kind === 'time' ? budget : clock.left(),
    },
    signal,
    (progress) => request.onProgress?.(progress),
  );
  return finish(
    proof.lower < quick.lower ? { ...quick, order: proof.order, upper: proof.upper } : proof,
  );
}

function proofBudget(budget: SearchBudget, began: number): ProofBudget {
  if (budget.kind === 'evaluations') return budget;
  return { kind: 'time', began, deadline: began + 1000 * budget.seconds };
}

/** What the first attempt may take, in this thread. */
function quickBudget(budget: ProofBudget): ProofBudget {
  if (budget.kind === 'evaluations') return budget;
  const { began, deadline } = budget;
  return { ...budget, deadline: Math.min(deadline, began + 1000 * quickSeconds) };
}

function isUsedUp(budget: ProofBudget, clock: ProofClock): boolean {
  return budget.kind === 'time' ? Date.now() >= budget.deadline : clock.timeUsed() >= 1;
}

/** Restarts of annealing, fewer where there is too little time for them. */
function annealingBudget(budget: SearchBudget, size: number): SearchBudget {
  const evaluations = restarts * proposalsAPlace * size;
  const isShort = budget.kind === 'time' && evaluations >= 1e6 * annealingShare * budget.seconds;
  return isShort
    ? { kind: 'time', seconds: annealingShare * budget.seconds }
    : { kind: 'evaluations', evaluations };
}

/** The order of the heuristics that costs least, or the known one where none costs less. */
function bestStart(
  graph: Graph,
  size: number,
  known: EliminationOrder | undefined,
  count: (orders: readonly EliminationOrder[]) => Float64Array,
): EliminationOrder {
  const fast = ['forward', 'reverse', 'markowitz', 'markowitz-high'];
  const named = heuristics
    .filter(({ name, random }) => !random && (size <= manyVertices || fast.includes(name)))
    .map((heuristic) => heuristic.order(graph, { seed: 0 }));
  const orders = known === undefined ? named : [known, ...named];
  const counts = count(orders);
  const best = orders[counts.indexOf(Math.min(...counts))];
  if (best === undefined) throw new Error('there are no heuristics');
  return best;
}

function refuse(costed: CostedGraph, size: number): void {
  const { vertices } = costed.graph;
  if (!isClassed(costed) && vertices.length > largestStateGraph) {
    throw new UserError({
      code: 'bound-too-large',
      message:
        `lower bounds of tensor graphs and of additions are for graphs of up to ${largestStateGraph} ` +
        `vertices so far, and this one has ${vertices.length}; bound a part of it`,
    });
  }
  if (size > largestGraph) {
    throw new UserError({
      code: 'bound-too-large',
      message:
        `lower bounds are for graphs of up to ${largestGraph} vertices to eliminate so far, and ` +
        `this one has ${size}; bound a part of it`,
    });
  }
}

/** Counts orders in the core. */
function counter(costed: CostedGraph): (orders: readonly EliminationOrder[]) => Float64Array {
  return (orders) => {
    const handle = wasmEngine.load(costed);
    try {
      return handle.count(orders);
    } finally {
      handle.dispose();
    }
  };
}

/** The parts that the lower bound is made of. */
function methodOf({ by, parts }: Proof): string {
  if (by === 'states')
    return 'least prices over the states of edges, weighted cuts, groups of vertices';
  const steps = ['safe reductions'];
  if (parts.length > 0) steps.push('Menger numbers');
  if (parts.some(({ partitions }) => partitions.length > 0)) steps.push('groups of vertices');
  if (parts.some(({ budgets }) => budgets.length > 0)) steps.push('search on the last vertex');
  return steps.join(', ');
}
