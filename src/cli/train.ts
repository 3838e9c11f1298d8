/** `crosscountry train`: a policy learns to find elimination orders. */
import { graphHash } from '../graph/canonical.ts';
import { learningAlgorithmNamed, learningAlgorithms } from '../policy/algorithms.ts';
import { configurationNamed, configurations } from '../policy/configurations/configurations.ts';
import { defaultConfiguration } from '../policy/configurations/default.ts';
import type { RunLimits } from '../policy/learning/run.ts';
import type { LearningAlgorithm, LearningRun, LearningSetting } from '../policy/learning/types.ts';
import type { Policy } from '../policy/networks/policy-network.ts';
import type { PolicyTask, RunDescription } from '../policy/policy-file.ts';
import { completeParameters, parseParameters } from '../search/parameters.ts';
import { loadSubject } from '../subject/load.ts';
import { readJson } from '../subject/read-file.ts';
import type { Subject } from '../subject/types.ts';
import type { CostModel } from '../cost/types.ts';
import { costModelNamed } from '../cost/models.ts';
import { compiled } from '../cost/compiled.ts';
import { interruptible } from './interruption.ts';
import type { CommandLineIo } from './io.ts';
import { chosenGranularity, chosenModel, costOption, granularityOption } from './models.ts';
import { parametersHelp, parseSeconds, positive, requireWritable } from './search-options.ts';
import { type TrainingListener, trainingListener } from './train-progress.ts';
import { reportTraining } from './train-report.ts';
import { usageError, type Verb, type VerbArguments } from './verb.ts';

/** Episodes where no limit is given. */
const standardEpisodes = 60;

/** Seconds between two writings of the file. */
const standardSaveEvery = 10;

const [standardAlgorithm] = learningAlgorithms;
const algorithmHelp = learningAlgorithms.map(({ name, summary }) => `${name}: ${summary}`);

const configurationHelp = configurations
  .map(({ name, summary }) => `${name} (${summary})`)
  .join(', ');

/** A run to go on with, and what it is on. */
interface Plan extends Pick<LearningSetting, 'parameters' | 'state' | 'memory'> {
  readonly subjects: readonly Subject[];
  readonly model: CostModel;
  readonly algorithm: LearningAlgorithm;
}

const silent: TrainingListener = { onPoint: () => undefined, end: () => undefined };

/** The verb. */
export const trainVerb: Verb = {
  positionals: '[SUBJECT…]',
  arity: [0, 64],
  summary:
    'Trains a policy, from nothing: it plays, and learns from its games. Several subjects take turns\n' +
    'with one network. The file is written now and then and at the end; Ctrl-C ends with what it has,\n' +
    '--resume goes on as if it had not stopped.',
  options: {
    algorithm: {
      type: 'text',
      value: 'A',
      describe: `${algorithmHelp.join('; ')} (${standardAlgorithm?.name ?? ''})`,
    },
    episodes: { type: 'text', value: 'N', describe: `games in all (${standardEpisodes})` },
    evaluations: { type: 'text', value: 'N', describe: 'evaluations of the network in all' },
    time: { type: 'text', value: '10m', describe: 'how long, of this call' },
    seed: { type: 'text', value: 'N', describe: 'seed of weights, games and learning (0)' },
    config: { type: 'text', value: 'NAME', describe: configurationHelp },
    parameter: { type: 'list', value: 'NAME=VALUE…', describe: parametersHelp(learningAlgorithms) },
    policy: {
      type: 'text',
      value: 'P',
      describe: 'begin with the weights of this policy: a file, or generalist',
    },
    resume: { type: 'text', value: 'FILE', describe: 'go on with the training in this file' },
    out: { type: 'text', value: 'FILE', describe: 'where the policy goes (NAME.policy.json)' },
    'save-every': {
      type: 'text',
      value: '10s',
      describe: `how often the file is written (${standardSaveEvery}s)`,
    },
    cost: costOption,
    granularity: granularityOption,
  },
  examples: [
    ['crosscountry train RoeFlux_1d --episodes 60 --seed 1', 'from nothing'],
    ['crosscountry train --resume RoeFlux_1d.policy.json --episodes 200', 'and on'],
    ['crosscountry train RoeFlux_1d --algorithm ppo --time 1m', 'the other way of learning'],
    ['crosscountry train RoeFlux_1d --parameter gradient-steps=0', 'the untrained control'],
    ['crosscountry train RoeFlux_1d --policy generalist', 'from the policy of the package'],
    ['crosscountry train --algorithm imitation --seed 1', 'a policy for graphs of all kinds'],
    ['crosscountry train HumanHeartDipole --config alphagrad --time 10m', "the paper's agent"],
  ],
  run: async (given, io) => {
    const resume = given.text('resume');
    const plan = resume === undefined ? await newPlan(given) : await resumedPlan(given, resume);
    const limits = limitsOf(given, plan);
    const first = plan.subjects[0]?.name ?? plan.algorithm.name;
    const out = given.text('out') ?? resume ?? `${first}.policy.json`;
    await requireWritable(out);
    await train(plan, limits, { out, given, io });
    return 0;
  },
};

