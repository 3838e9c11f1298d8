/** A comparison of two sets as a report. */
import { digits, intervalCell } from '../cells.ts';
import type { Cell, Column, Report, Section } from '../types.ts';
import { hasChanged, leastChange } from './times.ts';
import type { LoneResult, ResultComparison, SetComparison, TimeComparison } from './types.ts';

/** Makes the report. */
export function comparisonReport(comparison: SetComparison): Report {
  const { changed, results, times } = comparison;
  return {
    title: 'Two sets of results',
    text: [
      changed
        ? 'Something that both sets have has changed beyond noise.'
        : 'Nothing that both sets have has changed beyond noise.',
    ],
    sections: [resultsSection(results), timesSection(times), loneSection(results, times)],
    comparison,
  };
}

const left = (...titles: string[]): Column[] =>
  titles.map((title) => ({ title, align: 'left' as const }));
const right = (...titles: string[]): Column[] =>
  titles.map((title) => ({ title, align: 'right' as const }));

const words = (...texts: string[]): Cell[] => texts.map((text) => ({ text }));
const figure = (value: number | null): Cell =>
  value === null ? { text: '–' } : { text: String(value), value };

function resultsSection({ compared, changes, known }: ResultComparison): Section {
  const certain = changes.filter(({ byChance }) => !byChance).length;
  const chance = changes.length - certain;
  return {
    id: 'changed-results',
    title: 'Counts, orders and bounds',
    text: [
      `${compared} findings were made in the same way in both sets; ${certain} of them differ${
        chance === 0
          ? ''
          : `, and ${chance} whose budget was a time, which may differ from run to run`
      }.`,
    ],
    figures: [],
    tables: [
      {
        id: 'changes',
        caption: 'Findings that differ',
        columns: [...left('task', 'cost', 'found by', 'what'), ...right('before', 'now')],
        rows: changes.map(({ subject, cost, found, what, before, now, byChance }) => [
          ...words(subject, cost, found, byChance ? `${what}, budget of time` : what),
          ...[figure(before), figure(now)],
        ]),
        notes: [],
      },
      {
        id: 'known',
        caption: 'What each set knows of the least count, however it was found',
        columns: [
          ...left('task', 'cost'),
          ...right('best before', 'best now', 'bound before', 'bound now'),
        ],
        rows: known.map(({ subject, cost, before, now }) => [
          ...words(subject, cost),
          ...[before.best, now.best, before.bound, now.bound].map(figure),
        ]),
        notes: [],
      },
    ].filter(({ rows }) => rows.length > 0),
  };
}

function timesSection({ cells, reference }: TimeComparison): Section {
  const changed = cells.filter(hasChanged);
  const undecided = cells.filter(({ verdict }) => verdict === 'undecided').length;
  const counts = `${cells.length} cells were timed in both sets on the same machine; ${changed.length} have changed against Markowitz’s order of the same rounds, by more than ${100 * leastChange} % and with intervals that do not meet`;
  const whole =
    reference === null
      ? ''
      : ` Markowitz’s order itself takes ${digits(reference.median)} times as long as before (${digits(reference.min)}–${digits(reference.max)}): the machine or the program as a whole, which two runs can not tell apart.`;
  return {
    id: 'changed-times',
    title: 'Times',
    text: [
      `${counts}.${undecided === 0 ? '' : ` Of ${undecided} more there are too few rounds to say.`}${whole}`,
    ],
    figures: [],
    tables: [
      {
        id: 'times-changed',
        caption: 'Times as multiples of Markowitz’s order that have changed',
        columns: [
          ...left('task', 'order', 'target'),
          ...right('points a call', 'before', 'now'),
          ...left('verdict'),
        ],
        rows: changed.map(({ subject, order, kind, batch, before, now, verdict, otherOrder }) => [
          ...words(subject, order, kind),
          ...[figure(batch), intervalCell(before), intervalCell(now)],
          { text: otherOrder ? `${verdict}, by another order` : verdict },
        ]),
        notes: [],
      },
    ].filter(({ rows }) => rows.length > 0),
  };
}

/** Names in a line of the table; the others are counted. */
const namesShown = 4;

/** One line a task and model: names of what one set lacks. */
function loneRows(lone: readonly LoneResult[], where: string): Cell[][] {
  const groups = new Map<string, { subject: string; cost: string; names: Set<string> }>();
  for (const { subject, cost, found, what } of lone) {
    const key = JSON.stringify([subject, cost]);
    const group = groups.get(key) ?? { subject, cost, names: new Set() };
    group.names.add(what === 'bound' ? `a bound of ${found}` : found);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ subject, cost, names }) => {
    const sorted = [...names].toSorted();
    const others = sorted.length - namesShown;
    const shown = sorted.slice(0, namesShown).join(', ');
    return words(subject, cost, where, others > 0 ? `${shown} and ${others} more` : shown);
  });
}

function loneSection({ onlyBefore, onlyNow }: ResultComparison, times: TimeComparison): Section {
  return {
    id: 'only-in-one',
    title: 'Only in one set',
    text: [
      `${onlyBefore.length} findings and ${times.onlyBefore} times are only in the earlier set, ${onlyNow.length} findings and ${times.onlyNow} times only in the later one, or of another machine. They are no change.`,
    ],
    figures: [],
    tables: [
      {
        id: 'lone',
        caption: 'Findings that one set lacks',
        columns: left('task', 'cost', 'only', 'found by'),
        rows: [...loneRows(onlyBefore, 'before'), ...loneRows(onlyNow, 'now')],
        notes: [],
      },
    ].filter(({ rows }) => rows.length > 0),
  };
}
