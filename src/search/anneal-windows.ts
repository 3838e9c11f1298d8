/**
 * One restart of annealing on a graph that is too large for bitsets (more than 4,096
 * vertices). What a run of an order costs does not depend on the orders before and after it
 * (src/core/order-walk.ts), so the order is cut into windows, and each is annealed as a small graph
 * of its own: its vertices, their neighbours at that moment and the edges at them. That is
 * partitioning along separators: a window's neighbours separate it from the rest. Nothing but the
 * window has to be evaluated or remembered.
 *
 * A round rearranges the order so that neighbours stand together (local-order.ts), cuts it elsewhere
 * than the round before, and walks along it once, annealing each window from where it stands. A
 * window never gets worse, so on graphs whose edges carry no states the order doesn't either; where
 * they do, a round that makes it worse is dropped. Memory is linear in the edges and the fill-in.
 */
import type { LocalGraph, OrderWalk } from '../core/order-walk.ts';
import { createWasmEngine, type WasmEngine } from '../core/wasm.ts';
import type { CostedGraph } from '../cost/types.ts';
import type { Graph, Position } from '../graph/types.ts';
import { orderFromPositions } from '../order/orders.ts';
import type { EliminationOrder } from '../order/types.ts';
import { createRandom, type Random } from '../support/random.ts';
import { clockTime } from './clock.ts';
import { derivedSeed } from './derived-seed.ts';
import { heuristicNamed } from './heuristics/heuristics.ts';
import { localOrder } from './local-order.ts';
import type {
  RestartHooks,
  RestartPlan,
  RestartResult,
  RestartRunner,
  RestartSetting,
} from './restarts.ts';
import { restartParameter } from './restart-parameter.ts';
import { FallingCurve } from './search-curve.ts';
import { stepScale } from './step-scale.ts';

/** Milliseconds between pauses, and between reports of the best order. */
const pauseEvery = 10;
const reportEvery = 1000;

/** Sweeps over a window in a round. */
const sweepsAWindow = 40;

/** A window begins in good order, which the heat of a whole restart would only melt. */
const shareOfHot = 0.5;

/** Where a restart may begin: the best of these on stencils, unrolled steps and random graphs. */
const startNames = ['markowitz', 'markowitz-high', 'minimal-damage', 'minimal-damage-high'];

/** Beyond that a score with damage takes minutes on graphs with hubs; the degree alone does not. */
const mostForDamage = 200_000;

/** How a window is annealed. */
interface WindowSchedule {
  readonly tries: number;
  readonly hot: number;
  readonly cold: number;
}

function startOrders(graph: Graph): readonly EliminationOrder[] {
  const names =
    graph.vertices.length > mostForDamage
      ? startNames.filter((name) => name.startsWith('markowitz'))
      : startNames;
  return names.map((name) => heuristicNamed(name).order(graph, { seed: 0 }));
}

/** An order to begin with. */
interface Start {
  readonly order: EliminationOrder;
  readonly count: number;
}

class WindowRunner implements RestartRunner {
  readonly #setting: RestartSetting;
  readonly #engine: WasmEngine = createWasmEngine();
  readonly #costed: CostedGraph;
  readonly #walk: OrderWalk;
  readonly #schedule: WindowSchedule;
  readonly #window: number;
  /** Where restarts begin in turn, the best first. */
  readonly #starts: () => readonly Start[];

