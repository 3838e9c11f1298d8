/** Every heuristic on every task, under each cost model: count, and ratios to what is known. */
import { tasks } from '../../../tasks/tasks.ts';
import type { ResultSet } from '../../results/result-set.ts';
import { heuristics } from '../../search/heuristics/heuristics.ts';
import { boundCell, countCell, emptyCell, ratioText } from '../cells.ts';
import { knownOf, namedResult, subjectsOf } from '../known.ts';
import type { Cell, Section, Table } from '../types.ts';

/** The models, and what they count. */
const models = [
  { cost: 'paper', counts: 'what the paper’s program counts' },
  { cost: 'multiplications', counts: 'multiplications that have to be executed' },
  { cost: 'compiled', counts: 'weighted operations of values and Jacobian, equal values once' },
] as const;

const names = [...heuristics.map(({ name }) => name), 'published'];

/** How a rule decides among equals. */
function tieRule(name: string): string {
  if (name.endsWith('-high')) return 'highest vertex';
  return names.includes(`${name}-high`) ? 'lowest vertex' : '–';
}

/** The section; nothing where the set has no counts of heuristics. */
export function heuristicsSection(set: ResultSet): Section | undefined {
  const tables = models.flatMap(({ cost, counts }) => tableOf(set, cost, counts) ?? []);
  if (tables.length === 0) return undefined;
  return {
    id: 'heuristics',
    title: 'Every heuristic',
    text: [
      'A heuristic takes the vertex with the least score again and again; among equals it takes the one that its tie rule names. Scores are taken on the graph and by the degree of the paper’s program whatever is counted, so one rule gives one order, counted three times. Under each count: its ratio to the best known, and to the bound where there is one.',
    ],
    tables,
    figures: [],
  };
}

function tableOf(set: ResultSet, cost: string, counts: string): Table | undefined {
  const own = set.results.filter(
    ({ result }) => result.cost === cost && names.includes(result.strategy.name),
  );
  if (own.length === 0) return undefined;
  const subjects = subjectsOf(
    own.map(({ result }) => result.subject),
    tasks.map(({ name }) => name),
  );
  const known = new Map(subjects.map((subject) => [subject, knownOf(set, subject, cost)]));
  const least = (subject: string): number =>
    Math.min(
      ...own
        .filter(({ result }) => result.subject === subject && result.strategy.name !== 'published')
        .map(({ result }) => result.count),
    );
  const rows = names.flatMap((name): (readonly Cell[])[] => {
    const found = subjects.map((subject) => namedResult(set, subject, cost, name));
    if (found.every((one) => one === undefined)) return [];
    const cells = found.map((stored, index): Cell => {
      const subject = subjects[index] ?? '';
      const facts = known.get(subject);
      if (stored === undefined || facts === undefined) return emptyCell;
      const { count } = stored.result;
      const lower = facts.bound?.result.bound?.lower;
      const ratios = [
        ratioText(count, facts.best.result.count),
        ...(lower === undefined ? [] : [ratioText(count, lower)]),
      ];
      const isLeast = name !== 'published' && count === least(subject);
      return countCell(stored, { detail: ratios.join(' · '), ...(isLeast && { mark: 'best' }) });
    });
    return [[{ text: name }, { text: tieRule(name) }, ...cells]];
  });
  const bests = subjects.map((subject): Cell => {
    const facts = known.get(subject);
    return facts === undefined
      ? emptyCell
      : countCell(facts.best, facts.proved ? { mark: 'proved', detail: 'proved' } : {});
  });
  const bounds = subjects.map((subject): Cell => {
    const bound = known.get(subject)?.bound;
    return bound === undefined ? emptyCell : boundCell(bound);
  });
  const hasBounds = bounds.some((cell) => cell !== emptyCell);
  return {
    id: `heuristics-${cost}`,
    caption: `Heuristics by the cost model \`${cost}\`: ${counts}`,
    columns: [
      { title: 'order', align: 'left' },
      { title: 'among equals', align: 'left' },
      ...subjects.map((title) => ({ title, align: 'right' as const })),
    ],
    rows: [
      ...rows,
      [{ text: 'best known' }, { text: '' }, ...bests],
      ...(hasBounds ? [[{ text: 'bound' }, { text: '' }, ...bounds]] : []),
    ],
    notes: [
      hasBounds
        ? 'Under a count: ratio to the best known · ratio to the bound.'
        : 'Under a count: ratio to the best known. Under this model there are no bounds: orders share values, and what one elimination costs depends on all others.',
      'The least of the heuristics stands out. `random` is one order, of seed 0.',
    ],
  };
}
