/**
 * Weighted operations of a Program of scalars as it stands, equation by equation: multiplication,
 * addition and negation 1 each, division and square root 6, everything else 0. Powers count as the
 * products that they are written with, and as a reciprocal where they are negative. It knows nothing
 * of interned values, so that it checks what `compiled` counts.
 */
import { primitiveNamed } from '../program/primitives.ts';
import { integerExponent } from '../program/primitives/powers.ts';
import type { Equation, Program } from '../program/types.ts';

/**
 * Counts.
 * @throws Error where the Program has tensors
 */
export function weightedOperations(program: Program): number {
  return program.equations.reduce((sum, equation) => sum + equationWeight(equation), 0);
}

function equationWeight({ primitive, operands, parameters, type }: Equation): number {
  if (primitiveNamed(primitive).class === 'structural' || type.shape.length > 0) {
    throw new Error(`${primitive} gives a tensor; weights are those of scalars`);
  }
  switch (primitive) {
    case 'add':
    case 'sub':
    case 'mul':
    case 'neg':
      return 1;
    case 'div':
    case 'sqrt':
      return 6;
    case 'sumOf':
    case 'dotOf':
      return operands.length - 1;
    case 'integerPow': {
      const exponent = integerExponent(parameters);
      const digits = Math.abs(exponent).toString(2);
      const products = digits.length - 1 + digits.slice(1).replaceAll('0', '').length;
      return products + (exponent < 0 ? 6 : 0);
    }
    default:
      return 0;
  }
}
