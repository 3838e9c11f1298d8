/** Where a learned policy is worth it: trained and untrained policies beside annealing and heuristics. */
import type { ResultSet, StoredPolicy, StoredResult } from '../../results/result-set.ts';
import { mean, quantile } from '../../support/statistics.ts';
import { countCell, emptyCell } from '../cells.ts';
import { type StudyMethod, studyMethods, type StudyRow, studyRows } from '../study.ts';
import type { Cell, Column, Figure, Section, Table } from '../types.ts';

const right = (title: string): Column => ({ title, align: 'right' });
const left = (title: string): Column => ({ title, align: 'left' });

/** The section; nothing where the set has no searches of the study. */
export function policySection(set: ResultSet): Section | undefined {
  const rows = studyRows(set);
  if (rows.length === 0) return undefined;
  const trained = set.policies.filter(({ policy }) => (policy.provenance.curve ?? []).length > 0);
  const curve = curveFigure(trained);
  return {
    id: 'policy',
    title: 'Where a learned policy is worth it',
    text: [
      'Made by `crosscountry bench --suite policy`: one network for all graphs, trained on small generated ones with several seeds; the untrained control of a seed is the network that its training begins with. All searches of a row had the same budget, on one thread; seconds are of the processor, and the time that a policy takes for its order is part of `policy+anneal`’s. Figures are of the seed in the middle, of an even number the lower one, the least and the most below; seconds stand there where they were over the budget by a tenth.',
    ],
    tables: [countsTable(rows), ratiosTable(rows), ...trainingTables(set.policies)],
    figures: curve === undefined ? [] : [curve],
  };
}

/** The one in the middle by count. */
function middleOf(
  searches: ReadonlyMap<number, StoredResult> | undefined,
): { readonly middle: StoredResult; readonly least: number; readonly most: number } | undefined {
  const sorted = [...(searches?.values() ?? [])].toSorted(
    (a, b) => a.result.count - b.result.count || (a.path < b.path ? -1 : 1),
  );
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) return undefined;
  return {
    middle,
    least: sorted[0]?.result.count ?? NaN,
    most: sorted.at(-1)?.result.count ?? NaN,
  };
}

/** A search may take so many times its budget before the table says it. */
const withinBudget = 1.1;

/** The spread over the seeds, and the seconds where they were more than the budget. */
function detailOf({ result }: StoredResult, least: number, most: number): Pick<Cell, 'detail'> {
  const { time } = result.strategy.parameters;
  const isOver = typeof time === 'number' && result.seconds > withinBudget * time;
  const parts = [
    ...(least === most ? [] : [`${least}–${most}`]),
    ...(isOver ? [`${result.seconds.toFixed(1)} s`] : []),
  ];
  return parts.length === 0 ? {} : { detail: parts.join(', ') };
}

function countsTable(rows: readonly StudyRow[]): Table {
  return {
    id: 'policy-counts',
    caption: 'Counts at equal budgets',
    columns: [
      ...[left('subject'), left('cost model'), right('budget'), right('best heuristic')],
      ...studyMethods.map(right),
    ],
    rows: rows.map(({ subject, cost, budget, heuristic, searches }) => {
      const middles = studyMethods.map((method) => middleOf(searches.get(method)));
      const best = Math.min(...middles.map((one) => one?.middle.result.count ?? Infinity));
      return [
        ...[subject, cost, budget].map((text) => ({ text })),
        heuristic === undefined
          ? emptyCell
          : countCell(heuristic, { detail: heuristic.result.strategy.name }),
        ...middles.map((one) => {
          if (one === undefined) return emptyCell;
          const { middle, least, most } = one;
          return countCell(middle, {
            ...detailOf(middle, least, most),
            ...(middle.result.count === best ? { mark: 'best' as const } : {}),
          });
        }),
      ];
    }),
    notes: [
      'A policy’s first order is always made, and takes longer than the budget on large graphs.',
    ],
  };
}

/** Geometric mean over subjects of the count against annealing's of the same seed; one number a seed. */
function ratiosBySeed(rows: readonly StudyRow[], method: StudyMethod): readonly number[] {
  const logs = new Map<number, number[]>();
  for (const { searches } of rows) {
    for (const [seed, { result }] of searches.get(method) ?? []) {
      const annealed = searches.get('anneal')?.get(seed)?.result.count;
      if (annealed === undefined || annealed === 0) continue;
      logs.set(seed, [...(logs.get(seed) ?? []), Math.log(result.count / annealed)]);
    }
  }
  return [...logs.values()].map((own) => Math.exp(mean(own)));
}

