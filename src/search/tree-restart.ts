/**
 * One restart of tree search: a whole game, each move after so many simulations in the core
 * (assembly/tree.ts), the subtree of the move kept. Where time is the budget, a move gets its share
 * of what is left, so that the game comes to its end.
 */
import type { RolloutPolicy } from '../core/play-types.ts';
import type { TreeOptions, TreeSearch } from '../core/tree-types.ts';
import { createWasmEngine } from '../core/wasm.ts';
import { clockTime } from './clock.ts';
import { derivedSeed } from './derived-seed.ts';
import { Pace } from './pace.ts';
import { policyWords } from './policy-words.ts';
import { Pulse } from './pulse.ts';
import { restartParameter, restartWord } from './restart-parameter.ts';
import type {
  RestartHooks,
  RestartPlan,
  RestartResult,
  RestartRunner,
  RestartSetting,
} from './restarts.ts';
import { FallingCurve } from './search-curve.ts';

class TreeRunner implements RestartRunner {
  readonly #setting: RestartSetting;
  readonly #tree: TreeSearch;
  readonly #pace = new Pace();

  constructor(setting: RestartSetting, method: TreeOptions['method']) {
    this.#setting = setting;
    const policy = (name: 'prior' | 'rollout'): RolloutPolicy => {
      const kind = restartWord(setting, name, policyWords);
      const temperature = restartParameter(setting, `${name}-temperature`);
      return kind === 'random' ? { kind } : { kind, temperature };
    };
    this.#tree = createWasmEngine().treeSearch(setting.model.prepare(setting.graph), {
      method,
      prior: policy('prior'),
      rollout: policy('rollout'),
      bytes: restartParameter(setting, 'memory') * 2 ** 20,
    });
  }

  async run(plan: RestartPlan, hooks: RestartHooks): Promise<RestartResult> {
    const { seed, clock, deadline, target } = this.#setting;
    const { index, effort: simulations } = plan;
    const tree = this.#tree;
    tree.start(derivedSeed(seed, index));
    let made = 0;
    const pulse = new Pulse(index, hooks);
    const curve = new FallingCurve();
    /** Whether the game ends here; also lets others run now and then. */
    const isOver = async (): Promise<boolean> => {
      if (made >= plan.evaluations || tree.bestCost <= target || clockTime(clock) >= deadline) {
        return true;
      }
      return pulse.beat(made, tree.bestCost, () => tree.bestOrder());
    };
    for (let remaining = tree.remaining; ; remaining -= 1) {
      made += tree.beginMove(simulations);
      // Nothing is left to choose: every rollout has shown what the last vertex costs.
      if (remaining <= 1) break;
      const began = clockTime(clock);
      const moveEnd = began + (deadline - began) / (remaining - 1);
      let over = await isOver();
      while (!over) {
        const searched = this.#pace.call((units) => tree.search(units), plan.evaluations - made);
        made += searched;
        over = await isOver();
        if (searched === 0 || clockTime(clock) >= moveEnd) break;
      }
      if (over) break;
      curve.note(made, tree.bestCost);
      tree.play();
    }
    const [count, order] = [tree.bestCost, tree.bestOrder()];
    return { index, count, order, evaluations: made, falls: curve.points };
  }

  dispose(): void {
    this.#tree.dispose();
  }
}

/** Loads the graph into a core of its own, for UCT. */
export function createUctRunner(setting: RestartSetting): RestartRunner {
  const exploration = restartParameter(setting, 'exploration');
  return new TreeRunner(setting, { kind: 'uct', exploration });
}

/** The same for Gumbel. */
export function createGumbelRunner(setting: RestartSetting): RestartRunner {
  const scale = restartParameter(setting, 'scale');
  const considered = restartParameter(setting, 'considered');
  return new TreeRunner(setting, { kind: 'gumbel', scale, considered });
}
