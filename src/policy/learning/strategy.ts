/**
 * A way of learning as a search strategy: it learns from nothing on the graph that is searched, and the
 * best order that it meets is what it finds. An evaluation is one of the network in a game; the first
 * games are always played to their end, and no others are begun that might exceed the budget. Games side by
 * side are played on the context's threads. TensorFlow.js is loaded when it runs.
 */
import { budgetParameters, budgetShare } from '../../search/budget.ts';
import { clockTime } from '../../search/clock.ts';
import { completeParameters } from '../../search/parameters.ts';
import { fallingPoints } from '../../search/search-curve.ts';
import type { SearchContext, SearchOutcome, SearchStrategy } from '../../search/strategy.ts';
import type { LearningAlgorithm } from './types.ts';

async function run(algorithm: LearningAlgorithm, context: SearchContext): Promise<SearchOutcome> {
  const { clock = 'wall' } = context;
  const began = clockTime(clock);
  const seconds = (): number => (clockTime(clock) - began) / 1000;
  const { graph, model, budget, seed, signal, target, network, parameters } = context;
  const [{ openTensorFlow }, { startLearning }, { runLearning }, { messagePassingNetwork }] =
    await Promise.all([
      import('../tensorflow.ts'),
      import('./start.ts'),
      import('./run.ts'),
      import('../networks/message-passing.ts'),
    ]);
  const { tf } = await openTensorFlow();
  const start =
    network === undefined ? undefined : { network: messagePassingNetwork, weights: network };
  const learning = await algorithm.open({
    tf,
    graphs: [model.prepare(graph)],
    parameters,
    state: startLearning(1, seed, start),
    threads: { number: context.threads, model },
  });
  try {
    let least = Infinity;
    let evaluations = 0;
    const limits = {
      ...(budget.kind === 'time'
        ? { clock, deadline: began + 1000 * budget.seconds }
        : { evaluations: budget.evaluations }),
      ...(target === undefined ? {} : { target }),
      signal,
    };
    await runLearning(learning, limits, (point) => {
      evaluations = point.evaluations;
      const best = learning.best(0);
      if (best !== undefined && best.count < least) {
        least = best.count;
        context.onImprovement?.({ ...best, seconds: seconds() });
      }
      const share = budgetShare(budget, { seconds: seconds(), evaluations });
      context.onProgress?.({ share, evaluations, count: least });
    });
    const best = learning.best(0);
    if (best === undefined) throw new Error(`${algorithm.name} played no game`);
    return {
      ...best,
      evaluations,
      seconds: seconds(),
      parameters: {
        ...completeParameters(algorithm.parameters, parameters),
        ...budgetParameters(budget),
        ...(clock === 'wall' ? {} : { clock }),
        ...(target === undefined ? {} : { target }),
      },
      curve: fallingPoints(
        learning.curve.map((point) => ({ evaluations: point.evaluations, count: point.best })),
      ),
      interrupted: signal?.aborted === true,
    };
  } finally {
    learning.dispose();
  }
}

/** The strategy. */
export function learningStrategy(algorithm: LearningAlgorithm): SearchStrategy {
  return {
    name: algorithm.name,
    summary: algorithm.summary,
    evaluations: 'evaluations of the network',
    parameters: algorithm.parameters,
    run: (context) => run(algorithm, context),
  };
}
