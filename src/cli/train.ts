/** `crosscountry train`: a policy learns to find elimination orders. */
import { availableParallelism } from 'node:os';
import { graphHash } from '../graph/canonical.ts';
import { learningAlgorithms } from '../policy/algorithms.ts';
import { configurations } from '../policy/configurations/configurations.ts';
import type { RunLimits } from '../policy/learning/run.ts';
import type { LearningRun } from '../policy/learning/types.ts';
import type { PolicyTask, RunDescription } from '../policy/policy-file.ts';
import { completeParameters } from '../search/parameters.ts';
import { interruptible } from './interruption.ts';
import type { CommandLineIo } from './io.ts';
import { costOption, granularityOption } from './models.ts';
import {
  mostThreads,
  parametersHelp,
  parseSeconds,
  positive,
  requireWritable,
} from './search-options.ts';
import { limitsOf, newPlan, type Plan, resumedPlan, standardEpisodes } from './train-plan.ts';
import { type TrainingListener, trainingListener } from './train-progress.ts';
import { reportTraining } from './train-report.ts';
import { openReward, rewardOptions } from './train-reward.ts';
import type { Verb, VerbArguments } from './verb.ts';

/** Seconds between two writings of the file. */
const standardSaveEvery = 10;

const [standardAlgorithm] = learningAlgorithms;
const algorithmHelp = learningAlgorithms.map(({ name, summary }) => `${name}: ${summary}`);

const configurationHelp = configurations
  .map(({ name, summary }) => `${name} (${summary})`)
  .join(', ');

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
    threads: {
      type: 'text',
      value: 'N',
      describe: 'threads for games side by side (one for each core)',
    },
    out: { type: 'text', value: 'FILE', describe: 'where the policy goes (NAME.policy.json)' },
    'save-every': {
      type: 'text',
      value: '10s',
      describe: `how often the file is written (${standardSaveEvery}s)`,
    },
    ...rewardOptions,
    cost: costOption,
    granularity: granularityOption,
  },
  examples: [
    ['crosscountry train RoeFlux_1d --episodes 60 --seed 1', 'from nothing'],
    ['crosscountry train --resume RoeFlux_1d.policy.json --episodes 200', 'and on'],
    ['crosscountry train RoeFlux_1d --algorithm ppo --time 1m', 'the other way of learning'],
    ['crosscountry train RoeFlux_1d --parameter gradient-steps=0', 'the untrained control'],
    ['crosscountry train RoeFlux_1d --parameter games=4 --threads 2', 'four games side by side'],
    ['crosscountry train RoeFlux_1d --algorithm ppo --reward run-time', 'from measured run time'],
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

async function train(
  { subjects, model, algorithm, reward, ...setting }: Plan,
  limits: RunLimits,
  { out, given, io }: { out: string; given: VerbArguments; io: CommandLineIo },
): Promise<void> {
  const [{ openTensorFlow }, { runLearning }] = await Promise.all([
    import('../policy/tensorflow.ts'),
    import('../policy/learning/run.ts'),
  ]);
  const isQuiet = given.flag('quiet');
  const threads = {
    number: positive(given, 'threads', availableParallelism(), mostThreads),
    model,
  };
  const saveEvery =
    1000 * parseSeconds(given.text('save-every') ?? `${standardSaveEvery}s`, 'save-every');
  const { tf, note } = await openTensorFlow();
  if (!isQuiet) io.stderr(`${note}\n`);
  const graphs = subjects.map((subject) => subject.graph(model));
  const prepared = graphs.map((graph) => model.prepare(graph));
  const timed = reward && openReward(reward, subjects, model, setting.state.seed);
  const run = await algorithm.open({
    ...{ tf, graphs: prepared, ...setting, threads },
    ...(timed && { judge: timed.judge }),
  });
  const unused = unusedThreads(given, run);
  if (unused !== undefined && !isQuiet) io.stderr(`${unused}\n`);
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
  const save = savingTo(out, run, { algorithm: algorithm.name, parameters, tasks, reward });
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
    const facts = { algorithm: algorithm.name, parameters, subjects, model, out, seconds, timed };
    await reportTraining(run, facts, given, io);
  } finally {
    run.dispose();
  }
}

/** What is to be said where threads were asked for that the run has no games for. */
function unusedThreads(given: VerbArguments, { games, threads }: LearningRun): string | undefined {
  const asked = given.text('threads');
  if (asked === undefined || Number(asked) <= threads) return undefined;
  return games > 1
    ? `--threads ${asked}: this run plays on ${threads}`
    : `--threads ${asked}: this run plays one game at a time, on one thread; --parameter games=N plays N`;
}

function savingTo(out: string, run: LearningRun, facts: RunDescription): () => Promise<void> {
  return async () => {
    const { policyText } = await import('../policy/policy-file.ts');
    const { writeWhole } = await import('../results/store.ts');
    await writeWhole(out, policyText(run, facts));
  };
}
