/** What running restarts do now and then: tell how far they are, and let others run. */
import type { EliminationOrder } from '../order/types.ts';
import type { RestartHooks } from './restarts.ts';

/** Milliseconds between pauses. */
const pauseEvery = 10;

/** The pulse of one restart. */
export class Pulse {
  readonly #index: number;
  readonly #hooks: RestartHooks;
  #reported = Infinity;
  #paused = -Infinity;

  constructor(index: number, hooks: RestartHooks) {
    this.#index = index;
    this.#hooks = hooks;
  }

  /**
   * Reports and pauses where that is due, and else does nothing.
   * @param count the least so far
   * @param order that has it; asked for only where it is news
   * @returns whether the restart shall end
   */
  async beat(evaluations: number, count: number, order: () => EliminationOrder): Promise<boolean> {
    if (Date.now() - this.#paused < pauseEvery) return false;
    const isNews = count < this.#reported;
    this.#reported = count;
    const index = this.#index;
    this.#hooks.report(evaluations, isNews ? { index, count, order: order() } : undefined);
    const isCancelled = await this.#hooks.pause();
    this.#paused = Date.now();
    return isCancelled;
  }
}
