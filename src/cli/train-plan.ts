/** What `train` goes on with: a run before its first game, or one that a file holds. */
import { compiled } from '../cost/compiled.ts';
import { costModelNamed } from '../cost/models.ts';
import type { CostModel } from '../cost/types.ts';
import { graphHash } from '../graph/canonical.ts';
import { learningAlgorithmNamed, learningAlgorithms } from '../policy/algorithms.ts';
import { configurationNamed } from '../policy/configurations/configurations.ts';
import { defaultConfiguration } from '../policy/configurations/default.ts';
import type { RunLimits } from '../policy/learning/run.ts';
import type { LearningAlgorithm, LearningSetting } from '../policy/learning/types.ts';
import type { Policy } from '../policy/networks/policy-network.ts';
import type { MeasuredReward } from '../policy/policy-file.ts';
import { parseParameters } from '../search/parameters.ts';
import type { ParameterValue } from '../search/strategy.ts';
import { loadSubject } from '../subject/load.ts';
import { readJson } from '../subject/read-file.ts';
import type { Subject } from '../subject/types.ts';
import { chosenGranularity, chosenModel } from './models.ts';
import { parseSeconds, positive } from './search-options.ts';
import { chosenReward, judgedParameters } from './train-reward.ts';
import { usageError, type VerbArguments } from './verb.ts';

/** Episodes where no limit is given. */
export const standardEpisodes = 60;

const [standardAlgorithm] = learningAlgorithms;

/** A run to go on with, and what it is on. */
export interface Plan extends Pick<LearningSetting, 'parameters' | 'state' | 'memory'> {
  readonly subjects: readonly Subject[];
  readonly model: CostModel;
  readonly algorithm: LearningAlgorithm;
  /** What orders are judged by, where it is not the cost model. */
  readonly reward: MeasuredReward | undefined;
}

/** When the run stops; by its games where nothing is said. */
export function limitsOf(
  given: VerbArguments,
  { subjects, algorithm, parameters }: Plan,
): RunLimits {
  const time = given.text('time');
  const limits = {
    ...(given.text('episodes') === undefined
      ? {}
      : { episodes: positive(given, 'episodes', 1, 1e9) }),
    ...(given.text('evaluations') === undefined
      ? {}
      : { evaluations: positive(given, 'evaluations', 1, Number.MAX_SAFE_INTEGER) }),
    ...(time === undefined ? {} : { deadline: Date.now() + 1000 * parseSeconds(time) }),
  };
  if (Object.keys(limits).length > 0) return limits;
  const alone = subjects.length === 0 ? algorithm.gamesWithoutTask?.(parameters) : undefined;
  return { episodes: alone ?? standardEpisodes };
}

/**
 * A run before its first game, as it is asked for.
 * @throws UserError for what it can not be
 */
export async function newPlan(given: VerbArguments): Promise<Plan> {
  const configuration = configurationNamed(given.text('config') ?? defaultConfiguration.name);
  const algorithm = learningAlgorithmNamed(
    given.text('algorithm') ?? configuration.algorithm ?? standardAlgorithm?.name ?? '',
  );
  if (given.positionals.length === 0 && algorithm.gamesWithoutTask === undefined) {
    throw usageError('name a subject to train on, or --resume FILE');
  }
  const model = chosenModel(given);
  if (model === compiled) {
    throw usageError('moves have no cost of their own under compiled; train under another --cost');
  }
  const granularity = chosenGranularity(given);
  const subjects = await Promise.all(
    given.positionals.map((name) => loadSubject(name, granularity)),
  );
  if (configuration.algorithm !== undefined && configuration.algorithm !== algorithm.name) {
    throw usageError(
      `--config ${configuration.name} is for ${configuration.algorithm}; leave --algorithm out`,
    );
  }
  const reward = chosenReward(given, algorithm, subjects);
  const parameters = new Map<string, ParameterValue>([
    ...(reward === undefined ? [] : judgedParameters),
    ...Object.entries(configuration.parameters),
    ...parseParameters(algorithm, given.list('parameter')),
  ]);
  const [{ freshPolicy, startLearning }, { openPolicy }, { architectureNamed }] = await Promise.all(
    [
      import('../policy/learning/start.ts'),
      import('../policy/shipped.ts'),
      import('../policy/networks/networks.ts'),
    ],
  );
  const seed = given.integer('seed', 0);
  const asked = given.text('policy');
  const begin = (): Policy => {
    const architecture = architectureNamed(configuration.network);
    const graphs = subjects.map((subject) => subject.graph(model));
    return freshPolicy(architecture.create(architecture.sizesFor(graphs)), seed);
  };
  const start = asked === undefined ? begin() : (await openPolicy(asked)).policy;
  const state = startLearning(subjects.length, seed, start);
  return { subjects, model, algorithm, reward, parameters, state };
}

/**
 * Takes a training up where its graphs are still the same.
 * @throws UserError for options that the file has already, and where it is damaged or of other graphs
 */
export async function resumedPlan(given: VerbArguments, file: string): Promise<Plan> {
  for (const option of [
    'algorithm',
    'seed',
    'cost',
    'granularity',
    'policy',
    'config',
    'reward',
    'target',
    'batch',
  ]) {
    if (given.text(option) === undefined) continue;
    throw usageError(`--${option} is in the file of --resume already; leave it out`);
  }
  if (given.positionals.length > 0 || given.list('parameter').length > 0) {
    throw usageError('subjects and parameters are in the file of --resume already; leave them out');
  }
  const { readPolicy, stoppedRun } = await import('../policy/policy-file.ts');
  const policy = readPolicy(await readJson(file), file);
  const model = costModelNamed(policy.tasks[0]?.cost ?? 'paper');
  const subjects = await Promise.all(
    policy.tasks.map(async ({ subject: name, granularity, graphHash: hash }) => {
      const subject = await loadSubject(name, granularity);
      if (graphHash(subject.graph(model)) === hash) return subject;
      throw usageError(`${name} is another graph than the one in ${file}; train it anew`);
    }),
  );
  const graphs = subjects.map((subject) => model.prepare(subject.graph(model)));
  const { algorithm, reward, ...run } = stoppedRun(policy, graphs, file);
  return { subjects, model, algorithm: learningAlgorithmNamed(algorithm), reward, ...run };
}
