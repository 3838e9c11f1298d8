/** What a set knows of the least count of a task: the best order, and the strongest bound. */
import { tasks } from '../../tasks/tasks.ts';
import { resultsFor, type ResultSet, type StoredResult } from '../results/result-set.ts';

/**
 * Whether a result is of the subject that reports take it for: a graph or a module of one's own may
 * have the name of a task, and embeds its graph.
 */
export function isOfItsName({ result }: StoredResult): boolean {
  return result.graph === undefined || tasks.every(({ name }) => name !== result.subject);
}

/** See the file. */
export interface Known {
  /** Of the lowest count. */
  readonly best: StoredResult;
  /** With the highest lower bound of it; none under `compiled`, where none is known. */
  readonly bound: StoredResult | undefined;
  /** Whether the best count is proved to be the least. */
  readonly proved: boolean;
}

/**
 * Orders of tensors and of their elements are compared under `compiled` alone, which counts the
 * operations of the function either way; under the other models they are of different graphs.
 */
export function knownOf(set: ResultSet, subject: string, cost: string): Known | undefined {
  const granularity = cost === 'compiled' ? {} : ({ granularity: 'tensor' } as const);
  const found = resultsFor(set, { subject, cost, ...granularity }).filter(isOfItsName);
  const [lowest] = found;
  if (lowest === undefined) return undefined;
  const equals = found.filter(({ result }) => result.count === lowest.result.count);
  // Of equals the one that has a bound beside it, else one that was searched for.
  const best =
    equals.find(({ result }) => result.bound !== undefined) ??
    equals.find(({ result }) => result.evaluations > 1) ??
    lowest;
  const lower = ({ result }: StoredResult): number => result.bound?.lower ?? -Infinity;
  const bound = found
    .filter(
      ({ result }) => result.bound !== undefined && result.graphHash === best.result.graphHash,
    )
    .toSorted((a, b) => lower(b) - lower(a))[0];
  return {
    best,
    bound,
    proved: bound?.result.bound?.lower === best.result.count,
  };
}

/** The result of a named order of tensors. */
export function namedResult(
  set: ResultSet,
  subject: string,
  cost: string,
  order: string,
): StoredResult | undefined {
  return resultsFor(set, { subject, cost, granularity: 'tensor' }).find(
    (stored) => stored.result.strategy.name === order && isOfItsName(stored),
  );
}

/** Names of the subjects of a set: tasks in the order of their list, then others by name. */
export function subjectsOf(names: readonly string[], listed: readonly string[]): readonly string[] {
  const there = new Set(names);
  const others = [...there].filter((name) => !listed.includes(name)).toSorted();
  return [...listed.filter((name) => there.has(name)), ...others];
}
