/** The searches of the study of policies that a set holds: by subject and method, one for each seed. */
import { tasks } from '../../tasks/tasks.ts';
import type { ResultSet, StoredResult } from '../results/result-set.ts';
import { subjectsOf } from './known.ts';

/** What is compared; a policy is trained, or the network before its training. */
export const studyMethods = [
  'anneal',
  'policy',
  'untrained policy',
  'policy+anneal',
  'untrained policy+anneal',
] as const;

/** See studyMethods. */
export type StudyMethod = (typeof studyMethods)[number];

/** What the policies know of a subject: tasks are no generated graphs; a family was in the lessons or not. */
export type StudyGroup = 'tasks' | 'families of the lessons' | 'families set aside';

/** What a set has of one subject. */
export interface StudyRow {
  readonly subject: string;
  readonly group: StudyGroup;
  readonly cost: string;
  /** Budget of a search, in words. */
  readonly budget: string;
  /** The heuristic's order that costs least, where heuristics were counted. */
  readonly heuristic: StoredResult | undefined;
  /** Searches of each method by their seeds. */
  readonly searches: ReadonlyMap<StudyMethod, ReadonlyMap<number, StoredResult>>;
}

function isStudy({ result }: StoredResult): boolean {
  return result.strategy.parameters.clock === 'processor' && result.seed !== null;
}

/** A parameter of a strategy, which is a number or a text. */
const textOf = (parameter: unknown): string =>
  typeof parameter === 'string' || typeof parameter === 'number' ? String(parameter) : '';

function methodOf({ result }: StoredResult): StudyMethod | undefined {
  const { name, parameters } = result.strategy;
  const untrained = textOf(parameters.policy).includes('untrained') ? 'untrained ' : '';
  return studyMethods.find((method) => method === `${untrained}${name}`);
}

/** Whether the policy that a search went by is the one that the set has now. */
function isCurrent({ result }: StoredResult, { policies }: ResultSet): boolean {
  const { policy, policyWeights } = result.strategy.parameters;
  if (policy === undefined) return true;
  const stored = policies.find(({ path }) => path.endsWith(textOf(policy)));
  return stored?.policy.weightsHash === policyWeights;
}

function budgetText({ result }: StoredResult): string {
  const { time, evaluations } = result.strategy.parameters;
  return time === undefined ? `${textOf(evaluations)} evaluations` : `${textOf(time)} s`;
}

function groupOf(subject: string, { policies }: ResultSet): StudyGroup {
  if (tasks.some(({ name }) => name === subject)) return 'tasks';
  const families = policies.flatMap(({ policy }) => policy.provenance.families);
  const isKnown = families.some((family) => subject.startsWith(`${family}-`));
  return isKnown ? 'families of the lessons' : 'families set aside';
}

/** What the set has of the study; tasks first, then other subjects as they were searched. */
export function studyRows(set: ResultSet): readonly StudyRow[] {
  // The latest of equals is the one that stays.
  const found = set.results
    .filter((stored) => isStudy(stored) && isCurrent(stored, set))
    .toSorted((a, b) => (a.result.date < b.result.date ? -1 : 1));
  const subjects = subjectsOf(
    found.map(({ result }) => result.subject),
    tasks.map(({ name }) => name),
  );
  const rows = subjects.flatMap((subject): readonly StudyRow[] => {
    const own = found.filter(({ result }) => result.subject === subject);
    const first = own.at(-1);
    if (first === undefined) return [];
    const { cost } = first.result;
    const searches = new Map<StudyMethod, Map<number, StoredResult>>();
    for (const stored of own) {
      const method = methodOf(stored);
      const { seed } = stored.result;
      if (method === undefined || seed === null || budgetText(stored) !== budgetText(first))
        continue;
      searches.set(
        method,
        (searches.get(method) ?? new Map<number, StoredResult>()).set(seed, stored),
      );
    }
    const [heuristic] = set.results
      .filter(
        ({ result }) =>
          result.subject === subject &&
          result.cost === cost &&
          result.evaluations === 1 &&
          result.strategy.name !== 'published' &&
          result.strategy.parameters.clock === undefined,
      )
      .toSorted((a, b) => a.result.count - b.result.count || (a.path < b.path ? -1 : 1));
    const budget = budgetText(first);
    return [{ subject, group: groupOf(subject, set), cost, budget, heuristic, searches }];
  });
  const size = ({ searches }: StudyRow): number =>
    searches.get('anneal')?.values().next().value?.result.order.length ?? 0;
  const groups = ['tasks', 'families of the lessons', 'families set aside'];
  return rows.toSorted(
    (a, b) => groups.indexOf(a.group) - groups.indexOf(b.group) || size(a) - size(b),
  );
}
