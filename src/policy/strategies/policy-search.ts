/**
 * A trained policy as a search strategy: its greedy order first, then orders drawn from it, all in the
 * core; and annealing that starts from the greedy one. Where no policy is given, the one that comes with
 * the package plays. An evaluation is an order, and for annealing a proposal as well. One thread for
 * the policy, all for annealing, which has what the policy leaves of the time.
 */
import { createWasmEngine } from '../../core/wasm.ts';
import type { NetworkWeights } from '../../core/network-types.ts';
import { budgetParameters, budgetShare } from '../../search/budget.ts';
import { clockTime } from '../../search/clock.ts';
import { completeParameters } from '../../search/parameters.ts';
import { anneal } from '../../search/strategies/anneal.ts';
import type { SearchContext, SearchOutcome, SearchStrategy } from '../../search/strategy.ts';
import { breathe } from '../../support/breathe.ts';

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

/**
 * Share of what remains that one evaluation is good for: below 200 vertices one move, of 10,000 a
 * hundred (docs/generalist.md has what it costs).
 */
const share = 0.01;

/** The policy to play: the one given, else the one that comes with the package. */
async function networkOf({ network }: SearchContext): Promise<NetworkWeights> {
  if (network !== undefined) return network;
  const { openCoreWeights, standardPolicy } = await import('../shipped.ts');
  return openCoreWeights(standardPolicy);
}

async function drawOrders(context: SearchContext): Promise<SearchOutcome> {
  const { clock = 'wall' } = context;
  const began = clockTime(clock);
  const seconds = (): number => (clockTime(clock) - began) / 1000;
  const { temperature } = completeParameters(parameters, context.parameters);
  const { budget, signal, target = 0, seed } = context;
  const play = createWasmEngine().play(context.model.prepare(context.graph), 'degrees');
  try {
    play.loadNetwork(await networkOf(context));
    play.seed(seed);
    let made = 0;
    let least = Infinity;
    const used = (evaluations: number): number =>
      budgetShare(budget, { seconds: seconds(), evaluations });
    for (
      ;
      made === 0 || (used(made) < 1 && least > target && signal?.aborted !== true);
      made += 1
    ) {
      play.rollouts({ kind: 'network', temperature: made === 0 ? 0 : temperature, share }, 1);
      if (play.bestCost < least) {
        least = play.bestCost;
        context.onImprovement?.({ order: play.bestOrder(), count: least, seconds: seconds() });
      }
      context.onProgress?.({ share: used(made), evaluations: made + 1, count: least });
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
        ...(clock === 'wall' ? {} : { clock }),
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

/** What a policy leaves of a time; a millisecond at least, so that annealing always begins. */
function timeAfter({ seconds }: { readonly seconds: number }, used: number): number {
  return Math.max(0.001, seconds - used);
}

/** Annealing from the policy's greedy order. */
export const policyAnnealStrategy: SearchStrategy = {
  name: 'policy+anneal',
  summary: "annealing from a trained policy's greedy order",
  evaluations: 'proposals',
  parameters: anneal.parameters,
  run: async (context) => {
    const { budget } = context;
    const { order, count, seconds } = await drawOrders({
      ...context,
      budget: { kind: 'evaluations', evaluations: 1 },
      parameters: new Map(),
      onImprovement: () => undefined,
      onProgress: () => undefined,
    });
    context.onImprovement?.({ order, count, seconds });
    const annealed = await anneal.run({
      ...context,
      budget:
        budget.kind === 'time' ? { kind: 'time', seconds: timeAfter(budget, seconds) } : budget,
      start: order,
      onImprovement: (improvement) => {
        if (improvement.count >= count) return;
        context.onImprovement?.({ ...improvement, seconds: seconds + improvement.seconds });
      },
    });
    const outcome = {
      ...annealed,
      seconds: seconds + annealed.seconds,
      parameters: { ...annealed.parameters, ...budgetParameters(budget) },
    };
    if (annealed.count <= count) return outcome;
    return { ...outcome, order, count, curve: [{ evaluations: 0, count }] };
  },
};
