/**
 * What two sets say of the same findings. A finding is known by how it was made: subject, cost model,
 * granularity, strategy with its parameters, seed, and of a bound its budget. Where nothing of that is
 * a time, the program promises the same result on every machine, so what differs has changed.
 */
import type { ResultSet, StoredResult } from '../../results/result-set.ts';
import { knownOf } from '../known.ts';
import type {
  KnownChange,
  KnownFigures,
  LoneResult,
  ResultChange,
  ResultComparison,
} from './types.ts';

/** Not what was asked for, but how it went. */
const circumstances: ReadonlySet<string> = new Set(['threads', 'interrupted']);

interface Finding extends LoneResult {
  readonly byChance: boolean;
  readonly stored: StoredResult;
}

/** A result's order, and its bound where it has one, by how they were made; the better of two alike. */
function findingsOf({ results }: ResultSet): ReadonlyMap<string, Finding> {
  const findings = new Map<string, Finding>();
  const keep = (key: string, finding: Finding): void => {
    const other = findings.get(key);
    if (other === undefined || isBetter(finding, other)) findings.set(key, finding);
  };
  for (const stored of results) {
    const { subject, cost, granularity, strategy, seed, bound } = stored.result;
    const parameters = Object.entries(strategy.parameters)
      .filter(([name]) => !circumstances.has(name))
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
    const way = [subject, cost, granularity, strategy.name, parameters, seed];
    const { time, interrupted } = strategy.parameters;
    const byChance = time !== undefined || interrupted === true;
    const facts = { subject, cost, found: strategy.name, file: stored.path, stored };
    keep(JSON.stringify(way), { ...facts, what: 'order', byChance });
    if (bound === undefined) continue;
    const { time: boundTime, evaluations, seed: boundSeed } = bound.proof ?? {};
    const budget = ['bound', bound.method, boundTime, evaluations, boundSeed];
    keep(JSON.stringify([...way, ...budget]), {
      ...{ ...facts, what: 'bound' },
      byChance: byChance || boundTime !== undefined,
    });
  }
  return findings;
}

const lowerBound = ({ stored }: Finding): number => stored.result.bound?.lower ?? -Infinity;

function isBetter(one: Finding, other: Finding): boolean {
  return one.what === 'bound'
    ? lowerBound(one) > lowerBound(other)
    : one.stored.result.count < other.stored.result.count;
}

function changeOf(before: Finding, now: Finding): ResultChange | undefined {
  const [a, b] = [before.stored.result, now.stored.result];
  const { subject, cost, found, byChance } = now;
  const facts = { subject, cost, found, byChance, files: { before: before.file, now: now.file } };
  const counts = { before: a.count, now: b.count };
  if (now.what === 'bound') {
    const bounds = { before: lowerBound(before), now: lowerBound(now) };
    return bounds.before === bounds.now ? undefined : { ...facts, what: 'bound', ...bounds };
  }
  if (a.graphHash !== b.graphHash) return { ...facts, what: 'graph', ...counts };
  if (a.count !== b.count) return { ...facts, what: 'count', ...counts };
  if (JSON.stringify(a.order) !== JSON.stringify(b.order)) {
    return { ...facts, what: 'order', ...counts };
  }
  return undefined;
}

/** The finding as it is told. */
function told({ subject, cost, found, what, file }: Finding): LoneResult {
  return { subject, cost, found, what, file };
}

function knownFigures(set: ResultSet, subject: string, cost: string): KnownFigures | undefined {
  const known = knownOf(set, subject, cost);
  return known === undefined
    ? undefined
    : { best: known.best.result.count, bound: known.bound?.result.bound?.lower ?? null };
}

function knownChanges(before: ResultSet, now: ResultSet): readonly KnownChange[] {
  const pairs = new Map(
    now.results.map(({ result: { subject, cost } }) => [
      JSON.stringify([subject, cost]),
      { subject, cost },
    ]),
  );
  return [...pairs.values()].flatMap(({ subject, cost }) => {
    const [then, here] = [before, now].map((set) => knownFigures(set, subject, cost));
    if (then === undefined || here === undefined) return [];
    const isSame = then.best === here.best && then.bound === here.bound;
    return isSame ? [] : [{ subject, cost, before: then, now: here }];
  });
}

/** Compares what was counted, found and proved; exactly. */
export function compareResults(before: ResultSet, now: ResultSet): ResultComparison {
  const [then, here] = [findingsOf(before), findingsOf(now)];
  const both = [...here].flatMap(([key, finding]) => {
    const other = then.get(key);
    return other === undefined ? [] : [[other, finding] as const];
  });
  const lacking = (
    from: ReadonlyMap<string, Finding>,
    other: ReadonlyMap<string, Finding>,
  ): LoneResult[] => [...from].flatMap(([key, finding]) => (other.has(key) ? [] : [told(finding)]));
  return {
    compared: both.length,
    changes: both.flatMap(([a, b]) => changeOf(a, b) ?? []),
    onlyBefore: lacking(then, here),
    onlyNow: lacking(here, then),
    known: knownChanges(before, now),
  };
}
