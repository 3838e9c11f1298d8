import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { curveOfParts } from '../../src/search/search-curve.ts';
import { anneal } from '../../src/search/strategies/anneal.ts';
import { pairs } from '../../src/cost/pairs.ts';
import { taskSubject } from '../../src/subject/task-subject.ts';
import { taskNamed } from '../../tasks/tasks.ts';

const part = fc.record({ evaluations: fc.nat(100), count: fc.nat(20) });

describe('the curve of a search', () => {
  it('says at every number of evaluations what the least count of the parts made by then is', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), (parts) => {
        const curve = curveOfParts(parts);
        let made = 0;
        parts.forEach(({ evaluations }, index) => {
          made += evaluations;
          const least = Math.min(...parts.slice(0, index + 1).map(({ count }) => count));
          const told = curve.filter((point) => point.evaluations <= made);
          // Parts without evaluations end at the same number.
          const later = parts.slice(index + 1).findIndex((next) => next.evaluations > 0);
          if (later === 0 || index === parts.length - 1) expect(told.at(-1)?.count).toBe(least);
        });
        for (const [index, point] of curve.entries()) {
          expect(point.count).toBeLessThan(curve[index - 1]?.count ?? Infinity);
        }
      }),
    );
  });

  it('of annealing is the same on one thread and on two, and ends at what was found', async () => {
    const graph = taskSubject(taskNamed('RoeFlux_1d')).graph(pairs);
    const search = (threads: number): ReturnType<typeof anneal.run> =>
      anneal.run({
        ...{ graph, model: pairs, seed: 3, threads },
        budget: { kind: 'evaluations', evaluations: 60_000 },
        parameters: new Map([['sweeps', 10]]),
      });
    const [one, two] = [await search(1), await search(2)];
    expect(one.curve).toEqual(two.curve);
    expect(one.curve?.length).toBeGreaterThan(1);
    expect(one.curve?.at(-1)?.count).toBe(one.count);
  });
});
