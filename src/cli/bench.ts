/** `crosscountry bench`: the whole suite, counted, searched, bounded and timed, in one command. */
import { availableParallelism } from 'node:os';

import { JobSet } from '../bench/job/job-set.ts';
import { runJob, type StepOutcome } from '../bench/job/run-job.ts';
import { type Step, stepKinds, stepText } from '../bench/job/steps.ts';
import { stepsOf, subjectsOfSuite, type Suite } from '../bench/job/suite.ts';
import { suites } from '../bench/job/suites.ts';
import { reportOf } from '../report/report.ts';
import type { Table } from '../report/types.ts';
import type { ResultSet } from '../results/result-set.ts';
import { suggestion } from '../support/suggest.ts';
import { jobListener, roughTime } from './bench-progress.ts';
import { errorFields, shownError } from './errors.ts';
import { interruptible } from './interruption.ts';
import type { CommandLineIo } from './io.ts';
import { oneLine, printDocument } from './print.ts';
import { printReportTable } from './report-print.ts';
import { positive, requireWritable } from './search-options.ts';
import { usageError, type Verb, type VerbArguments } from './verb.ts';

/** Where results go where no folder is named. */
const standardFolder = 'crosscountry-results';

const suiteHelp = suites.map(({ name, summary }) => `${name} (${summary})`).join('; ');

/** The verb. */
export const benchVerb: Verb = {
  positionals: '[SUBJECT…]',
  arity: [0, Infinity],
  summary:
    'The main job: counts, searches, bounds and times the tasks, or studies policies, and writes each result to a file of\n' +
    'its own. Killed or interrupted, the same command goes on and repeats nothing that is done. What\n' +
    'fails stops nothing else and is shown; exit code 1. `crosscountry report DIR` makes tables of it.',
  options: {
    suite: { type: 'text', value: 'NAME', describe: `${suiteHelp} (paper)` },
    quick: { type: 'flag', describe: 'the suite quick: about a minute' },
    out: {
      type: 'text',
      value: 'DIR',
      describe: `where results go, and are looked for (${standardFolder})`,
    },
    steps: {
      type: 'list',
      value: 'KIND,…',
      describe: `only steps of these kinds: ${stepKinds.join(', ')} (all)`,
    },
    resume: {
      type: 'flag',
      describe: 'go on with what is in --out, and refuse where nothing is there',
    },
    plan: { type: 'flag', describe: 'show the steps and do none' },
    threads: { type: 'text', value: 'N', describe: 'threads of a search (one for each core)' },
  },
  examples: [
    ['crosscountry bench --quick', 'a first look'],
    ['crosscountry bench --suite paper --out results', 'everything; again to go on'],
    ['crosscountry bench RoeFlux_1d g --steps counts,search', 'a part of it'],
  ],
  run: async (given, io) => {
    const suite = suiteOf(given);
    const subjects = subjectsOf(given, suite);
    const steps = stepsOf(suite, { subjects, kinds: kindsOf(given) });
    if (given.flag('plan')) return printPlan(steps, given, io);
    const out = given.text('out') ?? standardFolder;
    await requireWritable(out);
    const set = await JobSet.open(out);
    if (given.flag('resume') && isEmpty(set)) {
      throw usageError(`--resume: there are no results in ${out}; leave --resume out to begin`);
    }
    const outcomes = await job(steps, set, given, io);
    if (given.flag('json')) printOutcomes(io, out, outcomes);
    else if (!given.flag('quiet')) {
      const table = tableOf(set, suite);
      if (table !== undefined) printReportTable(io, table);
      printSummary(io, out, outcomes);
    }
    return outcomes.every(({ state }) => state === 'done' || state === 'kept') ? 0 : 1;
  },
};

function isEmpty({ results, timings, policies }: ResultSet): boolean {
  return results.length + timings.length + policies.length === 0;
}

/** What the set has of the suite's table. */
function tableOf(set: ResultSet, suite: Suite): Table | undefined {
  const tables = reportOf(set).sections.flatMap((section) => section.tables);
  return tables.find(({ id }) => id === suite.table);
}

