/**
 * Greedy orders with random ties and look-ahead (assembly/greedy.ts), some of them a restart. The
 * first order of all counts damage as it is asked for; for each other a share of it is drawn.
 */
import type { GreedySearch } from '../core/play-searches.ts';
import { createWasmEngine } from '../core/wasm.ts';
import { createRandom } from '../support/random.ts';
import { clockTime } from './clock.ts';
import { derivedSeed } from './derived-seed.ts';
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
import { FallingCurve } from './search-curve.ts';

class GreedyRunner implements RestartRunner {
  readonly #setting: RestartSetting;
  readonly #greedy: GreedySearch;
  readonly #spread: number;
  readonly #pace = new Pace();

  constructor(setting: RestartSetting) {
    this.#setting = setting;
    this.#spread = restartParameter(setting, 'spread');
    this.#greedy = createWasmEngine().greedy(setting.model.prepare(setting.graph), {
      damage: restartParameter(setting, 'damage'),
      depth: restartParameter(setting, 'depth'),
      breadth: restartParameter(setting, 'breadth'),
    });
  }

  async run({ index, effort }: RestartPlan, hooks: RestartHooks): Promise<RestartResult> {
    const { clock, deadline, target } = this.#setting;
    const greedy = this.#greedy;
    this.#begin(index, 0);
    // The first order is always made: a restart has to find something.
    while (!this.#pace.call((units) => greedy.extend(units)));
    let best = { index, count: greedy.cost, order: greedy.order() };
    let made = 1;
    const curve = new FallingCurve();
    curve.note(made, best.count);
    const pulse = new Pulse(index, hooks);
    const isOver = async (): Promise<boolean> => {
      if (best.count <= target || clockTime(clock) >= deadline) return true;
      return pulse.beat(made, best.count, () => best.order);
    };
    for (; made < effort && !(await isOver()); made += 1) {
      this.#begin(index, made);
      while (!this.#pace.call((units) => greedy.extend(units))) {
        // What is half made is of no use.
        if (await isOver()) return { ...best, evaluations: made, falls: curve.points };
      }
      curve.note(made + 1, greedy.cost);
      if (greedy.cost < best.count) best = { index, count: greedy.cost, order: greedy.order() };
    }
    return { ...best, evaluations: made, falls: curve.points };
  }

  /** Begins order `number` of a restart. */
  #begin(index: number, number: number): void {
    const stream = createRandom(derivedSeed(derivedSeed(this.#setting.seed, index), number));
    const isFirst = index === 0 && number === 0;
    const share = isFirst ? 1 : 1 + this.#spread * (2 * stream.next() - 1);
    this.#greedy.start(stream.integer(2 ** 32), share);
  }

  dispose(): void {
    this.#greedy.dispose();
  }
}

/** Loads the graph into a core of its own. */
export function createGreedyRunner(setting: RestartSetting): RestartRunner {
  return new GreedyRunner(setting);
}
