/**
 * One run of nested rollout policy adaptation in the core (assembly/nested.ts), as a restart: all
 * iterations of the topmost level from an even policy. The bias is in units of the scale of a step,
 * the root of a quarter of what one costs on average in the better of the forward and the reverse
 * order and at least 1, like the temperatures of annealing.
 */
import type { NestedSearch } from '../core/play-searches.ts';
import { createWasmEngine } from '../core/wasm.ts';
import { clockTime } from './clock.ts';
import { derivedSeed } from './derived-seed.ts';
import { forward } from './heuristics/forward.ts';
import { reverse } from './heuristics/reverse.ts';
import { Pace } from './pace.ts';
import { Pulse } from './pulse.ts';
import { restartParameter } from './restart-parameter.ts';
import type {
  RestartHooks,
  RestartPlan,
  RestartResult,
  RestartRunner,
  RestartSetting,
} from './restarts.ts';
import { stepScale } from './step-scale.ts';

class NestedRunner implements RestartRunner {
  readonly #setting: RestartSetting;
  readonly #nested: NestedSearch;
  readonly #pace = new Pace();

  constructor(setting: RestartSetting) {
    this.#setting = setting;
    const { graph, model, seed } = setting;
    const engine = createWasmEngine();
    const costed = model.prepare(graph);
    const handle = engine.load(costed);
    const orders = [forward, reverse].map((rule) => rule.order(graph, { seed }));
    const least = Math.min(...handle.count(orders));
    handle.dispose();
    const scale = stepScale(least, orders[0]?.length ?? 0);
    this.#nested = engine.nested(costed, {
      levels: restartParameter(setting, 'levels'),
      iterations: restartParameter(setting, 'iterations'),
      rate: restartParameter(setting, 'rate'),
      strength: restartParameter(setting, 'bias') / scale,
      damage: restartParameter(setting, 'damage'),
    });
  }

  async run({ index, evaluations }: RestartPlan, hooks: RestartHooks): Promise<RestartResult> {
    const { seed, clock, deadline, target } = this.#setting;
    const nested = this.#nested;
    nested.start(derivedSeed(seed, index));
    const pulse = new Pulse(index, hooks);
    // The first rollout is always made: a restart has to find something.
    let made = nested.search(1);
    while (made < evaluations && !nested.isFinished) {
      if (nested.bestCost <= target || clockTime(clock) >= deadline) break;
      if (await pulse.beat(made, nested.bestCost, () => nested.bestOrder())) break;
      made += this.#pace.call((units) => nested.search(units), evaluations - made);
    }
    return { index, count: nested.bestCost, order: nested.bestOrder(), evaluations: made };
  }

  dispose(): void {
    this.#nested.dispose();
  }
}

/** Loads the graph into a core of its own. */
export function createNestedRunner(setting: RestartSetting): RestartRunner {
  return new NestedRunner(setting);
}
