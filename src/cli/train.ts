/** `crosscountry train`: a policy learns to find elimination orders, by AlphaZero. */
import { graphHash } from '../graph/canonical.ts';
import { orderIds } from '../order/orders.ts';
import type { AlphaZero, AlphaZeroState, CurvePoint } from '../policy/alphazero/alphazero.ts';
import type { RunLimits } from '../policy/alphazero/run.ts';
import type { PolicyTask } from '../policy/policy-file.ts';
import { alphaZeroOptions } from '../policy/alphazero/parameters.ts';
import { alphaZeroStrategy } from '../policy/strategies/alphazero.ts';
import { parseParameters } from '../search/parameters.ts';
import { loadSubject } from '../subject/load.ts';
import { readJson } from '../subject/read-file.ts';
import type { Subject } from '../subject/types.ts';
import type { CostModel } from '../cost/types.ts';
import { costModelNamed } from '../cost/models.ts';
import { compiled } from '../cost/compiled.ts';
import { interruptible } from './interruption.ts';
import type { CommandLineIo } from './io.ts';
import { chosenGranularity, chosenModel, costOption, granularityOption } from './models.ts';
import { shortSeconds, withCommas } from './numbers.ts';
import { printDocument } from './print.ts';
import { parseSeconds, positive, requireWritable } from './search-options.ts';
import { usageError, type Verb, type VerbArguments } from './verb.ts';

/** Episodes where no limit is given. */
const standardEpisodes = 60;

/** Milliseconds between two writings of the file. */
const saveEvery = 10_000;

const parameterHelp = alphaZeroStrategy.parameters
  .map(({ name, standard, describe }) => `${name} (${standard}: ${describe})`)
  .join(', ');

/** A run to go on with, and what it is on. */
interface Plan {
  readonly subjects: readonly Subject[];
  readonly model: CostModel;
  readonly state: AlphaZeroState;
}

/** The verb. */
export const trainVerb: Verb = {
  positionals: '[SUBJECT…]',
  arity: [0, 64],
  summary:
    'Trains a policy by Gumbel AlphaZero, from nothing: it plays, and learns from its games. Several\n' +
    'subjects take turns with one network. The file is written every ten seconds and at the end;\n' +
    'Ctrl-C ends with what it has, --resume goes on as if it had not stopped.',
  options: {
    episodes: { type: 'text', value: 'N', describe: `games in all (${standardEpisodes})` },
    evaluations: { type: 'text', value: 'N', describe: 'evaluations of the network in all' },
    time: { type: 'text', value: '10m', describe: 'how long, of this call' },
    seed: { type: 'text', value: 'N', describe: 'seed of weights, games and learning (0)' },
    parameter: { type: 'list', value: 'NAME=VALUE…', describe: parameterHelp },
    policy: { type: 'text', value: 'FILE', describe: 'begin with the weights of this policy' },
    resume: { type: 'text', value: 'FILE', describe: 'go on with the training in this file' },
    out: { type: 'text', value: 'FILE', describe: 'where the policy goes (NAME.policy.json)' },
    cost: costOption,
    granularity: granularityOption,
  },
  examples: [
    ['crosscountry train RoeFlux_1d --episodes 60 --seed 1', 'from nothing'],
    ['crosscountry train --resume RoeFlux_1d.policy.json --episodes 200', 'and on'],
    ['crosscountry train RoeFlux_1d --parameter gradient-steps=0', 'the untrained control'],
  ],
  run: async (given, io) => {
    const limits = limitsOf(given);
    const resume = given.text('resume');
    const plan = resume === undefined ? await newPlan(given) : await resumedPlan(given, resume);
    const first = plan.subjects[0]?.name ?? 'policy';
    const out = given.text('out') ?? resume ?? `${first}.policy.json`;
    await requireWritable(out);
    await train(plan, limits, { out, given, io });
    return 0;
  },
};

function limitsOf(given: VerbArguments): RunLimits {
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
  return Object.keys(limits).length === 0 ? { episodes: standardEpisodes } : limits;
}

