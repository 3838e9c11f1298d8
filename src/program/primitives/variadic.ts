/** Sums, inner products and extremes of any number of scalars, one vertex each. */
import type { VariadicPrimitive } from '../primitive.ts';
import { literal } from '../values.ts';
import { at } from './define.ts';

const sumOf: VariadicPrimitive = {
  class: 'variadic',
  name: 'sumOf',
  summary: 'x₁ + x₂ + …',
  parameters: [],
  evaluate: (operands) => operands.reduce((sum, x) => sum + x),
  partial: () => literal(1),
  javascript: (operands) => `(${operands.join(' + ')})`,
};

const dotOf: VariadicPrimitive = {
  class: 'variadic',
  name: 'dotOf',
  summary: 'x₁ · y₁ + x₂ · y₂ + …, operands x₁, x₂, …, y₁, y₂, …',
  parameters: [],
  countFault: (operands) => (operands % 2 === 0 ? undefined : 'takes pairs of operands'),
  evaluate: (operands) => {
    const half = operands.length / 2;
    let sum = at(operands, 0) * at(operands, half);
    for (let k = 1; k < half; k += 1) sum += at(operands, k) * at(operands, half + k);
    return sum;
  },
  partial: ({ operands }, place) => {
    const half = operands.length / 2;
    return at(operands, place < half ? place + half : place - half);
  },
  javascript: (operands) => {
    const half = operands.length / 2;
    const terms = operands.slice(0, half).map((x, k) => `${x} * ${at(operands, half + k)}`);
    return `(${terms.join(' + ')})`;
  },
};

/** Operands that are the extreme share the derivative equally, as those of reduceMax do. */
function extremeOf(
  name: 'maxOf' | 'minOf',
  summary: string,
  choose: (...numbers: number[]) => number,
): VariadicPrimitive {
  return {
    class: 'variadic',
    name,
    summary,
    parameters: [],
    evaluate: (operands) => choose(...operands),
    partial: ({ m, operands, result }, place) => {
      const chosen = operands.map((operand) => m.eq(operand, result));
      return m.div(
        at(chosen, place),
        chosen.reduce((count, each) => m.add(count, each)),
      );
    },
    javascript: (operands) => `Math.${choose.name}(${operands.join(', ')})`,
  };
}

const maxOf = extremeOf('maxOf', 'the largest of x₁, x₂, …', Math.max);
const minOf = extremeOf('minOf', 'the smallest of x₁, x₂, …', Math.min);

export const variadic: readonly VariadicPrimitive[] = [sumOf, dotOf, maxOf, minOf];
