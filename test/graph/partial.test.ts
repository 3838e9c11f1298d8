import { describe, expect, it } from 'vitest';

import { elementwiseBlock } from '../../src/graph/local-partials.ts';
import { printNotation } from '../../src/graph/notation.ts';
import {
  addCoefficients,
  coefficientOf,
  constant,
  multiplyCoefficients,
  unit,
  variable,
} from '../../src/graph/partial.ts';
import type { Shape } from '../../src/program/types.ts';

describe('coefficients', () => {
  it('makes ±1 units and other numbers constants', () => {
    expect([1, -1, 2, 0].map((value) => coefficientOf(value).kind)).toEqual([
      'unit',
      'unit',
      'constant',
      'constant',
    ]);
  });

  it('sums units to a constant, even where they cancel', () => {
    expect(addCoefficients(unit(1), unit(1))).toEqual(constant(2));
    expect(addCoefficients(unit(1), unit(-1))).toEqual(constant(0));
  });

  it('forgets a number where one of the two is not known', () => {
    expect(addCoefficients(constant(), unit(1))).toEqual(constant());
    expect(multiplyCoefficients(constant(), constant(3))).toEqual(constant());
  });

  it('gives the larger class to products and sums', () => {
    expect(multiplyCoefficients(unit(-1), unit(-1))).toEqual(unit(1));
    expect(multiplyCoefficients(unit(-1), constant(3))).toEqual(constant(-3));
    expect(multiplyCoefficients(constant(2), variable)).toEqual(variable);
    expect(addCoefficients(unit(), variable)).toEqual(variable);
  });
});

describe('partials of element-wise equations', () => {
  const notation = (result: Shape, operand: Shape, value: Shape): string =>
    printNotation(
      { ...elementwiseBlock(result, operand, value), coefficient: variable },
      {
        to: result,
        from: operand,
      },
    );

  it('ties equal axes and stores what the value really depends on', () => {
    expect(notation([3], [3], [3])).toBe('i|i|i');
    expect(notation([2, 3], [3], [2, 3])).toBe('ij|j|ij');
    expect(notation([2, 3], [2, 3], [3])).toBe('ij|ij|j');
    expect(notation([2, 3], [2, 3], [2, 1])).toBe('ij|ij|i');
    expect(notation([2, 3], [], [2, 3])).toBe('ij||ij');
    expect(notation([3], [3], [])).toBe('i|i|');
  });

  it('gives a broadcast axis of length 1 an index of its own', () => {
    expect(notation([2, 3], [2, 1], [3])).toBe('ij|ik|j');
  });
});
