import { describe, expect, it } from 'vitest';

import { parseNotation, printNotation } from '../../src/graph/notation.ts';
import { unit, variable } from '../../src/graph/partial.ts';
import { UserError } from '../../src/support/user-error.ts';
import type { Shape } from '../../src/program/types.ts';
import type { Coefficient, ElementalPartial } from '../../src/graph/types.ts';

function parse(text: string, to: Shape, from: Shape): ElementalPartial {
  const coefficient = (hasIndices: boolean): Coefficient => (hasIndices ? variable : unit());
  return parseNotation(text, { to, from, coefficient });
}

function codeOf(text: string, to: Shape, from: Shape): string {
  try {
    parse(text, to, from);
  } catch (error) {
    if (error instanceof UserError) return error.code;
    throw error;
  }
  return 'taken';
}

describe('index notation', () => {
  it.each([
    ['i|i|i', [3], [3], [3]],
    ['ij|j|', [2, 3], [3], [2, 3]],
    ['i|ij|', [2], [2, 3], [2, 3]],
    ['ij|ik|kj', [2, 4], [2, 3], [2, 4, 3]],
    ['||', [], [], []],
    ['|i|i', [], [5], [5]],
    ['i|i+2|', [3], [9], [3]],
    ['i+4|i|', [9], [3], [3]],
    ['i+0|i|i', [9], [3], [3]],
    ['(ij)|ij|', [6], [2, 3], [2, 3]],
    ['ij|(ij)|j', [2, 3], [6], [2, 3]],
    ['ii|i|', [4, 4], [4], [4]],
  ] as const)('%s has one size an index and prints as it was read', (text, to, from, sizes) => {
    const partial = parse(text, to, from);
    expect(partial.sizes).toEqual(sizes);
    const printed = printNotation(partial, { to, from });
    expect(parse(printed, to, from)).toEqual(partial);
  });

  it('prints matrix products with letters by first appearance', () => {
    expect(printNotation(parse('ab|cb|ac', [2, 4], [3, 4]), { to: [2, 4], from: [3, 4] })).toBe(
      'ij|kj|ik',
    );
  });

  it('reads the same partial whatever the letters are', () => {
    expect(parse('pq|p|q', [2, 3], [2])).toEqual(parse('ij|i|j', [2, 3], [2]));
  });

  it('takes spaces between the parts', () => {
    expect(parse(' i j | j | i ', [2, 3], [3])).toEqual(parse('ij|j|i', [2, 3], [3]));
  });

  it.each([
    ['i|i', [3], [3], 'notation-syntax'],
    ['i|i|i|i', [3], [3], 'notation-syntax'],
    ['i-1|i|', [3], [3], 'notation-syntax'],
    ['1|i|', [3], [3], 'notation-syntax'],
    ['(i|i|', [3], [3], 'notation-syntax'],
    ['i)|i|', [3], [3], 'notation-syntax'],
    ['((i))|i|', [3], [3], 'notation-syntax'],
    ['(i+1j)|ij|', [6], [2, 3], 'notation-syntax'],
    ['ij|i|', [3], [3], 'notation-rank'],
    ['i|ij|', [3], [3], 'notation-rank'],
    ['i|i|', [3], [4], 'notation-size'],
    ['i|i+9|', [3], [9], 'notation-size'],
    ['(ij)|ij|', [7], [2, 3], 'notation-size'],
    ['(ij)|(ij)|', [6], [6], 'notation-size'],
    ['i|i|k', [3], [3], 'notation-value'],
    ['i|i|ii', [3], [3], 'notation-value'],
    ['i|i|+', [3], [3], 'notation-value'],
  ] as const)('refuses %s on %j from %j', (text, to, from, code) => {
    expect(codeOf(text, to, from)).toBe(code);
  });
});
