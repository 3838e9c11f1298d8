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
import { startOf } from './anneal-starts.ts';
import { derivedSeed } from './derived-seed.ts';
import { forward } from './heuristics/forward.ts';
import { reverse } from './heuristics/reverse.ts';
import type {
  RestartHooks,
  RestartPlan,
  RestartResult,
  RestartRunner,
  RestartSetting,
} from './restarts.ts';

/** Most proposals in one call of the core: some milliseconds. */
const proposalsACall = 16384;

/** Milliseconds between pauses. */
const pauseEvery = 10;

/** A generator of the parameters that a restart needs, checked by the strategy. */
function parameter(setting: RestartSetting, name: string): number {
  const value = setting.parameters[name];
  if (value === undefined) throw new Error(`annealing needs the parameter ${name}`);
  return value;
}

/** What temperatures are multiples of. */
function scaleOf(counts: Iterable<number>, length: number): number {
  const least = Math.min(...counts);
  return Math.max(1, Math.sqrt(least / Math.max(1, length) / 4));
}

/**
 * How far a vertex may move where nobody says. A window costs as many eliminations as it is wide, and
 * in long orders wide ones are rarely taken: of 4,000 vertices, ten seconds make three sweeps
 * without a limit.
 */
function farthestOf(asked: number, length: number): number {
  if (asked > 0) return asked;
  return length <= 1000 ? Math.max(1, length) : 64;
}

class AnnealRunner implements RestartRunner {
  readonly #setting: RestartSetting;
  readonly #annealer: Annealer;
  readonly #hot: number;
  readonly #cold: number;

  constructor(setting: RestartSetting) {
    this.#setting = setting;
    const { graph, model, seed } = setting;
    const engine = createWasmEngine();
    const costed = model.prepare(graph);
    const handle = engine.load(costed);
    const orders = [forward, reverse].map((rule) => rule.order(graph, { seed }));
    const length = orders[0]?.length ?? 0;
    const scale = scaleOf(handle.count(orders), length);
    handle.dispose();
    this.#hot = scale * parameter(setting, 'hot');
    this.#cold = scale * parameter(setting, 'cold');
    this.#annealer = engine.annealer(costed, {
      tries: parameter(setting, 'tries'),
      farthest: farthestOf(parameter(setting, 'farthest'), length),
    });
  }

  async run(plan: RestartPlan, hooks: RestartHooks): Promise<RestartResult> {
    const { graph, seed, deadline, target } = this.#setting;
    const { index, effort: sweeps } = plan;
    const annealer = this.#annealer;
    const own = derivedSeed(seed, index);
    annealer.start(startOf(graph, seed, index), derivedSeed(own, 1));
    const began = Date.now();
    let evaluations = 0;
    let reported = Infinity;
    let paused = -Infinity;
    for (let sweep = 0; sweep < sweeps && evaluations < plan.evaluations;) {
      if (annealer.bestCost <= target) break;
      const now = Date.now();
      if (now >= deadline) break;
      if (now - paused >= pauseEvery) {
        const better = annealer.bestCost < reported;
        reported = annealer.bestCost;
        hooks.report(
          evaluations,
          better ? { index, count: reported, order: annealer.bestOrder() } : undefined,
        );
        if (await hooks.pause()) break;
        paused = Date.now();
      }
      // Where time ends before the sweeps do, it is time that cools.
      const share = Math.max(sweep / Math.max(1, sweeps - 1), (now - began) / (deadline - began));
      const temperature = this.#hot * (this.#cold / this.#hot) ** Math.min(1, share);
      const limit = Math.min(proposalsACall, plan.evaluations - evaluations);
      evaluations += annealer.sweep(temperature, limit);
      if (!annealer.sweeping) sweep += 1;
    }
    return { index, count: annealer.bestCost, order: annealer.bestOrder(), evaluations };
  }

  dispose(): void {
    this.#annealer.dispose();
  }
}

/** Loads the graph into a core of its own. */
export function createAnnealRunner(setting: RestartSetting): RestartRunner {
  return new AnnealRunner(setting);
}
