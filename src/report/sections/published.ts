/** The paper's table: its figures beside those counted here, and what is known since. */
import { paperTasks, taskNamed } from '../../../tasks/tasks.ts';
import type { ResultSet } from '../../results/result-set.ts';
import { boundCell, countCell, emptyCell, percentText } from '../cells.ts';
import { knownOf, namedResult, subjectsOf } from '../known.ts';
import type { Cell, Section } from '../types.ts';

const orders = ['forward', 'reverse', 'markowitz', 'published'] as const;

/** The section; nothing where the set has no counts under `paper`. */
export function publishedSection(set: ResultSet): Section | undefined {
  const own = set.results.filter(({ result }) => result.cost === 'paper');
  const listed = paperTasks.map(({ name }) => name);
  const subjects = subjectsOf(
    own.map(({ result }) => result.subject),
    listed,
  ).filter((name) => listed.includes(name));
  if (subjects.length === 0) return undefined;
  const notes: string[] = [];
  const rows = subjects.map((subject): readonly Cell[] => {
    const { publishedFigures, publishedNotes } = taskNamed(subject);
    const known = knownOf(set, subject, 'paper');
    const figures = orders.map((order): Cell => {
      const figure = publishedFigures?.[order];
      const stored = namedResult(set, subject, 'paper', order);
      const printed = figure === undefined ? '–' : String(figure);
      if (stored === undefined) return { text: '–', detail: `paper: ${printed}` };
      const agrees = stored.result.count === figure;
      const note = publishedNotes?.[order];
      if (!agrees && note !== undefined) {
        notes.push(`The paper prints ${printed} for ${subject}, ${order}: ${note}.`);
      }
      return countCell(stored, { detail: `${agrees ? '=' : '≠'} ${printed}` });
    });
    const published = namedResult(set, subject, 'paper', 'published');
    if (known === undefined)
      return [{ text: subject }, ...figures, emptyCell, emptyCell, emptyCell];
    const { best, bound, proved } = known;
    return [
      { text: subject },
      ...figures,
      countCell(best, { mark: proved ? 'proved' : 'best' }),
      bound === undefined ? emptyCell : boundCell(bound, proved ? { detail: 'proved' } : {}),
      published === undefined
        ? emptyCell
        : { text: percentText(best.result.count, published.result.count) },
    ];
  });
  return {
    id: 'published',
    title: 'The paper’s table',
    text: [
      'Multiplications by the cost model `paper`, counted here = as the paper prints; then the best order known, what no order can cost less than, and the best order against the published one.',
    ],
    figures: [],
    tables: [
      {
        id: 'paper-table',
        caption: 'Counts of the ten tasks under `paper`, the paper’s own figures beside them',
        columns: [
          { title: 'task', align: 'left' },
          ...orders.map((title) => ({ title, align: 'right' as const })),
          { title: 'best known', align: 'right' },
          { title: 'bound', align: 'right' },
          { title: 'best against published', align: 'right' },
        ],
        rows,
        notes,
      },
    ],
  };
}
