import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { pairs } from '../../src/cost/pairs.ts';
import { curveOfParts, fallingPoints } from '../../src/search/search-curve.ts';
import { strategyNamed } from '../../src/search/strategies/strategies.ts';
import type { SearchOutcome } from '../../src/search/strategy.ts';
import { taskSubject } from '../../src/subject/task-subject.ts';
import { taskNamed } from '../../tasks/tasks.ts';

const point = fc.record({ evaluations: fc.nat(100), count: fc.nat(20) });

/** A part that has looked at its count now and then before its end. */
const part = fc
  .tuple(point, fc.array(point, { maxLength: 5 }))
  .map(([{ evaluations, count }, looks]) => {
    const met = looks
      .map((look) => ({
        evaluations: Math.min(look.evaluations, evaluations),
        count: look.count + count,
      }))
      .sort((one, other) => one.evaluations - other.evaluations);
    return { evaluations, count, falls: fallingPoints(met) };
  });

describe('the curve of a search', () => {
  it('is where the least count fell of all that its parts met, one after the other', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), (parts) => {
        const met = parts.flatMap(({ evaluations, count, falls }, index) => {
          const before = parts.slice(0, index).reduce((sum, one) => sum + one.evaluations, 0);
          return [...falls, { evaluations, count }].map((one) => ({
            evaluations: before + one.evaluations,
            count: one.count,
          }));
        });
        const falls = met.filter(({ count }, index) =>
          met.slice(0, index).every((earlier) => earlier.count > count),
        );
        expect(curveOfParts(parts)).toEqual(falls);
      }),
    );
  });

  it('of parts that know their ends only has a point a part at most', () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 1 }), (parts) => {
        const curve = curveOfParts(parts);
        expect(curve.length).toBeLessThanOrEqual(parts.length);
        expect(curve.at(-1)?.count).toBe(Math.min(...parts.map(({ count }) => count)));
      }),
    );
  });
});

const graph = taskSubject(taskNamed('RoeFlux_1d')).graph(pairs);

function search(name: string, evaluations: number, threads: number): Promise<SearchOutcome> {
  return strategyNamed(name).run({
    ...{ graph, model: pairs, seed: 3, threads },
    budget: { kind: 'evaluations', evaluations },
    parameters: new Map(),
  });
}

describe.each([
  ['anneal', 400_000],
  ['uct', 4_000],
  ['gumbel', 4_000],
  ['greedy', 60],
] as const)('the curve of %s', (name, evaluations) => {
  it('is the same on one thread and on two, falls within a restart, ends at what was found', async () => {
    const [one, two] = [await search(name, evaluations, 1), await search(name, evaluations, 2)];
    expect(one.curve).toEqual(two.curve);
    expect(one.curve?.length).toBeGreaterThan(2);
    expect(one.curve?.at(-1)?.count).toBe(one.count);
  });
});