function limitsOf(given: VerbArguments, { subjects, algorithm, parameters }: Plan): RunLimits {
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

async function newPlan(given: VerbArguments): Promise<Plan> {
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
  const parameters = new Map([
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
  return { subjects, model, algorithm, parameters, state };
}

/** Takes a training up where its graphs are still the same. */
async function resumedPlan(given: VerbArguments, file: string): Promise<Plan> {
  for (const option of ['algorithm', 'seed', 'cost', 'granularity', 'policy', 'config']) {
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
  const { algorithm, ...run } = stoppedRun(policy, graphs, file);
  return { subjects, model, algorithm: learningAlgorithmNamed(algorithm), ...run };
}

async function train(
  { subjects, model, algorithm, ...setting }: Plan,
  limits: RunLimits,
  { out, given, io }: { out: string; given: VerbArguments; io: CommandLineIo },
): Promise<void> {
  const [{ openTensorFlow }, { runLearning }] = await Promise.all([
    import('../policy/tensorflow.ts'),
    import('../policy/learning/run.ts'),
  ]);
  const isQuiet = given.flag('quiet');
  const saveEvery =
    1000 * parseSeconds(given.text('save-every') ?? `${standardSaveEvery}s`, 'save-every');
  const { tf, note } = await openTensorFlow();
  if (!isQuiet) io.stderr(`${note}\n`);
  const graphs = subjects.map((subject) => subject.graph(model));
  const prepared = graphs.map((graph) => model.prepare(graph));
  const run = await algorithm.open({ tf, graphs: prepared, ...setting });
  const tasks = subjects.map((subject, index): PolicyTask => {
    const graph = graphs[index];
    if (graph === undefined) throw new Error('a subject lacks its graph');
    const { granularity } = subject;
    // A file is found again by its path, a task by its name.
    const name =
      subject.kind === 'task' ? subject.name : (given.positionals[index] ?? subject.name);
    return { subject: name, graphHash: graphHash(graph), cost: model.name, granularity };
  });
  const parameters = completeParameters(algorithm.parameters, setting.parameters);
  const save = savingTo(out, run, { algorithm: algorithm.name, parameters, tasks });
  const names = subjects.map(({ name }) => name);
  const listener = isQuiet ? silent : trainingListener(io, names, run.curve);
  const began = Date.now();
  let saved = began;
  try {
    await interruptible((signal) =>
      runLearning(run, { ...limits, signal }, async (point) => {
        listener.onPoint(point);
        if (Date.now() - saved < saveEvery || run.curve.at(-1) !== point) return;
        await save();
        saved = Date.now();
      }),
    );
    await save();
    listener.end();
    const seconds = (Date.now() - began) / 1000;
    const facts = { algorithm: algorithm.name, parameters, subjects, model, out, seconds };
    await reportTraining(run, facts, given, io);
  } finally {
    run.dispose();
  }
}

function savingTo(out: string, run: LearningRun, facts: RunDescription): () => Promise<void> {
  return async () => {
    const { policyText } = await import('../policy/policy-file.ts');
    const { writeWhole } = await import('../results/store.ts');
    await writeWhole(out, policyText(run, facts));
  };
}
