import { beforeAll, describe, expect, it } from 'vitest';
import { referenceEngine } from '../../../src/core/reference.ts';
import { createWasmEngine } from '../../../src/core/wasm.ts';
import type { EliminationOrder } from '../../../src/order/types.ts';
import { runLearning } from '../../../src/policy/learning/run.ts';
import { startLearning } from '../../../src/policy/learning/start.ts';
import type { LearningRun, LearningState, OrderJudge } from '../../../src/policy/learning/types.ts';
import { initialWeights } from '../../../src/policy/networks/message-passing.ts';
import { ppo } from '../../../src/policy/ppo/algorithm.ts';
import { judgedRollout } from '../../../src/policy/ppo/judged.ts';
import { playRollout } from '../../../src/policy/ppo/rollout.ts';
import { type OpenTensorFlow, openTensorFlow } from '../../../src/policy/tensorflow.ts';
import { createRandom } from '../../../src/support/random.ts';
import { costedOddGraph, costedTask } from '../support.ts';

let opened: OpenTensorFlow;
beforeAll(async () => {
  opened = await openTensorFlow('wasm');
}, 120_000);

const costed = costedTask('PropaneCombustion');
const handle = referenceEngine.load(costed);
const countOf = (order: EliminationOrder): number => handle.count([order])[0] ?? NaN;
const forwardCount = 151;

/** A stop-watch that always shows the same for the same order. */
const watch = (time: (count: number) => number, scale = forwardCount): OrderJudge => ({
  scales: [scale],
  costs: (_, orders) => orders.map((order) => time(countOf(order))),
});

async function learn(
  judge: OrderJudge | undefined,
  episodes: number,
  state: LearningState = startLearning(1, 2),
): Promise<LearningRun> {
  const run = await ppo.open({
    ...{ tf: opened.tf, graphs: [costed], parameters: new Map([['lambda', 1]]), state },
    ...(judge && { judge }),
  });
  await runLearning(run, { episodes }, () => undefined);
  run.dispose();
  return run;
}

describe('a game whose whole order is judged', () => {
  it('returns minus what the judge says, to each move the same, and is otherwise as it was', () => {
    const small = costedOddGraph(4, 14);
    const play = createWasmEngine().play(small, 'degrees');
    play.loadNetwork(initialWeights(1));
    const rollout = playRollout(small, play, createRandom(1));
    play.dispose();
    const judged = judgedRollout(rollout, 7);
    expect(judged.moves.reduce((sum, { reward }) => sum + reward, 0)).toBeCloseTo(-7, 9);
    expect(new Set(judged.moves.map(({ reward }) => reward)).size).toBe(1);
    const plain = (moves: typeof judged.moves) => moves.map((move) => ({ ...move, reward: 0 }));
    expect(plain(judged.moves)).toEqual(plain(rollout.moves));
  });
});

describe('PPO with a judge', () => {
  it('learns what the judge likes, also where the cost model dislikes it', async () => {
    // The dearer an order is under the cost model, the less time it takes.
    const run = await learn(
      watch((count) => 100 / count),
      120,
    );
    const times = run.curve.map(({ count }) => count);
    const mean = (some: readonly number[]) => some.reduce((sum, one) => sum + one, 0) / some.length;
    expect(mean(times.slice(-24))).toBeLessThan(0.95 * mean(times.slice(0, 24)));
    const best = run.best(0);
    expect(best?.count).toBe(Math.min(...times));
    expect(best?.count).toBe(100 / countOf(best?.order ?? ([] as never)));
  });

  it('that is stopped and goes on is the same run where the judge says the same', async () => {
    const judge = watch((count) => count / forwardCount);
    const whole = (await learn(judge, 32)).state();
    const half = (await learn(judge, 16)).state();
    expect((await learn(judge, 32, half)).state()).toEqual(whole);
  });
});
