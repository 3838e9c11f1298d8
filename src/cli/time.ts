/** `crosscountry time`: how long Jacobians take, compiled for a target. */
import { paperTasks } from '../../tasks/tasks.ts';
import { timingDocuments } from '../bench/documents.ts';
import { runTimings } from '../bench/run.ts';
import type { NamedTimedOrder, TimedSubject, TimingOutcome } from '../bench/suite.ts';
import { allTargets } from '../compile/targets.ts';
import { openInNode } from '../execute/dawn.ts';
import { requireFunction } from '../results/count.ts';
import { hasPublishedOrder } from '../results/named-orders.ts';
import { subjectCandidates } from '../results/optimise-subject.ts';
import { findFunctionOrder } from '../results/orders.ts';
import { startOrders } from '../results/start-orders.ts';
import { timingMachine, timingOrigin, writeTimings } from '../results/timing-files.ts';
import { optimisedOrder } from '../results/timing-names.ts';
import { loadSubject } from '../subject/load.ts';
import { enableRelaxedSimd } from '../support/engine-flags.ts';
import { pairedRatio } from '../support/statistics.ts';
import { UserError } from '../support/user-error.ts';
import { taskSubject } from '../subject/task-subject.ts';
import type { FunctionSubject } from '../subject/types.ts';
import { builtInsOption } from './built-ins-option.ts';
import { interruptible } from './interruption.ts';
import type { CommandLineIo } from './io.ts';
import { costOption, orderDescription, orderOptions, resultsOption } from './models.ts';
import { oneLine, printDocument } from './print.ts';
import { requireWritable } from './search-options.ts';
import { pairsOf, type RowPair } from './time-cells.ts';
import { type TimeOptions, timeOptions } from './time-options.ts';
import { printComparison, printTimings } from './time-print.ts';
import { timeProgress, type TimeState } from './time-progress.ts';
import { usageError, type Verb, type VerbArguments } from './verb.ts';

/** The verb. */
export const timeVerb: Verb = {
  positionals: '[SUBJECT…]',
  arity: [0, Infinity],
  summary:
    'Times compiled Jacobians, in nanoseconds a point. All cells run in one process, interleaved at\n' +
    'random; every Jacobian is checked against an independent one before it is timed. `kernel` is\n' +
    'the computation in the target’s own layout, `call` takes and gives row-major arrays, `copy`\n' +
    'copies the same bytes. Without a subject, all tasks of the paper. Ctrl-C ends with what there is.',
  options: {
    order: {
      type: 'list',
      value: 'ORDER,…',
      describe: `${orderDescription}; best@MODEL for the best under another cost model (markowitz, published, best)`,
    },
    target: {
      type: 'list',
      value: 'TARGET,…',
      describe: `${allTargets.map(({ name }) => name).join(', ')} (js, wasm)`,
    },
    batch: { type: 'list', value: 'N,…', describe: 'points a call (1, 64, 4096)' },
    precision: {
      type: 'list',
      value: 'f64,f32,f16',
      describe:
        'what numbers are computed in (f64; f32 for targets without); f16 for webgpu, where the adapter has it',
    },
    form: {
      type: 'text',
      value: 'compact|dense',
      describe: 'only entries that depend on the input, each once, or all of them (compact)',
    },
    values: { type: 'flag', describe: 'compute the function’s values too' },
    'built-ins': builtInsOption,
    optimise: {
      type: 'text',
      value: 'TIME',
      describe: `one more row a subject: programs rewritten for fewer operations as long as this (0, 1s, 10s), started from several orders, checked, raced against the orders that are timed, and the fastest kept as \`${optimisedOrder}\``,
    },
    'relaxed-simd': {
      type: 'flag',
      describe:
        'switch relaxed SIMD on, with fused multiply-add, where the engine has it behind a flag (Node 20)',
    },
    rounds: { type: 'text', value: 'N', describe: 'samples of each cell (30)' },
    time: { type: 'text', value: '60s', describe: 'no further round begins after this (60s)' },
    seed: {
      type: 'text',
      value: 'N',
      describe: 'seed of the points and of the order in a round (0)',
    },
    compare: {
      type: 'list',
      value: 'A B',
      describe:
        'two cells as paired ratio A / B: target, order, precision, points, kernel or call, joined by colons, such as wasm:best js:best:4096',
    },
    cost: costOption,
    results: resultsOption,
    out: {
      type: 'text',
      value: 'DIR',
      describe: 'write result files, one a subject, below this folder',
    },
  },
  examples: [
    ['crosscountry time RoeFlux_1d --order forward,reverse,markowitz,published,best', 'a table'],
    ['crosscountry time g --target wasm --compare best published', 'a ratio with its interval'],
    [
      'crosscountry time RobotArm_6DOF --optimise 10s --target wasm',
      'the fastest Jacobian there is',
    ],
    ['crosscountry time g --target webgpu,wgsl-unfused,wasm', 'on a GPU, and what fusion is worth'],
    ['crosscountry time --batch 4096 --out results', 'the ten tasks, to keep'],
  ],
  run: async (given, io) => {
    const options = timeOptions(given);
    if (given.flag('relaxed-simd')) enableRelaxedSimd();
    const out = given.text('out');
    if (out !== undefined) await requireWritable(out);
    const { subjects, outcome } = await timed(
      await timedSubjects(given, options),
      options,
      given,
      io,
    );
    const measured = outcome.rows.filter((row) => row.state === 'timed');
    const pairs = options.compare === undefined ? undefined : pairsOf(...options.compare, measured);
    if (given.flag('json')) printJson(io, outcome, options, pairs);
    else {
      printTimings(io, outcome, { quiet: given.flag('quiet') });
      if (pairs !== undefined && options.compare !== undefined) {
        const [a, b] = options.compare;
        printComparison(io, pairs, [a.text, b.text]);
      }
    }
    if (!given.flag('quiet')) {
      for (const { message } of outcome.warnings) io.stderr(`${oneLine(message)}\n`);
      if (outcome.rounds < options.rounds) {
        io.stderr(
          `${outcome.rounds} of ${options.rounds} rounds${outcome.interrupted ? ', interrupted' : '; give more --time'}\n`,
        );
      }
    }
    if (out !== undefined) await writeAll(out, subjects, outcome, options, given, io);
    return outcome.rows.some(({ state }) => state === 'failed') ? 1 : 0;
  },
};

