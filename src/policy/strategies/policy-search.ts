/**
 * A trained policy as a search strategy: its greedy order first, then orders drawn from it, all in the
 * core; and annealing that starts from the best of them. An evaluation is an order, and for annealing a
 * proposal as well. One thread for the policy, all for annealing.
 */
import { createWasmEngine } from '../../core/wasm.ts';
import type { NetworkWeights } from '../../core/network-types.ts';
import { budgetParameters, budgetShare } from '../../search/budget.ts';
import { completeParameters } from '../../search/parameters.ts';
import { anneal } from '../../search/strategies/anneal.ts';
import type { SearchContext, SearchOutcome, SearchStrategy } from '../../search/strategy.ts';
import { breathe } from '../../support/breathe.ts';
import { UserError } from '../../support/user-error.ts';

const parameters = [
  {
    name: 'temperature',
    describe: 'of the orders that are drawn: more makes moves more alike',
    standard: 0.5,
    least: 0.01,
    most: 1000,
    whole: false,
  },
] as const;

function networkOf({ network }: SearchContext): NetworkWeights {
  if (network !== undefined) return network;
  throw new UserError({
    code: 'policy-missing',
    message:
      'this strategy needs a trained policy; make one with train, and give it with --policy FILE',
  });
}

async function drawOrders(context: SearchContext): Promise<SearchOutcome> {
  const began = Date.now();
  const seconds = (): number => (Date.now() - began) / 1000;
  const { temperature } = completeParameters(parameters, context.parameters);
  const { budget, signal, target = 0, seed } = context;
  const play = createWasmEngine().play(context.model.prepare(context.graph), 'degrees');
  try {
    play.loadNetwork(networkOf(context));
    play.seed(seed);
    let made = 0;
    let least = Infinity;
    const share = (evaluations: number): number =>
      budgetShare(budget, { seconds: seconds(), evaluations });
    for (
      ;
      made === 0 || (share(made) < 1 && least > target && signal?.aborted !== true);
      made += 1
    ) {
      play.rollouts({ kind: 'network', temperature: made === 0 ? 0 : temperature }, 1);
      if (play.bestCost < least) {
        least = play.bestCost;
        context.onImprovement?.({ order: play.bestOrder(), count: least, seconds: seconds() });
      }
      context.onProgress?.({ share: share(made), evaluations: made + 1, count: least });
      if (made % 16 === 0) await breathe();
      // There is nothing to choose.
      if (play.length < 2) {
        made += 1;
        break;
      }
    }
    return {
      order: play.bestOrder(),
      count: least,
      evaluations: made,
      seconds: seconds(),
      parameters: {
        temperature,
        ...budgetParameters(budget),
        ...(context.target === undefined ? {} : { target: context.target }),
      },
      interrupted: signal?.aborted === true,
    };
  } finally {
    play.dispose();
  }
}

/** Orders of a policy. */
export const policyStrategy: SearchStrategy = {
  name: 'policy',
  summary: 'orders of a trained policy, the greedy one first',
  evaluations: 'orders',
  parameters,
  run: drawOrders,
};

/** Annealing from the policy's greedy order. */
export const policyAnnealStrategy: SearchStrategy = {
  name: 'policy+anneal',
  summary: "annealing from a trained policy's greedy order",
  evaluations: 'proposals',
  parameters: anneal.parameters,
  run: async (context) => {
    const { order, count } = await drawOrders({
      ...context,
      budget: { kind: 'evaluations', evaluations: 1 },
      parameters: new Map(),
      onImprovement: () => undefined,
      onProgress: () => undefined,
    });
    context.onImprovement?.({ order, count, seconds: 0 });
    const annealed = await anneal.run({
      ...context,
      start: order,
      onImprovement: (improvement) => {
        if (improvement.count < count) context.onImprovement?.(improvement);
      },
    });
    return annealed.count <= count ? annealed : { ...annealed, order, count };
  },
};
