import { beforeAll, describe, expect, it } from 'vitest';
import { paper } from '../../../src/cost/paper/paper.ts';
import { pairs } from '../../../src/cost/pairs.ts';
import type { CostModel } from '../../../src/cost/types.ts';
import type { Graph } from '../../../src/graph/types.ts';
import { alphaZero } from '../../../src/policy/alphazero/algorithm.ts';
import { takeGame } from '../../../src/policy/games/messages.ts';
import { GameRounds } from '../../../src/policy/games/rounds.ts';
import { GameCrew } from '../../../src/policy/games/threads.ts';
import { runLearning } from '../../../src/policy/learning/run.ts';
import { startLearning } from '../../../src/policy/learning/start.ts';
import type { LearningAlgorithm, LearningRun } from '../../../src/policy/learning/types.ts';
import { initialWeights } from '../../../src/policy/networks/message-passing.ts';
import { ppo } from '../../../src/policy/ppo/algorithm.ts';
import { drawnGames } from '../../../src/policy/ppo/drawn-games.ts';
import { type OpenTensorFlow, openTensorFlow } from '../../../src/policy/tensorflow.ts';
import type { ParameterValue } from '../../../src/search/strategy.ts';
import { taskSubject } from '../../../src/subject/task-subject.ts';
import { taskNamed } from '../../../tasks/tasks.ts';
import { oddGraph } from '../../core/support.ts';

let opened: OpenTensorFlow;
beforeAll(async () => {
  opened = await openTensorFlow('wasm');
}, 120_000);

const pace = { breathe: () => Promise.resolve(), isOver: () => false };
const plans = [0, 1, 2, 3, 4, 5, 6].map((game) => ({ task: game % 2, seed: 11, game }));
const graphs = [oddGraph(1, { intermediates: 12 }), oddGraph(2, { intermediates: 9 })];
const costed = graphs.map((graph) => pairs.prepare(graph));

const settings: readonly (readonly [LearningAlgorithm, Readonly<Record<string, number>>])[] = [
  [alphaZero, { games: 3, simulations: 6, 'gradient-steps': 2 }],
  [ppo, { games: 3, batch: 32 }],
];

/** What all of a run is, as text and numbers. */
async function trained(
  [algorithm, values]: (typeof settings)[number],
  { graphs: own, model }: { readonly graphs: readonly Graph[]; readonly model: CostModel },
  threads: number,
) {
  const run: LearningRun = await algorithm.open({
    tf: opened.tf,
    graphs: own.map((graph) => model.prepare(graph)),
    parameters: new Map<string, ParameterValue>(Object.entries(values)),
    state: startLearning(own.length, 6),
    threads: { number: threads, model },
  });
  expect(run.threads).toBe(Math.min(3, threads));
  await runLearning(run, { episodes: 12 }, () => undefined);
  const all = { state: run.state(), memory: JSON.stringify(run.memory() ?? null) };
  run.dispose();
  return all;
}

describe.each(settings.map((setting) => [setting[0].name, setting] as const))(
  'self-play of %s',
  (_, setting) => {
    it('comes to the same weights, games and curve on one thread, two and four', async () => {
      const played = { graphs, model: pairs };
      const alone = await trained(setting, played, 1);
      expect(alone.state.curve).toHaveLength(12);
      for (const threads of [2, 4]) {
        expect(await trained(setting, played, threads)).toEqual(alone);
      }
    });

    it('does so on tensors, whose states every thread numbers for itself', async () => {
      const perceptron = taskSubject(taskNamed('Perceptron')).graph(paper);
      const played = { graphs: [perceptron], model: paper };
      expect(await trained(setting, played, 2)).toEqual(await trained(setting, played, 1));
    });
  },
);

describe('a round', () => {
  const weights = initialWeights(3);
  const rounds = (threads: number) =>
    new GameRounds({
      kind: { name: 'drawn' },
      maker: drawnGames(costed, weights),
      ...{ graphs: costed, games: plans.length, threads: { number: threads, model: pairs } },
    });

  it('has its games in the sequence of their plans, each of its own task', async () => {
    const three = rounds(3);
    const games = await three.play(weights, plans, pace);
    const maker = drawnGames(costed, weights);
    expect(games).toEqual(plans.map((plan) => maker.play(plan)));
    maker.dispose();
    three.dispose();
  });

  it('is nothing where it was over before, and the next one is as if that had not been', async () => {
    for (const threads of [1, 3]) {
      const own = rounds(threads);
      const over = { ...pace, isOver: () => true };
      const many = Array.from({ length: 400 }, (_, game) => ({ task: 0, seed: 1, game }));
      expect(await own.play(weights, many, over)).toBeUndefined();
      const alone = rounds(1);
      expect(await own.play(weights, plans, pace)).toEqual(await alone.play(weights, plans, pace));
      own.dispose();
      alone.dispose();
    }
  });

  it('lets nobody take a game twice', () => {
    const next = new Int32Array(new SharedArrayBuffer(4));
    const taken = plans.map(() => takeGame(plans, next)?.index);
    expect(taken).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(takeGame(plans, next)).toBeUndefined();
  });
});

describe('threads that play', () => {
  it('tell what failed on them, then and from then on', async () => {
    const crew = new GameCrew(
      { kind: { name: 'drawn' }, graphs, model: 'pairs', weights: initialWeights(0) },
      2,
    );
    const next = new Int32Array(new SharedArrayBuffer(4));
    const order = { weights: new Float32Array(3), plans, next };
    const play = () => crew.play(order, () => undefined);
    await expect(play()).rejects.toThrow('here are 3');
    await expect(play()).rejects.toThrow('here are 3');
    crew.dispose();
  });
});
