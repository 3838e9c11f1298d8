/** Best order, bound and improvement of each task, and how they were found. */
import { paperTasks, tasks } from '../../../tasks/tasks.ts';
import type { ResultSet } from '../../results/result-set.ts';
import { boundCell, countCell, emptyCell, percentText, ratioText } from '../cells.ts';
import { knownOf, namedResult, subjectsOf } from '../known.ts';
import type { Cell, Figure, Point, Section } from '../types.ts';

const models = ['paper', 'multiplications', 'compiled'] as const;

/** The section; nothing where the set has no results. */
export function improvementSection(set: ResultSet): Section | undefined {
  if (set.results.length === 0) return undefined;
  const tables = models.flatMap((cost) => {
    const subjects = subjectsOf(
      set.results.flatMap(({ result }) => (result.cost === cost ? [result.subject] : [])),
      tasks.map(({ name }) => name),
    );
    const rows = subjects.flatMap((subject) => rowOf(set, subject, cost) ?? []);
    return rows.length === 0
      ? []
      : [
          {
            id: `improvement-${cost}`,
            caption: `Best orders and bounds by the cost model \`${cost}\``,
            columns: [
              { title: 'task', align: 'left' as const },
              ...['published', 'best known', 'against published', 'bound', 'best ÷ bound'].map(
                (title) => ({ title, align: 'right' as const }),
              ),
              { title: 'found by', align: 'left' as const },
            ],
            rows,
            notes: [],
          },
        ];
  });
  const figure = gapFigure(set);
  return {
    id: 'improvement',
    title: 'Best orders and bounds',
    text: [
      'How far the best order known is below the published one, and how far it may still be from the least there is: 1.00 means proved. Bounds hold whatever the order; docs/bounds.md says how they are found.',
    ],
    tables,
    figures: figure === undefined ? [] : [figure],
  };
}

function rowOf(set: ResultSet, subject: string, cost: string): [readonly Cell[]] | undefined {
  const known = knownOf(set, subject, cost);
  if (known === undefined) return undefined;
  const { best, bound, proved } = known;
  const published = namedResult(set, subject, cost, 'published');
  const lower = bound?.result.bound?.lower;
  const { strategy, evaluations, granularity } = best.result;
  const how = `${strategy.name}${evaluations > 1 ? `, ${evaluations.toLocaleString('en-US')} evaluations` : ''}${
    granularity === 'scalar' ? ', element by element' : ''
  }`;
  return [
    [
      { text: subject },
      published === undefined ? emptyCell : countCell(published),
      countCell(best, { mark: proved ? 'proved' : 'best' }),
      published === undefined
        ? emptyCell
        : { text: percentText(best.result.count, published.result.count) },
      bound === undefined ? emptyCell : boundCell(bound),
      lower === undefined
        ? emptyCell
        : {
            text: ratioText(best.result.count, lower),
            value: best.result.count / lower,
            ...(proved && { detail: 'proved' }),
          },
      { text: how },
    ],
  ];
}

/** Orders under `paper` as multiples of the bound. */
function gapFigure(set: ResultSet): Figure | undefined {
  const listed = paperTasks.map(({ name }) => name);
  const facts = listed.flatMap((subject) => {
    const known = knownOf(set, subject, 'paper');
    const lower = known?.bound?.result.bound?.lower;
    return known === undefined || lower === undefined ? [] : [{ subject, known, lower }];
  });
  if (facts.length === 0) return undefined;
  const named = (order: string): Point[] =>
    facts.flatMap(({ subject, lower }) => {
      const count = namedResult(set, subject, 'paper', order)?.result.count;
      if (count === undefined) return [];
      const label = `${subject}, ${order}: ${count}, ${ratioText(count, lower)} times the bound`;
      return [{ x: count / lower, y: subject, label }];
    });
  const best = facts.map(({ subject, known, lower }): Point => {
    const { count } = known.best.result;
    const label = `${subject}, best known: ${count}, ${ratioText(count, lower)} times the bound`;
    return { x: count / lower, y: subject, label };
  });
  const provedCount = facts.filter(({ known }) => known.proved).length;
  return {
    id: 'gap',
    caption: 'Counts under `paper` as multiples of the lower bound',
    description:
      `For each task the reverse, Markowitz, published and best known order as multiples of the bound. ` +
      `${provedCount} of ${facts.length} best orders are at 1, proved. ` +
      best.map(({ label }) => label).join('; ') +
      '.',
    x: { label: 'count ÷ bound', scale: 'logarithmic' },
    y: { label: 'task', scale: 'names' },
    joined: 'no',
    series: [
      { name: 'reverse', points: named('reverse') },
      { name: 'markowitz', points: named('markowitz') },
      { name: 'published', points: named('published') },
      { name: 'best known', points: best },
    ].filter(({ points }) => points.length > 0),
  };
}