  constructor(setting: RestartSetting) {
    this.#setting = setting;
    const { graph, model } = setting;
    this.#costed = model.prepare(graph);
    this.#walk = this.#engine.walk(this.#costed);
    // Heuristics take seconds on the largest graphs; who brings a start need not wait for them.
    let starts: readonly Start[] | undefined;
    this.#starts = () =>
      (starts ??= startOrders(graph)
        .map((order) => this.#counted(order))
        .sort((a, b) => a.count - b.count));
    const best = setting.start === undefined ? this.#starts()[0] : this.#counted(setting.start);
    const scale = stepScale(best?.count ?? 0, best?.order.length ?? 1);
    const cold = scale * restartParameter(this.#setting, 'cold');
    this.#schedule = {
      tries: restartParameter(this.#setting, 'tries'),
      hot: Math.max(cold, shareOfHot * scale * restartParameter(this.#setting, 'hot')),
      cold,
    };
    this.#window = restartParameter(this.#setting, 'window');
  }

  async run(plan: RestartPlan, hooks: RestartHooks): Promise<RestartResult> {
    const { seed, target, clock, deadline } = this.#setting;
    const { index } = plan;
    const random = createRandom(derivedSeed(derivedSeed(seed, index), 1));
    const start = this.#startOf(index);
    if (start === undefined) throw new Error('there is no order to begin with');
    let best = start;
    let evaluations = 0;
    let over = false;
    const curve = new FallingCurve();
    curve.note(0, best.count);
    hooks.report(0, { index, ...best });
    while (!over && best.count > target && evaluations < plan.evaluations) {
      const before = evaluations;
      const round = new Round(this.#walk, localOrder(this.#walk, best.order, random), best.count);
      let paused = Date.now();
      let reported = Date.now();
      let improved = best.count;
      let length = 1 + random.integer(this.#window);
      while (!round.done) {
        const now = Date.now();
        if (now - paused >= pauseEvery) {
          const isNews = this.#costed.algebra.uniform && round.count < improved;
          if (isNews && now - reported >= reportEvery) {
            improved = round.count;
            reported = now;
            hooks.report(evaluations, { index, count: improved, order: round.order() });
          } else {
            hooks.report(evaluations, undefined);
          }
          over = (await hooks.pause()) || clockTime(clock) >= deadline || round.count <= target;
          paused = Date.now();
        }
        if (over || evaluations >= plan.evaluations) break;
        evaluations += round.step(length, (local) =>
          this.#anneal(local, random, plan.evaluations - evaluations),
        );
        length = this.#window;
      }
      const order = round.order();
      const count = this.#count(order);
      if (count <= best.count) best = { order, count };
      curve.note(evaluations, count);
      hooks.report(evaluations, { index, ...best });
      // There is nothing to propose.
      if (evaluations === before) break;
    }
    return { index, ...best, evaluations, falls: curve.points };
  }

  /** Where a restart begins: the first at the order that was given, if any, the others in turn. */
  #startOf(index: number): Start | undefined {
    const { start } = this.#setting;
    if (index === 0 && start !== undefined) return this.#counted(start);
    const starts = this.#starts();
    return starts[index % starts.length];
  }

  /** Anneals a small graph; returns its order if that costs no more, and how many proposals. */
  #anneal(local: LocalGraph, random: Random, limit: number): WindowResult {
    const { tries, hot, cold } = this.#schedule;
    const { costed, order } = local;
    const annealer = this.#engine.annealer(costed, { tries });
    try {
      const before = annealer.start(
        orderFromPositions(costed.graph, order),
        Math.floor(random.next() * 2 ** 32),
      );
      let made = 0;
      for (let sweep = 0; sweep < sweepsAWindow && made < limit; sweep += 1) {
        const share = sweep / (sweepsAWindow - 1);
        made += annealer.sweep(hot * (cold / hot) ** share, limit - made);
      }
      return { made, gain: before - annealer.bestCost, order: annealer.bestOrder() };
    } finally {
      annealer.dispose();
    }
  }

  #counted(order: EliminationOrder): Start {
    return { order, count: this.#count(order) };
  }

  #count(order: EliminationOrder): number {
    this.#walk.restart();
    return this.#walk.advance(order);
  }

  dispose(): void {
    this.#walk.dispose();
  }
}

/** What annealing a small graph gave. */
interface WindowResult {
  /** Proposals. */
  readonly made: number;
  /** How much less it costs. */
  readonly gain: number;
  /** In positions of the small graph. */
  readonly order: EliminationOrder;
}

/** One walk along an order, window by window. */
class Round {
  readonly #walk: OrderWalk;
  readonly #order: EliminationOrder;
  readonly #result: Position[] = [];
  /** What the order costs by now, where edges carry no states. */
  count: number;

  constructor(walk: OrderWalk, order: EliminationOrder, count: number) {
    this.#walk = walk;
    this.#order = order;
    this.count = count;
    walk.restart();
  }

  get done(): boolean {
    return this.#result.length === this.#order.length;
  }

  /** Improves the next window and goes behind it; returns the proposals made. */
  step(length: number, anneal: (local: LocalGraph) => WindowResult): number {
    const place = this.#result.length;
    const window = this.#order.slice(place, place + length);
    const local = this.#walk.localGraph(window);
    let chosen: readonly Position[] = window;
    let made = 0;
    if (local !== undefined && local.order.length > 1) {
      const found = anneal(local);
      ({ made } = found);
      this.count -= found.gain;
      chosen = [...local.free, ...found.order.map((vertex) => local.originOf(vertex))];
    }
    this.#result.push(...chosen);
    this.#walk.advance(chosen);
    return made;
  }

  /** The whole order as it is now. */
  order(): EliminationOrder {
    const rest = this.#order.slice(this.#result.length);
    return orderFromPositions(this.#walk.graph, [...this.#result, ...rest]);
  }
}

/** Loads the graph into a core of its own. */
export function createWindowRunner(setting: RestartSetting): RestartRunner {
  return new WindowRunner(setting);
}
