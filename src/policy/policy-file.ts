/**
 * Policy files: the weights of a network, and, where they come from training, everything that it needs
 * to go on as if it had not stopped. One JSON document, lists of numbers as little-endian base64, with
 * the SHA-256 of its content, so that a damaged file is not trained on. docs/agent.md has the fields.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { wasmEngine } from '../core/wasm.ts';
import type { CostedGraph } from '../cost/types.ts';
import { orderFromPositions } from '../order/orders.ts';
import { UserError } from '../support/user-error.ts';
import type { AlphaZeroState } from './alphazero/alphazero.ts';
import type { StoredEpisode } from './alphazero/replay.ts';
import { architectureNamed } from './networks/networks.ts';
import { parsePolicy, type Policy } from './networks/policy-network.ts';

/** Goes up when a file's fields come to mean something else. */
const fileVersion = 2;

const number = z.number();
const whole = z.int().min(0);
const order = z.array(whole);
const game = z.object({ task: whole, order, policies: z.string() });
const loss = z.object({ policy: number, cost: number });

const training = z.object({
  options: z.object({
    simulations: whole,
    considered: whole,
    scale: number,
    gradientSteps: whole,
    batch: whole,
    learningRate: number,
    costWeight: number,
    replay: whole,
    imitation: number,
  }),
  seed: z.int(),
  adam: z.object({ first: z.string(), second: z.string(), steps: whole }),
  replay: z.array(game),
  best: z.array(z.object({ order, count: number }).nullable()),
  favourites: z.array(game.nullable()),
  curve: z.array(
    z.object({
      episode: whole,
      task: whole,
      count: number,
      best: number,
      evaluations: whole,
      loss: loss.optional(),
    }),
  ),
});

const task = z.object({
  subject: z.string(),
  graphHash: z.string(),
  cost: z.string(),
  granularity: z.enum(['tensor', 'scalar']),
});

const content = z.object({
  format: z.literal('crosscountry/policy'),
  version: z.literal(fileVersion),
  network: z.object({ name: z.string(), version: whole, sizes: z.record(z.string(), whole) }),
  weights: z.string(),
  tasks: z.array(task),
  training: training.optional(),
});

const policyFile = content.extend({ checksum: z.string() });

/** What a policy was trained on. */
export type PolicyTask = z.infer<typeof task>;
/** A policy file as it was read; `training` is as it stands in the file. */
export interface PolicyFile {
  readonly policy: Policy;
  readonly tasks: readonly PolicyTask[];
  readonly training: z.infer<typeof training> | undefined;
}

function toBase64(numbers: Float32Array): string {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString('base64');
}

function fromBase64(text: string): Float32Array {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  return new Float32Array(bytes.buffer, 0, Math.floor(bytes.length / 4));
}

function checksumOf(document: z.infer<typeof content>): string {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(document))));
}

function writtenGame({ task: index, episode }: StoredEpisode): z.infer<typeof game> {
  const total = episode.policies.reduce((sum, policy) => sum + policy.length, 0);
  const all = new Float32Array(total);
  let next = 0;
  for (const policy of episode.policies) {
    all.set(policy, next);
    next += policy.length;
  }
  return { task: index, order: [...episode.order], policies: toBase64(all) };
}

/** The text of a policy file of a run between two episodes. */
export function policyText(state: AlphaZeroState, tasks: readonly PolicyTask[]): string {
  const { network, trainer, replay, best, favourites, curve, options, seed } = state;
  const document = content.parse({
    format: 'crosscountry/policy',
    version: fileVersion,
    network: {
      name: network.architecture.name,
      version: network.architecture.version,
      sizes: network.sizes,
    },
    weights: toBase64(trainer.weights),
    tasks,
    training: {
      options,
      seed,
      adam: {
        first: toBase64(trainer.adam.first),
        second: toBase64(trainer.adam.second),
        steps: trainer.adam.steps,
      },
      replay: replay.map(writtenGame),
      best: best.map((one) => one ?? null),
      favourites: favourites.map((one) => (one === undefined ? null : writtenGame(one))),
      curve,
    },
  });
  return `${JSON.stringify({ ...document, checksum: checksumOf(document) })}\n`;
}

function refuse(file: string, message: string): UserError {
  return new UserError({ code: 'policy-file', message, file });
}

/**
 * Reads a policy file.
 * @param value what its JSON says
 * @throws UserError policy-file where it is none, of another version, or damaged
 */
export function readPolicy(value: unknown, file: string): PolicyFile {
  const parsed = policyFile.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue?.path.join('.') ?? '';
    throw refuse(
      file,
      `this is no policy file of version ${fileVersion} (${place === '' ? 'the document' : place}: ` +
        `${issue?.message ?? 'of the wrong shape'}); train it anew`,
    );
  }
  const { checksum, ...document } = parsed.data;
  if (checksumOf(document) !== checksum) {
    throw refuse(file, 'the policy file is damaged: its checksum does not match; train it anew');
  }
  const { network, weights, tasks, training: own } = document;
  const architecture = architectureNamed(network.name);
  if (network.version !== architecture.version) {
    throw refuse(
      file,
      `its ${network.name} network is of version ${network.version}, and this program's is of ` +
        `version ${architecture.version}; train it anew`,
    );
  }
  const policy = parsePolicy(architecture.create(network.sizes), fromBase64(weights));
  return { policy, tasks, training: own };
}

/** A game of a file with what its moves cost. */
function readGame(graphs: readonly CostedGraph[], written: z.infer<typeof game>): StoredEpisode {
  const costed = graphs[written.task];
  if (costed === undefined) throw new Error(`there is no task ${written.task}`);
  const own = orderFromPositions(costed.graph, written.order);
  const handle = wasmEngine.load(costed);
  const steps = handle.steps(own);
  handle.dispose();
  const all = fromBase64(written.policies);
  let next = 0;
  const policies = own.map((_, move) => {
    const policy = all.slice(next, next + own.length - move);
    next += policy.length;
    return policy;
  });
  const count = steps.reduce((sum, one) => sum + one, 0);
  return { task: written.task, episode: { order: own, count, steps, policies } };
}

/**
 * The run that a policy file holds, on its graphs.
 * @throws UserError where the file holds weights alone
 */
export function resumedState(
  { policy: { network, weights }, training: own }: PolicyFile,
  graphs: readonly CostedGraph[],
  file: string,
): AlphaZeroState {
  if (own === undefined) {
    throw refuse(file, 'this file holds weights and no training to resume; start from it anew');
  }
  const { first, second, steps } = own.adam;
  const adam = { first: fromBase64(first), second: fromBase64(second), steps };
  return {
    options: own.options,
    seed: own.seed,
    network,
    trainer: { weights, adam },
    replay: own.replay.map((one) => readGame(graphs, one)),
    best: own.best.map((one, index) => {
      const graph = graphs[index]?.graph;
      if (one === null || graph === undefined) return undefined;
      return { order: orderFromPositions(graph, one.order), count: one.count };
    }),
    favourites: own.favourites.map((one) => (one === null ? undefined : readGame(graphs, one))),
    curve: own.curve.map(({ loss: losses, ...point }) =>
      losses === undefined ? point : { ...point, loss: losses },
    ),
  };
}
