/** Functions that are rational in one another obey their identities as residues. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestError } from '../../src/optimise/points.ts';
import { readProgram } from '../../src/optimise/read-program.ts';
import { relatedResidues } from '../../src/optimise/related-functions.ts';
import {
  addResidues,
  hashedResidues,
  multiplyResidues,
  negateResidues,
  residuesOfRatio,
} from '../../src/optimise/residues.ts';
import { takeSnapshot, writeProgram } from '../../src/optimise/write-program.ts';
import { parseProgram } from '../../src/program/listing.ts';

const one = residuesOfRatio(1, 1);

describe('residues of related functions', () => {
  it('obey the identities of the functions', () => {
    fc.assert(
      fc.property(fc.nat(), fc.boolean(), (seed, negative) => {
        const plain = hashedResidues(`x ${seed}`);
        const x = negative ? negateResidues(plain) : plain;
        const of = (name: string, at = x): number => relatedResidues(name, at) ?? NaN;
        const product = multiplyResidues;
        const square = (a: number): number => product(a, a);
        const minus = (a: number, b: number): number => addResidues(a, negateResidues(b));
        const y = negateResidues(x);
        expect(addResidues(square(of('sin')), square(of('cos')))).toBe(one);
        expect(product(of('tan'), of('cos'))).toBe(of('sin'));
        expect(product(of('exp'), of('exp', y))).toBe(one);
        expect(minus(square(of('cosh')), square(of('sinh')))).toBe(one);
        expect(addResidues(of('cosh'), of('sinh'))).toBe(of('exp'));
        expect(product(of('tanh'), of('cosh'))).toBe(of('sinh'));
        expect(addResidues(of('sigmoid'), of('sigmoid', y))).toBe(one);
        expect(addResidues(of('expm1'), one)).toBe(of('exp'));
        for (const odd of ['sin', 'tan', 'sinh', 'tanh']) {
          expect(of(odd, y)).toBe(negateResidues(of(odd)));
        }
        for (const even of ['cos', 'cosh']) expect(of(even, y)).toBe(of(even));
        expect(new Set([of('sin'), of('cos'), of('exp'), of('sinh'), of('cosh')]).size).toBe(5);
      }),
      { seed: 81, numRuns: 300 },
    );
    expect(relatedResidues('erf', one)).toBeUndefined();
  });
});

const related = ['sin', 'cos', 'tan', 'exp', 'sinh', 'cosh', 'tanh', 'sigmoid', 'expm1'] as const;

describe('a Program read and written', () => {
  it('is the same function of functions, whatever their signs', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...related, 'neg', 'atan', 'erf'), { minLength: 1, maxLength: 4 }),
        fc.double({ min: -0.9, max: 0.9, noNaN: true }),
        (names, x) => {
          const lines = names.map((name, k) => `v${k + 1} = ${name} ${k === 0 ? 'a' : `v${k}`}`);
          const last = `v${names.length}`;
          const square = `v${names.length + 1} = mul ${last} a`;
          const outs = `out x = ${last}\nout y = v${names.length + 1}\n`;
          const program = parseProgram(`program p\nin a\n${lines.join('\n')}\n${square}\n${outs}`);
          const written = writeProgram(program, takeSnapshot(readProgram(program, [[x]])));
          expect(largestError(program, written, [[x], [0.3], [-0.7]])).toBeLessThan(1e-13);
        },
      ),
      { seed: 82, numRuns: 2000 },
    );
  });
});
