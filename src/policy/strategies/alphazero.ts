/**
 * AlphaZero as a search strategy: it learns from nothing on the graph that is searched, and the best
 * order that it meets is what it finds (src/policy/alphazero/alphazero.ts). An evaluation is one of the
 * network in a game; the first game is always played to its end, and no other is begun that might
 * exceed the budget. One thread. TensorFlow.js is loaded when it runs.
 */
import { budgetParameters, budgetShare } from '../../search/budget.ts';
import type { SearchContext, SearchOutcome, SearchStrategy } from '../../search/strategy.ts';
import { alphaZeroOptions, alphaZeroParameters } from '../alphazero/parameters.ts';

async function run(context: SearchContext): Promise<SearchOutcome> {
  const began = Date.now();
  const seconds = (): number => (Date.now() - began) / 1000;
  const { graph, model, budget, seed, signal, target } = context;
  const options = alphaZeroOptions(context.parameters);
  const [
    { openTensorFlow },
    { AlphaZero, startAlphaZero },
    { runAlphaZero },
    { messagePassingNetwork },
  ] = await Promise.all([
    import('../tensorflow.ts'),
    import('../alphazero/alphazero.ts'),
    import('../alphazero/run.ts'),
    import('../networks/message-passing.ts'),
  ]);
  const { tf } = await openTensorFlow();
  const { network } = context;
  const start =
    network === undefined ? undefined : { network: messagePassingNetwork, weights: network };
  const alphaZero = new AlphaZero(
    tf,
    [model.prepare(graph)],
    startAlphaZero(1, options, seed, start),
  );
  try {
    let least = Infinity;
    let evaluations = 0;
    const limits = {
      ...(budget.kind === 'time'
        ? { deadline: began + 1000 * budget.seconds }
        : { evaluations: budget.evaluations }),
      ...(target === undefined ? {} : { target }),
      signal,
    };
    await runAlphaZero(alphaZero, limits, (point) => {
      evaluations = point.evaluations;
      const best = alphaZero.best(0);
      if (best !== undefined && best.count < least) {
        least = best.count;
        context.onImprovement?.({ ...best, seconds: seconds() });
      }
      const share = budgetShare(budget, { seconds: seconds(), evaluations });
      context.onProgress?.({ share, evaluations, count: least });
    });
    const best = alphaZero.best(0);
    if (best === undefined) throw new Error('AlphaZero played no game');
    return {
      ...best,
      evaluations,
      seconds: seconds(),
      parameters: {
        ...options,
        ...budgetParameters(budget),
        ...(target === undefined ? {} : { target }),
      },
      interrupted: signal?.aborted === true,
    };
  } finally {
    alphaZero.dispose();
  }
}

/** The strategy. */
export const alphaZeroStrategy: SearchStrategy = {
  name: 'alphazero',
  summary: 'Gumbel AlphaZero, learning from nothing (Danihelka et al. 2022)',
  evaluations: 'evaluations of the network',
  parameters: alphaZeroParameters,
  run,
};
