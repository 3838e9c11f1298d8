import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

import { compareSets } from '../../../src/report/comparison/compare.ts';
import { compareResults } from '../../../src/report/comparison/results.ts';
import { readResultSet, type ResultSet } from '../../../src/results/result-set.ts';
import type { ResultFile } from '../../../src/results/types.ts';

let set: ResultSet;

beforeAll(async () => {
  const whole = await readResultSet(fileURLToPath(new URL('../../../results/g', import.meta.url)));
  set = { ...whole, timings: [] };
});

/** The set with every result that is meant changed. */
function changed(
  isMeant: (result: ResultFile) => boolean,
  change: (result: ResultFile) => ResultFile,
): ResultSet {
  return {
    ...set,
    results: set.results.map((stored) =>
      isMeant(stored.result) ? { ...stored, result: change(stored.result) } : stored,
    ),
  };
}

const isReverse = ({ strategy, cost }: ResultFile): boolean =>
  strategy.name === 'reverse' && cost === 'paper';
const isProved = ({ bound, cost }: ResultFile): boolean =>
  bound?.proved === true && cost === 'paper';

describe('two sets of results', () => {
  it('that are the same have no changes and lack nothing', () => {
    const { compared, ...rest } = compareResults(set, set);
    expect(compared).toBeGreaterThan(48);
    expect(rest).toEqual({ changes: [], onlyBefore: [], onlyNow: [], known: [] });
    expect(compareSets(set, set).changed).toBe(false);
  });

  it('made at another time on another machine are the same', () => {
    const elsewhere = changed(
      () => true,
      (result) => ({
        ...{ ...result, seconds: 1e6, date: '2001-01-01T00:00:00.000Z' },
        machine: { cpu: 'another', cores: 64, node: '22.0.0' },
        strategy: {
          ...result.strategy,
          parameters: { ...result.strategy.parameters, threads: 64 },
        },
      }),
    );
    expect(compareResults(set, elsewhere)).toEqual(compareResults(set, set));
  });

  it.each([
    ['count', (result: ResultFile) => ({ ...result, count: result.count + 1 }), 566, 567],
    ['order', (result: ResultFile) => ({ ...result, order: result.order.toReversed() }), 566, 566],
    ['graph', (result: ResultFile) => ({ ...result, graphHash: '0'.repeat(64) }), 566, 566],
  ] as const)('tell of another %s', (what, change, before, now) => {
    const { changes } = compareResults(set, changed(isReverse, change));
    expect(changes).toMatchObject([
      { subject: 'g', cost: 'paper', found: 'reverse', what, before, now, byChance: false },
    ]);
    expect(compareSets(set, changed(isReverse, change)).changed).toBe(true);
  });

  it('tell of another bound, and of what it means for the least count', () => {
    const weaker = changed(isProved, (result) => ({
      ...result,
      ...(result.bound && { bound: { ...result.bound, lower: 400, proved: false } }),
    }));
    const { changes, known } = compareResults(set, weaker);
    const facts = { subject: 'g', cost: 'paper' };
    // The paper's own figures of g: the published order takes 417; 409 is proved to be the least.
    expect(changes).toMatchObject([{ ...facts, what: 'bound', before: 409, now: 400 }]);
    expect(known).toEqual([
      { ...facts, before: { best: 409, bound: 409 }, now: { best: 409, bound: 400 } },
    ]);
  });

  it('may differ where the budget was a time', () => {
    const timed = (count: number): ResultSet =>
      changed(isReverse, (result) => ({
        ...{ ...result, count },
        strategy: { name: 'anneal', parameters: { time: 1 } },
      }));
    const comparison = compareSets(timed(500), timed(501));
    expect(comparison.results.changes).toMatchObject([{ what: 'count', byChance: true }]);
    expect(comparison.changed).toBe(false);
  });

  it('name what only one has', () => {
    const fewer = { ...set, results: set.results.filter(({ result }) => !isReverse(result)) };
    const lone = [{ subject: 'g', cost: 'paper', found: 'reverse', what: 'order' }];
    expect(compareResults(set, fewer).onlyBefore).toMatchObject(lone);
    expect(compareResults(fewer, set).onlyNow).toMatchObject(lone);
    expect(compareSets(set, fewer).changed).toBe(false);
    // Another budget is another finding.
    const seeded = changed(isReverse, (result) => ({ ...result, seed: 7 }));
    expect(compareResults(set, seeded)).toMatchObject({ onlyBefore: lone, onlyNow: lone });
  });
});
