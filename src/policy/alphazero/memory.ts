/** What AlphaZero remembers beside the state of every run, in policy files: its games. */
import { z } from 'zod';
import { wasmEngine } from '../../core/wasm.ts';
import type { CostedGraph } from '../../cost/types.ts';
import { orderFromPositions } from '../../order/orders.ts';
import { UserError } from '../../support/user-error.ts';
import { floatText, readFloats } from '../float-text.ts';
import type { KeptGames, StoredEpisode } from './replay.ts';

const whole = z.int().min(0);
const game = z.object({ task: whole, order: z.array(whole), policies: z.string() });
const memory = z.object({ replay: z.array(game), favourites: z.array(game.nullable()) });

function writtenGame({ task, episode }: StoredEpisode): z.infer<typeof game> {
  const total = episode.policies.reduce((sum, policy) => sum + policy.length, 0);
  const all = new Float32Array(total);
  let next = 0;
  for (const policy of episode.policies) {
    all.set(policy, next);
    next += policy.length;
  }
  return { task, order: [...episode.order], policies: floatText(all) };
}

/** Games as JSON. */
export function writtenMemory({ replay, favourites }: KeptGames): z.infer<typeof memory> {
  return {
    replay: replay.map(writtenGame),
    favourites: favourites.map((one) => (one === undefined ? null : writtenGame(one))),
  };
}

/** A game of a file with what its moves cost. */
function readGame(graphs: readonly CostedGraph[], written: z.infer<typeof game>): StoredEpisode {
  const costed = graphs[written.task];
  if (costed === undefined) throw notOurs(`there is no task ${written.task}`);
  const own = orderFromPositions(costed.graph, written.order);
  const handle = wasmEngine.load(costed);
  const steps = handle.steps(own);
  handle.dispose();
  const all = readFloats(written.policies);
  let next = 0;
  const policies = own.map((_, move) => {
    const policy = all.slice(next, next + own.length - move);
    next += policy.length;
    return policy;
  });
  const count = steps.reduce((sum, one) => sum + one, 0);
  return { task: written.task, episode: { order: own, count, steps, policies } };
}

function notOurs(message: string): UserError {
  return new UserError({
    code: 'policy-file',
    message: `the policy file's training is none of alphazero's (${message}); train it anew`,
  });
}

/**
 * The games of a file, on the run's graphs.
 * @throws UserError policy-file where these are none
 */
export function readMemory(value: unknown, graphs: readonly CostedGraph[]): KeptGames {
  const parsed = memory.safeParse(value);
  if (!parsed.success) throw notOurs(parsed.error.issues[0]?.path.join('.') ?? 'its memory');
  return {
    replay: parsed.data.replay.map((one) => readGame(graphs, one)),
    favourites: parsed.data.favourites.map((one) =>
      one === null ? undefined : readGame(graphs, one),
    ),
  };
}
