/** The command that makes a stored result again. */
import { isTarget } from '../compile/targets.ts';
import { heuristics } from '../search/heuristics/heuristics.ts';
import { strategies } from '../search/strategies/strategies.ts';
import type { TimingFile } from './timings.ts';
import type { ResultFile } from './types.ts';

/** What was counted, in words of the command line. */
function subjectWords({ subject, cost, granularity }: ResultFile): string[] {
  return [
    subject,
    ...['--cost', cost],
    ...(granularity === 'tensor' ? [] : ['--granularity', granularity]),
  ];
}

function isNamedOrder(name: string): boolean {
  return name === 'published' || heuristics.some((heuristic) => heuristic.name === name);
}

/** Parameters that are options of the command line by themselves. */
const ownOptions: ReadonlySet<string> = new Set(['time', 'evaluations', 'target']);

/** Not what was asked for, but how it went or where. */
const notes: ReadonlySet<string> = new Set([
  ...['interrupted', 'threads', 'clock', 'policy', 'policyWeights'],
]);

function parameterWords({ strategy, cost }: ResultFile): string[] {
  const known = strategies.find(({ name }) => name === strategy.name);
  const changed = Object.entries(strategy.parameters).filter(([name, value]) => {
    if (ownOptions.has(name) || notes.has(name)) return false;
    // Annealing under `compiled` has parameters that are fixed.
    if (cost === 'compiled') return false;
    const parameter = known?.parameters.find((one) => one.name === name);
    return parameter?.standard !== value;
  });
  return changed.length === 0
    ? []
    : ['--parameter', ...changed.map(([name, value]) => `${name}=${String(value)}`)];
}

function budgetWords({
  time,
  evaluations,
}: {
  readonly time?: unknown;
  readonly evaluations?: unknown;
}): string[] {
  const words: string[] = [];
  if (typeof time === 'number') words.push('--time', `${time}s`);
  if (typeof evaluations === 'number') words.push('--evaluations', String(evaluations));
  return words;
}

/** The policy file, by its path in the folder of the results. */
function policyWords({ policy }: { readonly policy?: unknown }): string[] {
  return typeof policy === 'string' ? ['--policy', policy] : [];
}

/** How the order was found. */
export function commandOf(result: ResultFile): string {
  // No option of a search says whose time is meant: the suite does.
  const { clock, time } = result.strategy.parameters;
  if (clock === 'processor') {
    const suite = time === undefined ? 'policy-quick' : 'policy';
    return `crosscountry bench ${result.subject} --suite ${suite} --steps training,study`;
  }
  const { strategy, seed } = result;
  const seeded = seed === null ? [] : ['--seed', String(seed)];
  const words = isNamedOrder(strategy.name)
    ? ['count', ...subjectWords(result), '--order', strategy.name, ...seeded]
    : strategy.name === 'exact'
      ? ['bound', ...subjectWords(result), ...budgetWords(strategy.parameters), ...seeded]
      : [
          ...['search', ...subjectWords(result), '--strategy', strategy.name],
          ...policyWords(strategy.parameters),
          ...budgetWords(strategy.parameters),
          ...seeded,
          ...parameterWords(result),
        ];
  return ['crosscountry', ...words].join(' ');
}

/** How the bound was found, from a file with the order. */
export function boundCommandOf(result: ResultFile): string | undefined {
  const { bound } = result;
  if (bound === undefined) return undefined;
  const { seed, ...budget } = bound.proof ?? {};
  const words = [
    ...['crosscountry', 'bound', ...subjectWords(result)],
    ...budgetWords(budget),
    ...(seed === undefined ? [] : ['--seed', String(seed)]),
    ...(result.strategy.name === 'exact' ? [] : ['--result', 'FILE']),
  ];
  return words.join(' ');
}

/** How timings were taken, on a machine like theirs. */
export function timingCommandOf({
  subject,
  rows,
  form,
  values,
  builtIns,
  rounds,
  seed,
  optimiseSeconds,
  machine,
}: TimingFile): string {
  if (!rows.every(({ target }) => isTarget(target))) {
    const optimised = optimiseSeconds === undefined ? '' : ` --optimise ${optimiseSeconds}`;
    return `npm run peers -- --tasks ${subject} --rounds ${rounds}${optimised}`;
  }
  const each = (pick: (row: TimingFile['rows'][number]) => string | number): string =>
    [...new Set(rows.map(pick))].join(',');
  const orders = [...new Set(rows.map(({ order }) => order))].filter(
    (order) => order !== 'optimised' && order !== 'none',
  );
  const words = [
    ...['crosscountry', 'time', subject],
    ...(orders.length === 0 ? [] : ['--order', orders.join(',')]),
    ...['--target', each(({ target }) => target)],
    ...['--batch', each(({ batch }) => batch)],
    ...['--precision', each(({ precision }) => precision)],
    ...(form === 'compact' ? [] : ['--form', form]),
    ...(values ? ['--values'] : []),
    ...(builtIns === true ? ['--built-ins'] : []),
    ...(optimiseSeconds === undefined ? [] : ['--optimise', `${optimiseSeconds}s`]),
    ...['--rounds', String(rounds), '--seed', String(seed)],
    ...(machine.flags.length === 0 ? [] : ['--relaxed-simd']),
  ];
  return words.join(' ');
}