/** On how many subjects the median is below annealing's. */
function winsOf(rows: readonly StudyRow[], method: StudyMethod): string {
  const won = rows.filter(({ searches }) => {
    const [own, annealed] = [middleOf(searches.get(method)), middleOf(searches.get('anneal'))];
    return (own?.middle.result.count ?? NaN) < (annealed?.middle.result.count ?? NaN);
  });
  return `${won.length} of ${rows.length}`;
}

function ratiosTable(rows: readonly StudyRow[]): Table {
  const methods = studyMethods.filter((method) => method !== 'anneal');
  const kinds = [...new Set(rows.map(({ group, budget }) => JSON.stringify([group, budget])))];
  return {
    id: 'policy-ratios',
    caption: 'Counts against annealing with the same seed and budget; below 1 is better',
    columns: [left('subjects'), right('budget'), right('number'), ...methods.map(right)],
    rows: kinds.map((kind) => {
      const own = rows.filter(({ group, budget }) => JSON.stringify([group, budget]) === kind);
      return [
        { text: own[0]?.group ?? '' },
        { text: own[0]?.budget ?? '' },
        { text: String(own.length), value: own.length },
        ...methods.map((method): Cell => {
          const ratios = ratiosBySeed(own, method);
          if (ratios.length === 0) return emptyCell;
          const value = quantile(ratios, 0.5);
          const spread = `${Math.min(...ratios).toFixed(3)}–${Math.max(...ratios).toFixed(3)}`;
          return {
            text: value.toFixed(3),
            value,
            detail: `${spread}, below in ${winsOf(own, method)}`,
          };
        }),
      ];
    }),
    notes: [
      'Geometric means over the subjects, one a training seed: their median, least and most; and on how many subjects the median count is below annealing’s.',
    ],
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

function trainingTables(policies: readonly StoredPolicy[]): readonly Table[] {
  const families = [
    ...new Set(policies.flatMap(({ policy }) => Object.keys(policy.provenance.byFamily ?? {}))),
  ];
  if (families.length === 0) return [];
  return [
    {
      id: 'policy-trainings',
      caption:
        'Trainings: greedy orders of held-out graphs of the lessons’ families, above a long annealing',
      columns: [left('policy'), right('seed'), right('all'), ...families.map(right)],
      rows: policies.map(({ path, policy: { provenance } }) => {
        const { seed, heldOut, byFamily = {}, command } = provenance;
        const all = heldOut.excess[seed] ?? NaN;
        return [
          { text: path.replace(/^.*\/|\.json$/g, ''), source: { file: path, command } },
          { text: String(seed), value: seed },
          { text: percent(all), value: all },
          ...families.map((family): Cell => {
            const share = byFamily[family];
            return share === undefined ? emptyCell : { text: percent(share), value: share };
          }),
        ];
      }),
      notes: [],
    },
  ];
}

function curveFigure(policies: readonly StoredPolicy[]): Figure | undefined {
  if (policies.length === 0) return undefined;
  const series = policies.map(({ policy: { provenance } }) => ({
    name: `seed ${provenance.seed}`,
    points: (provenance.curve ?? []).map(({ lesson, excess }) => ({
      x: lesson,
      y: 100 * excess,
      label: `seed ${provenance.seed}, up to lesson ${lesson}: ${percent(excess)}`,
    })),
  }));
  const ends = series.map(({ name, points }) => {
    const [first, last] = [points[0], points.at(-1)];
    return `${name} from ${String(first?.y.toFixed(1))} % to ${String(last?.y.toFixed(1))} %`;
  });
  return {
    id: 'learning-curve',
    caption:
      'Learning curves: how much dearer than its teacher the policy plays on, from where it stands',
    description: `The mean of some lessons each: ${ends.join('; ')}.`,
    x: { label: 'lessons', scale: 'linear' },
    y: { label: 'above annealing, percent', scale: 'linear' },
    joined: 'lines',
    series,
  };
}
