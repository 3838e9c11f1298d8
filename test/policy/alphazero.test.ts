import { beforeAll, describe, expect, it } from 'vitest';
import { referenceEngine } from '../../src/core/reference.ts';
import { costModelNamed } from '../../src/cost/models.ts';
import { AlphaZero, startAlphaZero } from '../../src/policy/alphazero/alphazero.ts';
import { standardOptions } from '../../src/policy/alphazero/options.ts';
import { runAlphaZero } from '../../src/policy/alphazero/run.ts';
import { policyText, readPolicy, resumedState } from '../../src/policy/policy-file.ts';
import { learnedStrategies } from '../../src/policy/strategies/strategies.ts';
import { initialWeights } from '../../src/policy/networks/message-passing.ts';
import { type OpenTensorFlow, openTensorFlow } from '../../src/policy/tensorflow.ts';
import type { SearchContext } from '../../src/search/strategy.ts';
import { eliminableVertices } from '../../src/order/orders.ts';
import { taskSubject } from '../../src/subject/task-subject.ts';
import { UserError } from '../../src/support/user-error.ts';
import { taskNamed } from '../../tasks/tasks.ts';
import { oddGraph } from '../core/support.ts';

const paper = costModelNamed('paper');
const options = { ...standardOptions, simulations: 8, gradientSteps: 3 };
const tasks = [{ subject: 'x', graphHash: 'h', cost: 'paper', granularity: 'tensor' as const }];

let opened: OpenTensorFlow;
beforeAll(async () => {
  opened = await openTensorFlow('wasm');
});

function costedTask(name: string) {
  return paper.prepare(taskSubject(taskNamed(name)).graph(paper));
}

async function learn(run: AlphaZero, episodes: number): Promise<void> {
  await runAlphaZero(run, { episodes }, () => undefined);
}

describe('AlphaZero', () => {
  it('gets better by learning, and not without', async () => {
    const costed = costedTask('HumanHeartDipole');
    /** Mean count of the last games of twelve. */
    const last = async (gradientSteps: number): Promise<number> => {
      const state = startAlphaZero(1, { ...standardOptions, gradientSteps }, 1);
      const run = new AlphaZero(opened.tf, [costed], state);
      await learn(run, 12);
      const counts = run
        .state()
        .curve.slice(-4)
        .map(({ count }) => count);
      run.dispose();
      return counts.reduce((sum, count) => sum + count, 0) / counts.length;
    };
    expect(await last(12)).toBeLessThan(0.95 * (await last(0)));
  });

  it('that is stopped, written, read and resumed gives the same curve, weights and file', async () => {
    const graphs = [costedTask('PropaneCombustion'), costedTask('HumanHeartDipole')];
    const whole = new AlphaZero(opened.tf, graphs, startAlphaZero(2, options, 3));
    await learn(whole, 6);
    const half = new AlphaZero(opened.tf, graphs, startAlphaZero(2, options, 3));
    await learn(half, 3);
    const text = policyText(half.state(), tasks);
    const state = resumedState(readPolicy(JSON.parse(text), 'a file'), graphs, 'a file');
    const rest = new AlphaZero(opened.tf, graphs, state);
    await learn(rest, 6);
    expect(rest.state().curve).toEqual(whole.state().curve);
    expect(rest.state().trainer).toEqual(whole.state().trainer);
    expect(policyText(rest.state(), tasks)).toBe(policyText(whole.state(), tasks));
    for (const run of [whole, half, rest]) run.dispose();
  });

  it('leaves no tensors behind, and keeps orders that cost what it says', async () => {
    const costed = costedTask('PropaneCombustion');
    const run = new AlphaZero(opened.tf, [costed], startAlphaZero(1, options, 5));
    await learn(run, 2);
    const tensors = opened.tf.memory().numTensors;
    await learn(run, 5);
    expect(opened.tf.memory().numTensors).toBe(tensors);
    const best = run.best(0);
    if (best === undefined) throw new Error('a game was played');
    expect(referenceEngine.load(costed).count([best.order])[0]).toBe(best.count);
    run.dispose();
  });
});

describe('a policy file', () => {
  it('that is damaged, of another version or another thing is refused with one line', async () => {
    const run = new AlphaZero(
      opened.tf,
      [costedTask('PropaneCombustion')],
      startAlphaZero(1, options, 5),
    );
    await learn(run, 1);
    const text = policyText(run.state(), tasks);
    run.dispose();
    const bads = [
      text.replace('"version":2', '"version":1'),
      text.replace('"name":"message-passing"', '"name":"message"'),
      text.replace('"seed":5', '"seed":6'),
      text.replace('"weights":"', '"weights":"AAAA'),
      '{}',
      '[]',
    ];
    for (const bad of bads) {
      expect(() => readPolicy(JSON.parse(bad), 'a file')).toThrow(UserError);
    }
  });
});

describe.each(learnedStrategies.map((strategy) => [strategy.name, strategy] as const))(
  'the strategy %s',
  (_, strategy) => {
    const contextOf = (changes: Partial<SearchContext>): SearchContext => ({
      graph: oddGraph(1, { intermediates: 14 }),
      model: costModelNamed('multiplications'),
      budget: { kind: 'evaluations', evaluations: 500 },
      seed: 1,
      threads: 1,
      parameters: new Map(),
      network: initialWeights(1),
      ...changes,
    });

    it('finds legal orders that count what it says, the same from the same seed', async () => {
      for (let seed = 0; seed < 6; seed += 1) {
        const graph = oddGraph(seed, { intermediates: 2 * seed });
        const context = contextOf({ graph, seed });
        const { seconds, ...outcome } = await strategy.run(context);
        const { order, count } = outcome;
        expect(seconds).toBeGreaterThanOrEqual(0);
        expect(order.toSorted((a, b) => a - b)).toEqual(eliminableVertices(graph));
        const costed = context.model.prepare(graph);
        expect(referenceEngine.load(costed).count([order])[0]).toBe(count);
        const again = await strategy.run(context);
        expect({ ...again, seconds }).toEqual({ ...outcome, seconds });
      }
    });

    it('tells of improvements down to what it found, and ends when it is told to', async () => {
      const interruption = new AbortController();
      const counts: number[] = [];
      const outcome = await strategy.run(
        contextOf({
          budget: { kind: 'time', seconds: 3600 },
          signal: interruption.signal,
          onImprovement: ({ count }) => {
            counts.push(count);
            interruption.abort();
          },
        }),
      );
      expect(counts).toEqual([...new Set(counts)].sort((a, b) => b - a));
      expect(outcome.count).toBeLessThanOrEqual(counts.at(-1) ?? Infinity);
    });
  },
);

describe('strategies by a policy', () => {
  it('say that they need one', async () => {
    for (const strategy of learnedStrategies.slice(1)) {
      const context = {
        graph: oddGraph(1),
        model: paper,
        budget: { kind: 'evaluations' as const, evaluations: 5 },
        seed: 1,
        threads: 1,
        parameters: new Map(),
      };
      await expect(strategy.run(context), strategy.name).rejects.toThrow('--policy FILE');
    }
  });
});
