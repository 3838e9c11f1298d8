/**
 * One restart of annealing under the cost model `compiled` (assembly/compiled-anneal.ts): sweeps from
 * one of the starts, which take turns, the temperature falling geometrically. A proposal evaluates
 * the rest of the order from its place.
 */
import { InternedHandle } from '../../core/interned.ts';
import type { Annealer } from '../../core/annealer.ts';
import type { Position } from '../../graph/types.ts';
import { orderFromPositions } from '../../order/orders.ts';
import type { EliminationOrder } from '../../order/types.ts';
import { clockTime } from '../clock.ts';
import { derivedSeed } from '../derived-seed.ts';
import type {
  RestartHooks,
  RestartPlan,
  RestartResult,
  RestartRunner,
  RestartSetting,
} from '../restarts.ts';
import type { CompiledRestartData } from './restart-data.ts';
import { Pulse } from '../pulse.ts';
import { restartParameter } from '../restart-parameter.ts';
import { FallingCurve } from '../search-curve.ts';

/** Most proposals in one call of the core: some milliseconds. */
const proposalsACall = 200;

class CompiledRunner implements RestartRunner {
  readonly #setting: RestartSetting;
  readonly #data: CompiledRestartData;
  readonly #vertices: ReadonlyMap<Position, Position>;
  readonly #annealer: Annealer;

  constructor(setting: RestartSetting, data: CompiledRestartData) {
    this.#setting = setting;
    this.#data = data;
    this.#vertices = new Map(data.places.map(([vertex, element]) => [element, vertex]));
    const handle = new InternedHandle(data.interned);
    this.#annealer = handle.annealer(
      data.elements,
      data.places.length,
      restartParameter(this.#setting, 'tries'),
    );
  }

  async run(plan: RestartPlan, hooks: RestartHooks): Promise<RestartResult> {
    const { seed, clock, deadline, target } = this.#setting;
    const { index } = plan;
    const { starts, elements } = this.#data;
    const start = starts[index % starts.length];
    if (start === undefined) throw new Error('a search has a start');
    const annealer = this.#annealer;
    annealer.start(orderFromPositions(elements, start), derivedSeed(seed, index));
    const [hot, cold] = [
      restartParameter(this.#setting, 'hot'),
      restartParameter(this.#setting, 'cold'),
    ];
    const began = clockTime(clock);
    const isTimed = deadline < Infinity;
    const most = isTimed
      ? 1000 * restartParameter(this.#setting, 'secondsARestart')
      : plan.evaluations;
    let evaluations = 0;
    const pulse = new Pulse(index, hooks);
    const curve = new FallingCurve();
    curve.note(0, annealer.bestCost);
    for (;;) {
      const now = clockTime(clock);
      if (annealer.bestCost <= target || now >= deadline) break;
      const share = (isTimed ? now - began : evaluations) / most;
      if (await pulse.beat(evaluations, annealer.bestCost, () => this.#bestOrder())) break;
      if (share >= 1) break;
      const limit = isTimed ? proposalsACall : Math.min(proposalsACall, most - evaluations);
      const made = annealer.sweep(hot * (cold / hot) ** share, limit);
      if (made === 0) break;
      evaluations += made;
      curve.note(evaluations, annealer.bestCost);
    }
    const [count, order] = [annealer.bestCost, this.#bestOrder()];
    return { index, count, order, evaluations, falls: curve.points };
  }

  dispose(): void {
    this.#annealer.dispose();
  }

  #bestOrder(): EliminationOrder {
    const places = this.#annealer.bestOrder().map((element) => {
      const vertex = this.#vertices.get(element);
      if (vertex === undefined) throw new Error(`element ${element} is no vertex`);
      return vertex;
    });
    return orderFromPositions(this.#setting.graph, places);
  }
}

/**
 * Loads the function into a core of its own.
 * @throws UserError where it does not fit in the core's memory
 */
export function createCompiledRunner(setting: RestartSetting): RestartRunner {
  const { compiled } = setting;
  if (compiled === undefined) throw new Error('a search under compiled needs its function');
  return new CompiledRunner(setting, compiled);
}
