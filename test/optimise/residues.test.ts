/** Packed residues do what integers modulo two primes do. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addResidues,
  hashedResidues,
  invertResidues,
  isCanonicalResidue,
  multiplyResidues,
  negateResidues,
  primes,
  residuesOfRatio,
  unpack,
} from '../../src/optimise/residues.ts';

const [p, q] = primes;
const element = fc
  .tuple(fc.integer({ min: 0, max: p - 1 }), fc.integer({ min: 0, max: q - 1 }))
  .map(([x, y]) => x * 2 ** 26 + y);
const nonZero = fc
  .tuple(fc.integer({ min: 1, max: p - 1 }), fc.integer({ min: 1, max: q - 1 }))
  .map(([x, y]) => x * 2 ** 26 + y);

/** By integers of any size. */
function slow(a: number, b: number, combine: (x: bigint, y: bigint) => bigint): number[] {
  const [ax, ay] = unpack(a);
  const [bx, by] = unpack(b);
  return [
    Number(combine(BigInt(ax), BigInt(bx)) % BigInt(p)),
    Number(combine(BigInt(ay), BigInt(by)) % BigInt(q)),
  ];
}

describe('residues', () => {
  it('are taken modulo two primes', () => {
    for (const prime of primes) {
      const root = Math.floor(Math.sqrt(prime));
      const divisors = Array.from({ length: root - 1 }, (_, k) => k + 2).filter(
        (k) => prime % k === 0,
      );
      expect(divisors).toEqual([]);
    }
  });

  it('multiply and add as integers do', () => {
    fc.assert(
      fc.property(element, element, (a, b) => {
        expect([...unpack(multiplyResidues(a, b))]).toEqual(slow(a, b, (x, y) => x * y));
        expect([...unpack(addResidues(a, b))]).toEqual(slow(a, b, (x, y) => x + y));
        expect(addResidues(a, negateResidues(a))).toBe(0);
      }),
      { seed: 1, numRuns: 5000 },
    );
  });

  it('have inverses, and one of ±a is canonical', () => {
    fc.assert(
      fc.property(nonZero, (a) => {
        expect([...unpack(multiplyResidues(a, invertResidues(a)))]).toEqual([1, 1]);
        expect(isCanonicalResidue(a)).toBe(!isCanonicalResidue(negateResidues(a)));
      }),
      { seed: 2, numRuns: 1000 },
    );
  });

  it('stand for fractions, and differ from one word to the next', () => {
    const third = residuesOfRatio(-1, 3);
    expect(multiplyResidues(third, residuesOfRatio(6, 1))).toBe(residuesOfRatio(-2, 1));
    const words = Array.from({ length: 20000 }, (_, k) => hashedResidues(`input ${k}`));
    expect(new Set(words).size).toBe(words.length);
    expect(hashedResidues('a')).toBe(hashedResidues('a'));
  });
});