/** The orders that are timed where none is asked for. */
function standardOrders(subject: FunctionSubject): readonly string[] {
  if (subject.kind !== 'task') return ['forward', 'reverse', 'markowitz'];
  return ['markowitz', ...(hasPublishedOrder(subject) ? ['published', 'best'] : [])];
}

/** Subjects with their orders, on the graph of the function. */
async function timedSubjects(
  given: VerbArguments,
  { orders, seed }: TimeOptions,
): Promise<readonly TimedSubject[]> {
  const choice = orderOptions(given);
  const subjects =
    given.positionals.length === 0
      ? paperTasks.map(taskSubject)
      : await Promise.all(
          given.positionals.map(async (text) => requireFunction(await loadSubject(text, 'tensor'))),
        );
  const twice = subjects.find(({ name }, index) =>
    subjects.slice(0, index).some((other) => other.name === name),
  );
  // Rows and files go by the name.
  if (twice !== undefined) throw usageError(`two subjects have the name ${twice.name}; time one`);
  const result: TimedSubject[] = [];
  for (const subject of subjects) {
    const found: NamedTimedOrder[] = [];
    for (const name of orders ?? standardOrders(subject)) {
      found.push({ name, order: await findFunctionOrder(subject, name, { ...choice, seed }) });
    }
    result.push({ subject, orders: found });
  }
  return result;
}

/** Optimises where that is asked for, and times, until Ctrl-C at the latest. */
async function timed(
  subjects: readonly TimedSubject[],
  options: TimeOptions,
  given: VerbArguments,
  io: CommandLineIo,
): Promise<{ readonly subjects: readonly TimedSubject[]; readonly outcome: TimingOutcome }> {
  const progress = timeProgress(io, given.flag('quiet'));
  const onProgress = (state: TimeState): void => {
    progress.show(state);
  };
  try {
    return await interruptible(async (signal) => {
      const all: TimedSubject[] = [];
      for (const each of subjects) {
        const share = (of: number): number => (all.length + of) / subjects.length;
        const show = (of: number): void => {
          onProgress({ phase: 'optimise', share: share(of) });
        };
        all.push(await withCandidates(each, options, { given, signal, show }));
      }
      return {
        subjects: all,
        outcome: await runTimings({
          ...options,
          subjects: all,
          signal,
          onProgress,
          device: openInNode,
        }),
      };
    });
  } finally {
    progress.end();
  }
}

/** A subject with optimised Programs, where they are asked for. */
async function withCandidates(
  timedSubject: TimedSubject,
  { optimiseSeconds: seconds, form: outputs, values, seed }: TimeOptions,
  {
    given,
    signal,
    show,
  }: {
    readonly given: VerbArguments;
    readonly signal: AbortSignal;
    readonly show: (share: number) => void;
  },
): Promise<TimedSubject> {
  if (seconds === undefined) return timedSubject;
  const { subject, orders } = timedSubject;
  try {
    const starts = await startOrders(subject, { ...orderOptions(given), seed });
    const candidates = await subjectCandidates(
      subject,
      [...orders.map(({ order }) => order), ...starts],
      { outputs, values },
      {
        ...{ seconds, seed, signal },
        onProgress: ({ share }) => {
          show(share);
        },
      },
    );
    return { ...timedSubject, optimised: { state: 'found', candidates } };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { ...timedSubject, optimised: { state: 'failed', reason: error.message } };
  }
}

function printJson(
  io: CommandLineIo,
  outcome: TimingOutcome,
  { form, values, seed, builtIns, optimiseSeconds }: TimeOptions,
  pairs: readonly RowPair[] | undefined,
): void {
  printDocument(io, 'timings', {
    ...{ form, values, seed },
    ...(builtIns && { builtIns }),
    ...(optimiseSeconds === undefined ? {} : { optimiseSeconds }),
    rounds: outcome.rounds,
    rows: outcome.rows,
    ...(pairs === undefined
      ? {}
      : {
          comparisons: pairs.map(({ a, b }) => ({
            a: cellOf(a),
            b: cellOf(b),
            ratio: pairedRatio(a.samples, b.samples),
          })),
        }),
    warnings: outcome.warnings,
    machine: timingMachine(),
  });
}

function cellOf({ subject, order, target, precision, batch, layout }: RowPair['a']) {
  return { subject, order, target, precision, batch, layout };
}

/** One file a subject. */
async function writeAll(
  folder: string,
  subjects: readonly TimedSubject[],
  outcome: TimingOutcome,
  options: TimeOptions,
  given: VerbArguments,
  io: CommandLineIo,
): Promise<void> {
  const origin = timingOrigin(new Date());
  for (const file of timingDocuments(subjects, outcome, options, origin)) {
    const path = await writeTimings(folder, file);
    if (!given.flag('quiet')) io.stderr(`wrote ${path}\n`);
  }
}
