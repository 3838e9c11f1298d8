/**
 * Policy files: the weights of a network, and, where they come from training, everything that it needs
 * to go on as if it had not stopped. One JSON document, lists of numbers as little-endian base64, with
 * the SHA-256 of its content, so that a damaged file is not trained on. docs/agent.md has the fields.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import type { CostedGraph } from '../cost/types.ts';
import { orderFromPositions } from '../order/orders.ts';
import { type PolicyProvenance, policyProvenance } from '../results/policy-record.ts';
import type { ParameterValue } from '../search/strategy.ts';
import { UserError } from '../support/user-error.ts';
import { floatText, readFloats } from './float-text.ts';
import type { LearningRun, LearningState } from './learning/types.ts';
import { architectureNamed } from './networks/networks.ts';
import { parsePolicy, type Policy, type PolicyNetwork } from './networks/policy-network.ts';

/** Goes up when a file's fields come to mean something else. */
const fileVersion = 2;

const number = z.number();
const whole = z.int().min(0);
const order = z.array(whole);

/** Counts in the curve and of the best orders are then multiples of the reference order's run time. */
const reward = z.object({
  kind: z.literal('run-time'),
  target: z.string(),
  batch: whole,
  reference: z.literal('forward'),
});

/** What orders are judged by, where it is not the cost model. */
export type MeasuredReward = z.infer<typeof reward>;

const training = z.object({
  algorithm: z.string(),
  parameters: z.record(z.string(), z.union([number, z.string()])),
  /** What orders were judged by; left out where the cost model counted them. */
  reward: reward.optional(),
  seed: z.int(),
  adam: z.object({ first: z.string(), second: z.string(), steps: whole }),
  best: z.array(z.object({ order, count: number }).nullable()),
  curve: z.array(
    z.object({
      episode: whole,
      task: whole,
      count: number,
      best: number,
      evaluations: whole,
      loss: z.record(z.string(), number).optional(),
    }),
  ),
  /** What the algorithm remembers beside this. */
  memory: z.unknown().optional(),
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
  provenance: policyProvenance.optional(),
});

const policyFile = content.extend({ checksum: z.string() });

/** What a policy was trained on. */
export type PolicyTask = z.infer<typeof task>;
/** A policy file as it was read; `training` is as it stands in the file. */
export interface PolicyFile {
  readonly policy: Policy;
  readonly provenance: PolicyProvenance | undefined;
  readonly tasks: readonly PolicyTask[];
  readonly training: z.infer<typeof training> | undefined;
}

function checksumOf(document: z.infer<typeof content>): string {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(document))));
}

function textOf(document: z.infer<typeof content>): string {
  return `${JSON.stringify({ ...document, checksum: checksumOf(document) })}\n`;
}

function writtenNetwork({
  architecture,
  sizes,
}: PolicyNetwork): z.infer<typeof content>['network'] {
  return { name: architecture.name, version: architecture.version, sizes: { ...sizes } };
}

/** The text of a policy file without a training: weights, and how they were made. */
export function finishedPolicyText({ network, weights }: Policy, origin: PolicyProvenance): string {
  return textOf(
    content.parse({
      format: 'crosscountry/policy',
      version: fileVersion,
      network: writtenNetwork(network),
      weights: floatText(weights),
      tasks: [],
      provenance: origin,
    }),
  );
}

/** What a file says of a run beside its state. */
export interface RunDescription {
  /** Name of the algorithm. */
  readonly algorithm: string;
  /** Every parameter's value. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly tasks: readonly PolicyTask[];
  /** Where orders are judged by something else than the cost model. */
  readonly reward?: MeasuredReward | undefined;
}

/** The text of a policy file of a run between two advances. */
export function policyText(
  run: Pick<LearningRun, 'state' | 'memory'>,
  { algorithm, parameters, tasks, reward: judgedBy }: RunDescription,
): string {
  const { network, trainer, best, curve, seed } = run.state();
  const memory = run.memory();
  const document = content.parse({
    format: 'crosscountry/policy',
    version: fileVersion,
    network: writtenNetwork(network),
    weights: floatText(trainer.weights),
    tasks,
    training: {
      algorithm,
      parameters,
      ...(judgedBy === undefined ? {} : { reward: judgedBy }),
      seed,
      adam: {
        first: floatText(trainer.adam.first),
        second: floatText(trainer.adam.second),
        steps: trainer.adam.steps,
      },
      best: best.map((one) => one ?? null),
      curve,
      ...(memory === undefined ? {} : { memory }),
    },
  });
  return textOf(document);
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
  const { network, weights, tasks, training: own, provenance: origin } = document;
  const architecture = architectureNamed(network.name);
  if (network.version !== architecture.version) {
    throw refuse(
      file,
      `its ${network.name} network is of version ${network.version}, and this program's is of ` +
        `version ${architecture.version}; train it anew`,
    );
  }
  const policy = parsePolicy(architecture.create(network.sizes), readFloats(weights));
  return { policy, provenance: origin, tasks, training: own };
}

/** A run as a file left it. */
export interface StoppedRun {
  /** Name of the algorithm. */
  readonly algorithm: string;
  readonly parameters: ReadonlyMap<string, ParameterValue>;
  readonly reward?: MeasuredReward;
  readonly state: LearningState;
  readonly memory?: unknown;
}

/**
 * The run that a policy file holds, on its graphs.
 * @throws UserError where the file holds weights alone
 */
export function stoppedRun(
  { policy: { network, weights }, training: own }: PolicyFile,
  graphs: readonly CostedGraph[],
  file: string,
): StoppedRun {
  if (own === undefined) {
    throw refuse(file, 'this file holds weights and no training to resume; start from it anew');
  }
  const { first, second, steps } = own.adam;
  const adam = { first: readFloats(first), second: readFloats(second), steps };
  return {
    algorithm: own.algorithm,
    parameters: new Map(Object.entries(own.parameters)),
    ...(own.reward === undefined ? {} : { reward: own.reward }),
    state: {
      seed: own.seed,
      network,
      trainer: { weights, adam },
      best: own.best.map((one, index) => {
        const graph = graphs[index]?.graph;
        if (one === null || graph === undefined) return undefined;
        return { order: orderFromPositions(graph, one.order), count: one.count };
      }),
      curve: own.curve.map(({ loss, ...point }) =>
        loss === undefined ? point : { ...point, loss },
      ),
    },
    ...(own.memory === undefined ? {} : { memory: own.memory }),
  };
}
