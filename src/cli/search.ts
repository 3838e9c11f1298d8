/** `crosscountry search`: looks for a better elimination order. */
import { countOrders } from '../results/count-orders.ts';
import { originRecord } from '../results/provenance.ts';
import { jsonText } from '../results/json-text.ts';
import { searchSubject } from '../results/search-subject.ts';
import type { SearchContext, SearchOutcome } from '../search/strategy.ts';
import { loadSubject } from '../subject/load.ts';
import type { Subject } from '../subject/types.ts';
import type { CostModel } from '../cost/types.ts';
import { baselines, comparisonTable } from './comparison.ts';
import { interruptible } from './interruption.ts';
import type { CommandLineIo } from './io.ts';
import { chosenGranularity, chosenModel, costOption, granularityOption } from './models.ts';
import { shortSeconds, withCommas } from './numbers.ts';
import {
  allStrategies,
  isFolder,
  parametersHelp,
  requireWritable,
  type SearchOptions,
  searchOptions,
} from './search-options.ts';
import {
  barListener,
  lineListener,
  type SearchListener,
  silentListener,
} from './search-progress.ts';
import type { Verb, VerbArguments } from './verb.ts';

const strategyHelp = allStrategies.map(({ name, summary }) => `${name}: ${summary}`).join('; ');

/** The verb. */
export const searchVerb: Verb = {
  positionals: 'SUBJECT',
  arity: [1, 1],
  summary:
    'Searches for an elimination order with a lower count. Improvements are printed as they come;\n' +
    'Ctrl-C ends the search with the best so far. The same seed and --evaluations give the same\n' +
    'result, whatever the number of threads.',
  options: {
    strategy: { type: 'text', value: 'S', describe: `${strategyHelp} (anneal)` },
    time: { type: 'text', value: '10s', describe: 'how long: 500ms, 10s, 2m, 1h (10s)' },
    evaluations: {
      type: 'text',
      value: 'N',
      describe: 'how many evaluations instead: makes the result reproducible',
    },
    seed: { type: 'text', value: 'N', describe: 'seed of the search (0)' },
    threads: { type: 'text', value: 'N', describe: 'threads (one for each core)' },
    target: {
      type: 'text',
      value: 'N',
      describe: 'stop at this count; exit code 1 where it is not reached',
    },
    parameter: { type: 'list', value: 'NAME=VALUE…', describe: parametersHelp(allStrategies) },
    policy: {
      type: 'text',
      value: 'P',
      describe:
        'a trained policy, by file or name: what policy and policy+anneal go by (generalist), what ' +
        'those that learn begin with (nothing)',
    },
    cost: costOption,
    granularity: granularityOption,
    out: {
      type: 'text',
      value: 'FILE',
      describe: 'write the result to this file, or into this folder under its own name',
    },
  },
  examples: [
    ['crosscountry search RoeFlux_1d --strategy anneal --time 1s', 'a task of the paper'],
    [
      'crosscountry search f --cost multiplications --evaluations 1e7 --out results/',
      'a result that can be made again, stored',
    ],
    ['crosscountry search graph.json --target 300 --json', 'for a script'],
  ],
  run: async (given, io) => {
    const model = chosenModel(given);
    const options = searchOptions(given);
    const out = given.text('out');
    if (out !== undefined) await requireWritable(out);
    const subject = await loadSubject(given.positionals[0] ?? '', chosenGranularity(given));
    const network = await policyNetwork(given.text('policy'));
    const outcome = await search(
      subject,
      model,
      { ...options, ...(network === undefined ? {} : { network }) },
      listenerFor(given, io, options),
    );
    const { resultOfSearch } = await import('../results/record.ts');
    const { strategy, seed, target } = options;
    const origin = originRecord(new Date());
    const result = resultOfSearch(subject, model, { strategy, seed, outcome }, origin);
    if (given.flag('json')) io.stdout(jsonText(result));
    else await printSummary(io, given, { subject, model, options, outcome });
    if (out !== undefined) {
      const { writeResult, writeWhole } = await import('../results/store.ts');
      const path = (await isFolder(out)) ? await writeResult(out, result) : out;
      if (path === out) await writeWhole(out, jsonText(result));
      if (!given.flag('quiet')) io.stderr(`wrote ${path}\n`);
    }
    return target !== undefined && outcome.count > target ? 1 : 0;
  },
};

function listenerFor(
  given: VerbArguments,
  io: CommandLineIo,
  { strategy }: SearchOptions,
): SearchListener {
  if (given.flag('quiet')) return silentListener;
  if (io.progress === true) return barListener(strategy.evaluations);
  return lineListener((text) => {
    io.stderr(text);
  });
}

/** The weights of a policy by name or from a file; none where none is asked for. */
async function policyNetwork(asked: string | undefined): Promise<SearchContext['network']> {
  if (asked === undefined) return undefined;
  const { openCoreWeights } = await import('../policy/shipped.ts');
  return openCoreWeights(asked);
}

/** Searches, until Ctrl-C at the latest. */
async function search(
  subject: Subject,
  model: CostModel,
  { strategy, target, ...options }: SearchOptions & Pick<SearchContext, 'network'>,
  listener: SearchListener,
): Promise<SearchOutcome> {
  try {
    return await interruptible((signal) =>
      searchSubject(subject, model, strategy, {
        ...options,
        ...(target === undefined ? {} : { target }),
        signal,
        onImprovement: (improvement) => {
          listener.onImprovement(improvement);
        },
        onProgress: (progress) => {
          listener.onProgress(progress);
        },
      }),
    );
  } finally {
    listener.end();
  }
}

async function printSummary(
  io: CommandLineIo,
  given: VerbArguments,
  {
    subject,
    model,
    options: { strategy, seed },
    outcome,
  }: {
    readonly subject: Subject;
    readonly model: CostModel;
    readonly options: SearchOptions;
    readonly outcome: SearchOutcome;
  },
): Promise<void> {
  if (given.flag('quiet')) {
    io.stdout(`${outcome.count}\n`);
    return;
  }
  const counted = await countOrders(subject, baselines(subject), {
    model,
    seed: 0,
    steps: false,
  });
  const { count, evaluations, seconds, interrupted } = outcome;
  const made = `${withCommas(evaluations)} ${strategy.evaluations} in ${shortSeconds(seconds)} s`;
  const others = counted.map(({ row }) => row);
  io.stdout(
    `${subject.name} by the cost model ${model.name}, seed ${seed}: ${made}` +
      `${interrupted ? ', interrupted' : ''}\n\n` +
      comparisonTable(io, others, { order: strategy.name, count }),
  );
}
