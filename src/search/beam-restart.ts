/**
 * One pass of a beam in the core (assembly/beam.ts), as a restart: the first with equal moves in a
 * fixed sequence, later ones by chance. A pass that has to end early goes on with its most promising
 * position alone, so that it has an order.
 */
import type { BeamSearch } from '../core/play-searches.ts';
import { createWasmEngine } from '../core/wasm.ts';
import { clockTime } from './clock.ts';
import { derivedSeed } from './derived-seed.ts';
import { Pace } from './pace.ts';
import { restartParameter } from './restart-parameter.ts';
import type {
  RestartHooks,
  RestartPlan,
  RestartResult,
  RestartRunner,
  RestartSetting,
} from './restarts.ts';

class BeamRunner implements RestartRunner {
  readonly #setting: RestartSetting;
  readonly #create: (width: number) => BeamSearch;
  readonly #pace = new Pace();
  #beam: BeamSearch;
  /** How many positions the beam has room for. */
  #room: number;

  constructor(setting: RestartSetting) {
    this.#setting = setting;
    const engine = createWasmEngine();
    const costed = setting.model.prepare(setting.graph);
    const damage = restartParameter(setting, 'damage');
    this.#create = (width) => engine.beam(costed, { width, damage });
    this.#room = restartParameter(setting, 'width');
    this.#beam = this.#create(this.#room);
  }

  async run({ index, effort }: RestartPlan, hooks: RestartHooks): Promise<RestartResult> {
    const { seed, clock, deadline } = this.#setting;
    const width = Math.min(effort, this.#beam.widest);
    if (width > this.#room) {
      this.#beam.dispose();
      this.#room = width;
      this.#beam = this.#create(width);
    }
    const beam = this.#beam;
    beam.start(index === 0 ? { width } : { width, seed: derivedSeed(seed, index) });
    let isNarrow = false;
    while (!this.#pace.call((units) => beam.extend(units))) {
      if (isNarrow) continue;
      hooks.report(0, undefined);
      if ((await hooks.pause()) || clockTime(clock) >= deadline) {
        beam.narrow();
        isNarrow = true;
      }
    }
    const { cost, isExhaustive } = beam;
    return { index, count: cost, order: beam.order(), evaluations: width, isExhaustive };
  }

  dispose(): void {
    this.#beam.dispose();
  }
}

/** Loads the graph into a core of its own. */
export function createBeamRunner(setting: RestartSetting): RestartRunner {
  return new BeamRunner(setting);
}
