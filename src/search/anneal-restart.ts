/**
 * One restart of annealing: sweeps of the core (assembly/anneal.ts) from a start of
 * anneal-starts.ts, the temperature falling geometrically.
 *
 * Temperatures are in units of `scale`, the root of a quarter of what a step costs on average in the
 * better of the forward and the reverse order, at least 1. Scalar graphs have a scale of about 1. On
 * tensors costs differ by more: of 50 to 66 a step (Encoder, f) the best temperatures measured were
 * 1–10 and 3–10 to begin with, a twentieth of it to end with; with 30 and more results got worse.
 */
import type { Annealer } from '../core/annealer.ts';
import { createWasmEngine } from '../core/wasm.ts';
import type { EliminationOrder } from '../order/types.ts';
import { startOf } from './anneal-starts.ts';
import { createWindowRunner } from './anneal-windows.ts';
import { clockTime } from './clock.ts';
import { derivedSeed } from './derived-seed.ts';
import { forward } from './heuristics/forward.ts';
import { reverse } from './heuristics/reverse.ts';
import { Pulse } from './pulse.ts';
import { restartParameter } from './restart-parameter.ts';
import type {
  RestartHooks,
  RestartPlan,
  RestartResult,
  RestartRunner,
  RestartSetting,
} from './restarts.ts';
import { FallingCurve } from './search-curve.ts';
import { stepScale } from './step-scale.ts';

/** Most proposals in one call of the core: some milliseconds. */
const proposalsACall = 16384;

/**
 * How far a vertex may move where nobody says. A window costs as many eliminations as it is wide: of
 * 4,000 vertices (random, 3 edges a vertex), four seconds end at 14,075 with 64, at 13,545 with
 * 1,024, and at 13,683 without a limit.
 */
function farthestOf(asked: number, length: number): number {
  return asked > 0 ? asked : Math.min(Math.max(1, length), 1024);
}

/** Fewer sweeps than that begin cooler: what they melt they can not put together again. */
const sweepsToMelt = 100;

/** Proposals by which the speed is measured. */
const pilot = 1024;

class AnnealRunner implements RestartRunner {
  readonly #setting: RestartSetting;
  readonly #annealer: Annealer;
  readonly #length: number;
  readonly #tries: number;
  readonly #hot: number;
  readonly #cold: number;
  readonly #count: (orders: readonly EliminationOrder[]) => Float64Array;
  readonly #dispose: () => void;
  /** Milliseconds a proposal in the last restart; unknown, and of no use, without a deadline. */
  #pace: number | undefined;

  constructor(setting: RestartSetting) {
    this.#setting = setting;
    const { graph, model, seed } = setting;
    const engine = createWasmEngine();
    const costed = model.prepare(graph);
    const handle = engine.load(costed);
    const orders = [forward, reverse].map((rule) => rule.order(graph, { seed }));
    const length = orders[0]?.length ?? 0;
    const scale = stepScale(Math.min(...handle.count(orders)), length);
    this.#count = (some) => handle.count(some);
    this.#dispose = () => {
      handle.dispose();
    };
    this.#length = length;
    this.#tries = restartParameter(setting, 'tries');
    this.#hot = scale * restartParameter(setting, 'hot');
    this.#cold = scale * restartParameter(setting, 'cold');
    this.#annealer = engine.annealer(costed, {
      tries: this.#tries,
      farthest: farthestOf(restartParameter(setting, 'farthest'), length),
    });
  }

  async run(plan: RestartPlan, hooks: RestartHooks): Promise<RestartResult> {
    const { graph, seed, clock, deadline, target } = this.#setting;
    const { index, effort: sweeps } = plan;
    const annealer = this.#annealer;
    const own = derivedSeed(seed, index);
    const given = index === 0 ? this.#setting.start : undefined;
    annealer.start(given ?? startOf(graph, seed, index, this.#count), derivedSeed(own, 1));
    const began = clockTime(clock);
    let evaluations = deadline < Infinity ? this.#measurePace() : 0;
    const hot = this.#hotFor(this.#expectedSweeps(sweeps, deadline - clockTime(clock)));
    const pulse = new Pulse(index, hooks);
    const curve = new FallingCurve();
    curve.note(0, annealer.bestCost);
    for (let sweep = 0; sweep < sweeps && evaluations < plan.evaluations;) {
      if (annealer.bestCost <= target) break;
      const now = clockTime(clock);
      if (now >= deadline) break;
      if (await pulse.beat(evaluations, annealer.bestCost, () => annealer.bestOrder())) break;
      // Where time ends before the sweeps do, it is time that cools.
      const share = Math.max(sweep / Math.max(1, sweeps - 1), (now - began) / (deadline - began));
      const temperature = hot * (this.#cold / hot) ** Math.min(1, share);
      const limit = Math.min(proposalsACall, plan.evaluations - evaluations);
      evaluations += annealer.sweep(temperature, limit);
      curve.note(evaluations, annealer.bestCost);
      if (!annealer.sweeping) sweep += 1;
    }
    if (deadline < Infinity && evaluations > 0)
      this.#pace = (clockTime(clock) - began) / evaluations;
    const [count, order] = [annealer.bestCost, annealer.bestOrder()];
    return { index, count, order, evaluations, falls: curve.points };
  }

  /** Makes some proposals at the last temperature, the first time; returns how many. */
  #measurePace(): number {
    if (this.#pace !== undefined) return 0;
    const start = clockTime(this.#setting.clock);
    const made = this.#annealer.sweep(this.#cold, pilot);
    this.#pace = made === 0 ? 0 : (clockTime(this.#setting.clock) - start) / made;
    return made;
  }

  /** How many of the sweeps there is time for. */
  #expectedSweeps(sweeps: number, milliseconds: number): number {
    const sweep = Math.max(1, this.#length - 1) * this.#tries * (this.#pace ?? 0);
    return sweep > 0 ? Math.min(sweeps, milliseconds / sweep) : sweeps;
  }

  /** Where to begin with so many sweeps. */
  #hotFor(sweeps: number): number {
    const share = Math.min(1, Math.max(0, sweeps) / sweepsToMelt);
    return Math.max(this.#hot * Math.sqrt(share), Math.min(this.#hot, this.#cold));
  }

  dispose(): void {
    this.#annealer.dispose();
    this.#dispose();
  }
}

/** Graphs of more vertices are annealed window by window: the core keeps no bitsets of them. */
const mostVertices = 4096;

/** Loads the graph into a core of its own. */
export function createAnnealRunner(setting: RestartSetting): RestartRunner {
  return setting.graph.vertices.length > mostVertices
    ? createWindowRunner(setting)
    : new AnnealRunner(setting);
}
