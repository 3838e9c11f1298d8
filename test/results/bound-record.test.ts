import { describe, expect, it } from 'vitest';

import { pairs } from '../../src/cost/pairs.ts';
import { flops } from '../../src/cost/flops.ts';
import { randomGraph } from '../../src/graph/generators.ts';
import { checkProof, boundRecord } from '../../src/results/bound-record.ts';
import type { BoundRecord, ProofPartRecord } from '../../src/results/types.ts';
import { boundCount } from '../../src/search/exact/bound.ts';

const budget = { kind: 'time', seconds: 60 } as const;

/** Its proof needs a search in one thread: some thousand states. */
const graph = randomGraph({ seed: 2, inputs: 5, intermediates: 16, outputs: 4, density: 0.25 });

async function record(): Promise<BoundRecord> {
  const result = await boundCount({ graph, model: pairs, budget, seed: 0 });
  expect(result.state).toBe('proved');
  return boundRecord(graph, pairs, result, budget);
}

/** The record with its first part changed. */
function edited(
  bound: BoundRecord,
  change: (part: ProofPartRecord) => Partial<ProofPartRecord>,
): BoundRecord {
  const { proof } = bound;
  const [part] = proof?.parts ?? [];
  if (proof === undefined || part === undefined) throw new Error('the proof has no part');
  return { ...bound, proof: { ...proof, parts: [{ ...part, ...change(part) }] } };
}

const wrongs: readonly (readonly [
  string,
  (part: ProofPartRecord) => Partial<ProofPartRecord>,
  boolean,
])[] = [
  ['a better bound of its groups', ({ rootBound }) => ({ rootBound: rootBound + 1 }), false],
  ['another vertex', ({ vertices }) => ({ vertices: [...vertices.slice(1), 'x'] }), false],
  [
    'a vertex in two groups',
    ({ partitions }) => ({ partitions: partitions.map((groups) => [...groups, ...groups]) }),
    false,
  ],
  ['another hash of tables', () => ({ tables: '0'.repeat(64) }), false],
  ['no search', () => ({ budgets: [], states: 0 }), false],
  ['a state more', ({ states }) => ({ states: states + 1 }), true],
  ['a budget less', ({ budgets }) => ({ budgets: budgets.slice(1) }), true],
];

describe('the record of a proof', () => {
  it('holds, with and without running the search again', async () => {
    const bound = await record();
    expect(bound.proof?.parts[0]?.states).toBeGreaterThan(100);
    expect(checkProof(graph, pairs, bound, false)).toEqual([]);
    expect(checkProof(graph, pairs, bound, true)).toEqual([]);
  });

  it.each(wrongs)('does not hold with %s', async (_, change, replay) => {
    const bound = edited(await record(), change);
    expect(checkProof(graph, pairs, bound, replay)).not.toEqual([]);
  });

  it('does not hold for another bound or a model without bounds', async () => {
    const bound = await record();
    expect(checkProof(graph, pairs, { ...bound, lower: bound.lower - 1 }, false)).not.toEqual([]);
    expect(checkProof(graph, flops, bound, false)).not.toEqual([]);
  });
});