async function newPlan(given: VerbArguments): Promise<Plan> {
  if (given.positionals.length === 0) {
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
  const options = alphaZeroOptions(parseParameters(alphaZeroStrategy, given.list('parameter')));
  const { startAlphaZero } = await import('../policy/alphazero/alphazero.ts');
  const { readPolicy } = await import('../policy/policy-file.ts');
  const file = given.text('policy');
  const start = file === undefined ? undefined : readPolicy(await readJson(file), file).policy;
  const seed = given.integer('seed', 0);
  return { subjects, model, state: startAlphaZero(subjects.length, options, seed, start) };
}

/** Takes a training up where its graphs are still the same. */
async function resumedPlan(given: VerbArguments, file: string): Promise<Plan> {
  for (const option of ['seed', 'cost', 'granularity', 'policy']) {
    if (given.text(option) === undefined) continue;
    throw usageError(`--${option} is in the file of --resume already; leave it out`);
  }
  if (given.positionals.length > 0 || given.list('parameter').length > 0) {
    throw usageError('subjects and parameters are in the file of --resume already; leave them out');
  }
  const { readPolicy, resumedState } = await import('../policy/policy-file.ts');
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
  return { subjects, model, state: resumedState(policy, graphs, file) };
}

async function train(
  { subjects, model, state }: Plan,
  limits: RunLimits,
  { out, given, io }: { out: string; given: VerbArguments; io: CommandLineIo },
): Promise<void> {
  const [{ openTensorFlow }, { AlphaZero }, { runAlphaZero }] = await Promise.all([
    import('../policy/tensorflow.ts'),
    import('../policy/alphazero/alphazero.ts'),
    import('../policy/alphazero/run.ts'),
  ]);
  const isQuiet = given.flag('quiet');
  const { tf, note } = await openTensorFlow();
  if (!isQuiet) io.stderr(`${note}\n`);
  const graphs = subjects.map((subject) => subject.graph(model));
  const prepared = graphs.map((graph) => model.prepare(graph));
  const run = new AlphaZero(tf, prepared, state);
  const tasks = subjects.map((subject, index): PolicyTask => {
    const graph = graphs[index];
    if (graph === undefined) throw new Error('a subject lacks its graph');
    const { granularity } = subject;
    // A file is found again by its path, a task by its name.
    const name =
      subject.kind === 'task' ? subject.name : (given.positionals[index] ?? subject.name);
    return { subject: name, graphHash: graphHash(graph), cost: model.name, granularity };
  });
  const save = savingTo(out, run, tasks);
  const began = Date.now();
  let saved = began;
  try {
    await interruptible((signal) =>
      runAlphaZero(run, { ...limits, signal }, async (point) => {
        if (!isQuiet) io.stderr(pointLine(point, subjects, began));
        if (Date.now() - saved < saveEvery) return;
        await save();
        saved = Date.now();
      }),
    );
    await save();
    report(run, { subjects, model, out, seconds: (Date.now() - began) / 1000 }, given, io);
  } finally {
    run.dispose();
  }
}

function savingTo(out: string, run: AlphaZero, tasks: readonly PolicyTask[]): () => Promise<void> {
  return async () => {
    const { policyText } = await import('../policy/policy-file.ts');
    const { writeWhole } = await import('../results/store.ts');
    await writeWhole(out, policyText(run.state(), tasks));
  };
}

function pointLine(point: CurvePoint, subjects: readonly Subject[], began: number): string {
  const { episode, task, count, best, evaluations, loss } = point;
  const name = subjects.length === 1 ? '' : `  ${subjects[task]?.name ?? ''}`;
  const seconds = ((Date.now() - began) / 1000).toFixed(1).padStart(7);
  const losses =
    loss === undefined ? '' : `  loss ${loss.policy.toFixed(2)} ${loss.cost.toFixed(2)}`;
  return (
    `${seconds} s  game ${episode}${name}  ${count}  best ${best}  ` +
    `${withCommas(evaluations)} evaluations${losses}\n`
  );
}

function report(
  run: AlphaZero,
  facts: { subjects: readonly Subject[]; model: CostModel; out: string; seconds: number },
  given: VerbArguments,
  io: CommandLineIo,
): void {
  const { subjects, model, out, seconds } = facts;
  const { curve, options, seed } = run.state();
  const found = subjects.flatMap((subject, task) => {
    const best = run.best(task);
    if (best === undefined) return [];
    const order = orderIds(subject.graph(model), best.order);
    return [{ subject: subject.name, count: best.count, order }];
  });
  const evaluations = curve.at(-1)?.evaluations ?? 0;
  if (given.flag('json')) {
    const cost = model.name;
    const document = { cost, seed, options, episodes: curve.length, evaluations, seconds };
    printDocument(io, 'training', { ...document, found, curve, file: out });
    return;
  }
  for (const { subject, count } of found) io.stdout(`${subject}  ${count}\n`);
  if (given.flag('quiet')) return;
  io.stdout(
    `${curve.length} games, ${withCommas(evaluations)} evaluations in ${shortSeconds(seconds)} s, ` +
      `by the cost model ${model.name}, seed ${seed}\n`,
  );
  io.stderr(`wrote ${out}\n`);
}
