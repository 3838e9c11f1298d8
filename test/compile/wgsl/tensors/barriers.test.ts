/** Barriers against a slow twin that looks at every pair of nests and every number. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Barrier,
  barriersOf,
  barrierText,
  type MemoryRange,
  type NestMemory,
} from '../../../../src/compile/wgsl/tensors/barriers.ts';

const range: fc.Arbitrary<MemoryRange> = fc.record({
  binding: fc.constantFrom('inputs', 'outputs', 'scratch', 'held', 'constants'),
  start: fc.nat(12),
  length: fc.integer({ min: 1, max: 5 }),
});

const nests: fc.Arbitrary<readonly NestMemory[]> = fc.array(
  fc.record({
    reads: fc.array(range, { maxLength: 3 }),
    writes: fc.array(
      range.filter(({ binding }) => ['outputs', 'scratch', 'held'].includes(binding)),
      { maxLength: 2 },
    ),
  }),
  { maxLength: 9 },
);

/** Numbers by name, those in workgroup memory or those in buffers. */
function numbers(ranges: readonly MemoryRange[], barrier: Barrier): Set<string> {
  return new Set(
    ranges
      .filter(({ binding }) => (binding === 'held') === (barrier === 'workgroup'))
      .flatMap(({ binding, start, length }) =>
        Array.from({ length }, (_, k) => `${binding} ${start + k}`),
      ),
  );
}

/** Whether two nests may not run at once. */
function clash(first: NestMemory, second: NestMemory, barrier: Barrier): boolean {
  const written = [numbers(first.writes, barrier), numbers(second.writes, barrier)] as const;
  const read = [numbers(first.reads, barrier), numbers(second.reads, barrier)] as const;
  const common = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
    [...a].some((name) => b.has(name));
  return (
    common(written[0], read[1]) || common(written[0], written[1]) || common(read[0], written[1])
  );
}

/** Each barrier as late as it can be, found by trying all earlier nests. */
function slowBarriers(given: readonly NestMemory[], barrier: Barrier): boolean[] {
  let since = 0;
  return given.map((nest, k) => {
    const waits = given.slice(since, k).some((other) => clash(other, nest, barrier));
    if (waits) since = k;
    return waits;
  });
}

describe('barriers', () => {
  it('stand between nests that may not run at once, and nowhere else', () => {
    fc.assert(
      fc.property(nests, (given) => {
        const found = barriersOf(given);
        for (const barrier of ['workgroup', 'storage'] as const) {
          const own = found.map((each) => each.includes(barrier));
          expect(own).toEqual(slowBarriers(given, barrier));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('are as few as there can be: no choice of places has fewer', () => {
    fc.assert(
      fc.property(nests, (given) => {
        const places = given.map((_, k) => k);
        const isEnough = (chosen: number): boolean =>
          places.every((k) =>
            places.slice(0, k).every((j) => {
              const between = places.slice(j + 1, k + 1).some((at) => (chosen >> at) & 1);
              const [a, b] = [given[j], given[k]];
              return between || a === undefined || b === undefined || !clash(a, b, 'workgroup');
            }),
          );
        const count = (chosen: number): number => places.filter((at) => (chosen >> at) & 1).length;
        const least = Math.min(
          ...Array.from({ length: 2 ** places.length }, (_, chosen) => chosen)
            .filter(isEnough)
            .map(count),
        );
        const found = barriersOf(given).filter((each) => each.includes('workgroup')).length;
        expect(found).toBe(least);
      }),
      { numRuns: 100 },
    );
  });

  it('are statements of WGSL', () => {
    expect((['workgroup', 'storage'] as const).map(barrierText)).toEqual([
      'workgroupBarrier();',
      'storageBarrier();',
    ]);
  });
});
