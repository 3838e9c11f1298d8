/**
 * Simulated annealing under the cost model `compiled` (assembly/compiled-anneal.ts): short restarts
 * from the orders of heuristics and from one annealed under `pairs`, which is cheaper and leads near.
 * They take turns; short restarts do better than one long run. A proposal evaluates the rest of the
 * order from its place. No guarantee; never worse than its starts.
 */
import { loadInterned } from '../../compiled/load.ts';
import type { InternedLinearisation } from '../../compiled/intern-linearisation.ts';
import type { Annealer } from '../../core/annealer.ts';
import { wasmEngine } from '../../core/wasm.ts';
import { pairs } from '../../cost/pairs.ts';
import type { Graph, Position } from '../../graph/types.ts';
import { orderFromPositions } from '../../order/orders.ts';
import type { EliminationOrder } from '../../order/types.ts';
import { UserError } from '../../support/user-error.ts';
import { derivedSeed } from '../derived-seed.ts';
import { heuristics } from '../heuristics/heuristics.ts';
import type { SearchContext, SearchOutcome } from '../strategy.ts';

/** What is annealed, and how orders of the subject's graph are orders of it. */
export interface CompiledSearchSubject {
  readonly interned: InternedLinearisation;
  elements(order: EliminationOrder): EliminationOrder;
}

/** Weighted operations that a proposal may cost more, at first and at last. */
const temperatures = { hot: 2, cold: 0.15 };
const tries = 8;
/** Of a restart where evaluations are the budget, and where time is. */
const proposalsARestart = 40000;
const secondsARestart = 1;
/** Of the start that is annealed under `pairs`. */
const startSweeps = 200;
/** Most proposals in one call of the core: some milliseconds. */
const proposalsACall = 200;

/**
 * Searches.
 * @throws UserError compiled-tensors where vertices are tensors
 */
export async function annealCompiled(
  context: SearchContext,
  subject: CompiledSearchSubject,
): Promise<SearchOutcome> {
  const { graph, budget, seed, signal } = context;
  const { interned } = subject;
  const target = context.target ?? -Infinity;
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  const starts = startOrders(graph, seed);
  const back = vertexOf(graph, starts, subject);
  const annealed = interned.linearisation.graph;
  const length = starts[0]?.length ?? 0;
  const annealer = loadInterned(interned).annealer(annealed, length, tries);
  const spent = (evaluations: number): number =>
    budget.kind === 'time' ? seconds() / budget.seconds : evaluations / budget.evaluations;

  let best = { order: starts[0], count: Infinity };
  let evaluations = 0;
  const hear = (): void => {
    if (annealer.bestCost >= best.count) return;
    const order = orderFromPositions(graph, annealer.bestOrder().map(back));
    best = { order, count: annealer.bestCost };
    context.onImprovement?.({ order, count: best.count, seconds: seconds() });
  };
  const isOver = (): boolean =>
    spent(evaluations) >= 1 || best.count <= target || signal?.aborted === true;
  try {
    for (let restart = 0; restart === 0 || !isOver(); restart += 1) {
      const start = starts[restart % starts.length];
      if (start === undefined) break;
      annealer.start(subject.elements(start), derivedSeed(seed, restart));
      hear();
      for await (const made of sweeps(annealer, context, evaluations, isOver)) {
        evaluations += made;
        hear();
        const share = Math.min(1, spent(evaluations));
        context.onProgress?.({ share, evaluations, count: best.count });
      }
      if (length < 2) break;
    }
  } finally {
    annealer.dispose();
  }
  if (best.order === undefined) throw new Error('a search had no start');
  return {
    order: best.order,
    count: best.count,
    evaluations,
    seconds: seconds(),
    parameters: {
      tries,
      ...temperatures,
      ...(budget.kind === 'time'
        ? { secondsARestart, time: budget.seconds }
        : { proposalsARestart, evaluations: budget.evaluations }),
      ...(context.target === undefined ? {} : { target: context.target }),
    },
    interrupted: signal?.aborted === true,
  };
}

/** The sweeps of one restart, each call's proposals as they are made. */
async function* sweeps(
  annealer: Annealer,
  { budget }: SearchContext,
  before: number,
  isOver: () => boolean,
): AsyncGenerator<number> {
  const began = performance.now();
  const most =
    budget.kind === 'time'
      ? Math.min(secondsARestart, budget.seconds / 4) * 1000
      : Math.min(proposalsARestart, budget.evaluations - before);
  let made = 0;
  let paused = began;
  while (!isOver()) {
    const share = (budget.kind === 'time' ? performance.now() - began : made) / most;
    if (share >= 1) return;
    const { hot, cold } = temperatures;
    const left = budget.kind === 'time' ? proposalsACall : Math.min(proposalsACall, most - made);
    const proposals = annealer.sweep(hot * (cold / hot) ** share, left);
    if (proposals === 0) return;
    made += proposals;
    yield proposals;
    if (performance.now() - paused < 10) continue;
    // Ctrl-C is heard between two calls.
    await new Promise((resolve) => setImmediate(resolve));
    paused = performance.now();
  }
}

/** Orders that restarts begin at. */
function startOrders(graph: Graph, seed: number): readonly EliminationOrder[] {
  const chosen = heuristics
    .filter((rule) => !rule.random)
    .map((rule) => rule.order(graph, { seed }));
  const [first] = chosen;
  if (first === undefined) throw new Error('there are no heuristics');
  const annealer = wasmEngine.annealer(pairs.prepare(graph), {
    tries,
    farthest: Math.max(1, first.length),
  });
  annealer.start(first, derivedSeed(seed, 0xffffffff));
  const { hot, cold } = { hot: 3, cold: 0.15 };
  for (let sweep = 0; sweep < startSweeps; sweep += 1) {
    annealer.sweep(hot * (cold / hot) ** (sweep / startSweeps));
  }
  const annealed = annealer.bestOrder();
  annealer.dispose();
  return [...chosen.slice(0, 4), annealed, ...chosen.slice(4)];
}

/** The vertex of the subject's graph that an eliminated element is. */
function vertexOf(
  graph: Graph,
  [order]: readonly EliminationOrder[],
  subject: CompiledSearchSubject,
): (element: Position) => Position {
  const own = order === undefined ? [] : subject.elements(order);
  if (order?.length !== own.length || graph.vertices.some(({ shape }) => shape.length > 0)) {
    throw new UserError({
      code: 'compiled-tensors',
      message:
        `vertices of ${graph.name} are tensors, and under the cost model compiled orders of single ` +
        'elements are searched; add --granularity scalar',
    });
  }
  const vertices = new Map(own.map((element, index) => [element, order[index]]));
  return (element) => {
    const vertex = vertices.get(element);
    if (vertex === undefined) throw new Error(`element ${element} is no vertex`);
    return vertex;
  };
}
