import { describe, expect, it } from 'vitest';
import { Copies } from '../../src/bench/copies.ts';

describe('copies beside timings', () => {
  it('run in any order, whether a larger one was asked for before or after', () => {
    const copies = new Copies();
    const runs = [16, 4096, 0, 64].map((bytes) => copies.of(bytes));
    for (const run of [...runs, ...runs.toReversed()]) expect(run).not.toThrow();
  });
});