function suiteOf(given: VerbArguments): Suite {
  const asked = given.text('suite');
  if (given.flag('quick') && asked !== undefined) {
    throw usageError('give --quick or --suite, not both');
  }
  const name = given.flag('quick') ? 'quick' : (asked ?? 'paper');
  const found = suites.find((suite) => suite.name === name);
  if (found !== undefined) return found;
  const names = suites.map((suite) => suite.name);
  throw usageError(
    `there is no suite ${JSON.stringify(name)}; use ${names.join(' or ')}.${suggestion(name, names)}`,
  );
}

function subjectsOf(given: VerbArguments, suite: Suite): readonly string[] {
  const known = subjectsOfSuite(suite);
  for (const name of given.positionals) {
    if (known.includes(name)) continue;
    throw usageError(
      `${JSON.stringify(name)} is not in the suite ${suite.name}, which has ${known.join(', ')}.${suggestion(name, known)}`,
    );
  }
  return given.positionals;
}

function kindsOf(given: VerbArguments): readonly Step['kind'][] {
  const words = given
    .list('steps')
    .flatMap((text) => text.split(','))
    .filter(Boolean);
  const unknown = words.find((word) => !stepKinds.some((kind) => kind === word));
  if (unknown !== undefined) {
    throw usageError(
      `--steps takes ${stepKinds.join(', ')}, not ${JSON.stringify(unknown)}.${suggestion(unknown, stepKinds)}`,
    );
  }
  return words.length === 0 ? stepKinds : stepKinds.filter((kind) => words.includes(kind));
}

/** Runs the job, until Ctrl-C at the latest. */
async function job(
  steps: readonly Step[],
  set: JobSet,
  given: VerbArguments,
  io: CommandLineIo,
): Promise<readonly StepOutcome[]> {
  const listener = jobListener(io, given.flag('quiet'), given.flag('debug'));
  try {
    return await interruptible((signal) =>
      runJob(steps, set, {
        threads: positive(given, 'threads', availableParallelism(), 256),
        signal,
        onProgress: (progress) => {
          listener.onProgress(progress);
        },
        onOutcome: (outcome) => {
          listener.onOutcome(outcome);
        },
      }),
    );
  } finally {
    listener.end();
  }
}

function printPlan(steps: readonly Step[], given: VerbArguments, io: CommandLineIo): number {
  if (given.flag('json')) {
    printDocument(io, 'bench-plan', { steps });
    return 0;
  }
  for (const step of steps) io.stdout(`${stepText(step)}\n`);
  const seconds = steps.reduce((sum, { weight }) => sum + weight, 0);
  if (!given.flag('quiet')) io.stdout(`${steps.length} steps, about ${roughTime(seconds)}\n`);
  return 0;
}

function printOutcomes(io: CommandLineIo, folder: string, outcomes: readonly StepOutcome[]): void {
  printDocument(io, 'bench', {
    folder,
    steps: outcomes.map(({ step, ...outcome }) => {
      const { kind, subject } = step;
      const named = { kind, subject, ...('cost' in step ? { cost: step.cost } : {}) };
      if (outcome.state !== 'failed') return { ...named, ...outcome };
      const { message: reason, ...where } = errorFields(shownError(outcome.error));
      return { ...named, state: outcome.state, reason, ...where };
    }),
  });
}

function printSummary(io: CommandLineIo, folder: string, outcomes: readonly StepOutcome[]): void {
  const of = (state: StepOutcome['state']): number =>
    outcomes.filter((outcome) => outcome.state === state).length;
  const parts = [
    `${of('done')} steps done`,
    ...(of('kept') > 0 ? [`${of('kept')} done before`] : []),
    ...(of('failed') > 0 ? [`${of('failed')} failed`] : []),
    ...(of('interrupted') > 0 ? [`${of('interrupted')} left: the same command goes on`] : []),
  ];
  io.stdout(`${oneLine(parts.join(', '))}; results are in ${folder}\n`);
}
