/** How searches came to their counts: the least count against evaluations and time. */
import { tasks } from '../../../tasks/tasks.ts';
import type { ResultSet, StoredResult } from '../../results/result-set.ts';
import { digits, ratioText, sourceOf } from '../cells.ts';
import { isOfItsName, knownOf, subjectsOf } from '../known.ts';
import type { Cell, Figure, Point, Section, Table } from '../types.ts';

const models = ['paper', 'multiplications', 'compiled'] as const;

/** How near to the count that it ends at a search is told to have come. */
const near = 1.01;

/** A search with its curve, and the best order known of its task. */
interface Curve {
  readonly name: string;
  readonly stored: StoredResult;
  readonly points: NonNullable<StoredResult['result']['curve']>;
  readonly best: number;
}

/** Whether a search is the same on every machine: its budget is a number of evaluations. */
function isRepeatable({ result }: StoredResult): boolean {
  const { evaluations, time, clock } = result.strategy.parameters;
  return evaluations !== undefined && time === undefined && clock === undefined;
}

/** The best search of each task and strategy, of those that are the same on every machine. */
function curvesOf(set: ResultSet, cost: string): readonly Curve[] {
  const own = set.results.filter(
    (stored) =>
      stored.result.cost === cost &&
      (stored.result.curve?.length ?? 0) > 0 &&
      isRepeatable(stored) &&
      isOfItsName(stored),
  );
  const best = new Map<string, StoredResult>();
  for (const stored of own) {
    const { subject, strategy, count } = stored.result;
    const key = JSON.stringify([subject, strategy.name]);
    const other = best.get(key);
    if (other === undefined || count < other.result.count) best.set(key, stored);
  }
  const chosen = [...best.values()];
  const strategies = new Set(chosen.map(({ result }) => result.strategy.name));
  const subjects = subjectsOf(
    chosen.map(({ result }) => result.subject),
    tasks.map(({ name }) => name),
  );
  return subjects.flatMap((subject) =>
    chosen.flatMap((stored): Curve[] => {
      const { result } = stored;
      const known = knownOf(set, subject, cost);
      if (result.subject !== subject || result.curve === undefined) return [];
      return [
        {
          name: strategies.size === 1 ? subject : `${subject}, ${result.strategy.name}`,
          stored,
          points: result.curve,
          best: Math.min(result.count, known?.best.result.count ?? Infinity),
        },
      ];
    }),
  );
}

/** Seconds after so many evaluations, at the search's mean pace. */
function secondsAfter({ result }: StoredResult, evaluations: number): number {
  return result.evaluations === 0 ? 0 : (result.seconds * evaluations) / result.evaluations;
}

function tableOf(cost: string, curves: readonly Curve[]): Table {
  const after = (stored: StoredResult, evaluations: number): Cell => ({
    text: evaluations.toLocaleString('en-US'),
    value: evaluations,
    detail: `${digits(secondsAfter(stored, evaluations))} s`,
  });
  return {
    id: `curves-${cost}`,
    caption: `How soon searches under \`${cost}\` found what they found`,
    columns: [
      { title: 'task', align: 'left' },
      { title: 'found by', align: 'left' },
      ...['first', 'at the end', 'evaluations', 'within 1 % after', 'at its least after'].map(
        (title) => ({ title, align: 'right' as const }),
      ),
    ],
    rows: curves.map(({ stored, points }) => {
      const { subject, strategy, count, evaluations } = stored.result;
      const first = points[0]?.count ?? count;
      const within = points.find((point) => point.count <= near * count);
      return [
        { text: subject },
        { text: strategy.name },
        { text: String(first), value: first },
        { text: String(count), value: count, source: sourceOf(stored) },
        after(stored, evaluations),
        after(stored, within?.evaluations ?? evaluations),
        after(stored, points.at(-1)?.evaluations ?? evaluations),
      ];
    }),
    notes: [],
  };
}

function figureOf(cost: string, curves: readonly Curve[]): Figure {
  const series = curves.map(({ name, stored, points, best }) => {
    const { evaluations, count } = stored.result;
    const at = (made: number, least: number): Point => ({
      // What a search begins with has no place on a logarithmic axis but at its left end.
      x: Math.max(1, made),
      y: least / best,
      label: `${name}: ${least}, ${ratioText(least, best)} times the best known, after ${made.toLocaleString('en-US')} evaluations`,
    });
    const made = points.map((point) => at(point.evaluations, point.count));
    const last = points.at(-1)?.evaluations ?? 0;
    return { name, points: last < evaluations ? [...made, at(evaluations, count)] : made };
  });
  return {
    id: `search-curves-${cost}`,
    caption: `Least count under \`${cost}\` as a multiple of the best known, against evaluations`,
    description: `${series.flatMap(({ points }) => points.at(-1)?.label ?? []).join('; ')}.`,
    x: { label: 'evaluations', scale: 'logarithmic' },
    y: { label: 'count ÷ best known', scale: 'linear' },
    joined: 'steps',
    series,
  };
}

/** The section; nothing where no search of the set has a curve. */
export function searchCurvesSection(set: ResultSet): Section | undefined {
  const all = models.flatMap((cost) => {
    const curves = curvesOf(set, cost);
    return curves.length === 0 ? [] : [{ cost, curves }];
  });
  if (all.length === 0) return undefined;
  return {
    id: 'search-curves',
    title: 'How searches went',
    text: [
      'The least count after so many evaluations, restart by restart in the order of their seeds, of searches with a budget of evaluations: the same on every machine and any number of threads. Times are at the mean pace of the whole search on its machine.',
    ],
    tables: all.map(({ cost, curves }) => tableOf(cost, curves)),
    figures: all.map(({ cost, curves }) => figureOf(cost, curves)),
  };
}
