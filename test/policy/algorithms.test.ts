import { beforeAll, describe, expect, it } from 'vitest';
import { referenceEngine } from '../../src/core/reference.ts';
import type { CostedGraph } from '../../src/cost/types.ts';
import { learningAlgorithmNamed, learningAlgorithms } from '../../src/policy/algorithms.ts';
import { runLearning } from '../../src/policy/learning/run.ts';
import { startLearning } from '../../src/policy/learning/start.ts';
import type { LearningAlgorithm, LearningRun } from '../../src/policy/learning/types.ts';
import { policyText, readPolicy, stoppedRun } from '../../src/policy/policy-file.ts';
import { type OpenTensorFlow, openTensorFlow } from '../../src/policy/tensorflow.ts';
import { completeParameters } from '../../src/search/parameters.ts';
import type { ParameterValue } from '../../src/search/strategy.ts';
import { costedOddGraph, costedTask } from './support.ts';

let opened: OpenTensorFlow;
beforeAll(async () => {
  opened = await openTensorFlow('wasm');
});

/** Values that make a run short; what an algorithm does not have is left out. */
const short = { simulations: 8, 'gradient-steps': 3, games: 2 };

function parametersOf({ parameters }: LearningAlgorithm, values: Record<string, number>) {
  const names = new Set(parameters.map(({ name }) => name));
  return new Map<string, ParameterValue>(
    Object.entries(values).filter(([name]) => names.has(name)),
  );
}

function begin(
  algorithm: LearningAlgorithm,
  graphs: readonly CostedGraph[],
  seed: number,
  values: Record<string, number> = short,
): Promise<LearningRun> {
  const parameters = parametersOf(algorithm, values);
  const state = startLearning(graphs.length, seed);
  return algorithm.open({ tf: opened.tf, graphs, parameters, state });
}

async function learn(run: LearningRun, episodes: number): Promise<void> {
  await runLearning(run, { episodes }, () => undefined);
}

describe.each(learningAlgorithms.map((algorithm) => [algorithm.name, algorithm] as const))(
  '%s',
  (_, algorithm) => {
    it('gets better by learning, and not without', async () => {
      const graphs = [costedTask('PropaneCombustion')];
      /** Mean count of the last games. */
      const last = async (values: Record<string, number>): Promise<number> => {
        const run = await begin(algorithm, graphs, 1, values);
        await learn(run, Math.max(12, 6 * run.games));
        const counts = run.curve.slice(-Math.max(4, run.games)).map(({ count }) => count);
        run.dispose();
        return counts.reduce((sum, count) => sum + count, 0) / counts.length;
      };
      expect(await last({})).toBeLessThan(0.97 * (await last({ [algorithm.control]: 0 })));
    });

    it('that is stopped, written, read and resumed gives the same curve, weights and file', async () => {
      const graphs = [costedTask('PropaneCombustion'), costedOddGraph(3)];
      const task = { graphHash: 'h', cost: 'paper', granularity: 'tensor' as const };
      const tasks = [
        { ...task, subject: 'x' },
        { ...task, subject: 'y' },
      ];
      const description = {
        algorithm: algorithm.name,
        parameters: completeParameters(algorithm.parameters, parametersOf(algorithm, short)),
        tasks,
      };
      const whole = await begin(algorithm, graphs, 3);
      await learn(whole, 6 * whole.games);
      const half = await begin(algorithm, graphs, 3);
      await learn(half, 3 * half.games);
      const text = policyText(half, description);
      const { algorithm: name, ...stopped } = stoppedRun(
        readPolicy(JSON.parse(text), 'a file'),
        graphs,
        'a file',
      );
      const rest = await learningAlgorithmNamed(name).open({ tf: opened.tf, graphs, ...stopped });
      await learn(rest, 6 * rest.games);
      expect(rest.curve).toHaveLength(6 * rest.games);
      expect(rest.curve).toEqual(whole.curve);
      expect(rest.state().trainer).toEqual(whole.state().trainer);
      expect(policyText(rest, description)).toBe(policyText(whole, description));
      for (const run of [whole, half, rest]) run.dispose();
    });

    it('leaves no tensors behind, and keeps orders that cost what it says', async () => {
      const costed = costedTask('PropaneCombustion');
      const run = await begin(algorithm, [costed], 5);
      await learn(run, 2 * run.games);
      const tensors = opened.tf.memory().numTensors;
      await learn(run, 4 * run.games);
      expect(opened.tf.memory().numTensors).toBe(tensors);
      const best = run.best(0);
      if (best === undefined) throw new Error('a game was played');
      expect(referenceEngine.load(costed).count([best.order])[0]).toBe(best.count);
      expect(best.count).toBe(Math.min(...run.curve.map((point) => point.best)));
      run.dispose();
    });

    it('has a curve of games one after the other, whose best only falls', async () => {
      const run = await begin(algorithm, [costedOddGraph(1), costedOddGraph(2)], 7);
      await learn(run, 6 * run.games);
      expect(run.curve.map(({ episode }) => episode)).toEqual(
        Array.from({ length: 6 * run.games }, (_one, index) => index + 1),
      );
      for (const task of [0, 1]) {
        const own = run.curve.filter((point) => point.task === task);
        expect(own).toHaveLength(3 * run.games);
        own.forEach(({ best, count }, index) => {
          expect(best).toBeLessThanOrEqual(Math.min(count, own[index - 1]?.best ?? Infinity));
        });
      }
      run.dispose();
    });
  },
);
