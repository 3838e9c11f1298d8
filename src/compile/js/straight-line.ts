/**
 * The body of the loop over points for a scalar Program: one `const` an equation, in the Program's
 * order. Linear in the number of equations.
 */
import { primitiveNamed } from '../../program/primitives.ts';
import type { Operand, Program } from '../../program/types.ts';
import { numberText } from './text.ts';

/** A scalar operand as an expression. */
export function operandText(operand: Operand): string {
  if (operand.kind === 'value') return `v${operand.id}`;
  const [value] = operand.data;
  if (value === undefined) throw new Error('a scalar literal without a number');
  return numberText(value);
}

/** One statement an equation. */
export function straightLine({ inputs, equations }: Program): string[] {
  return equations.map(({ primitive, operands, parameters }, index) => {
    const entry = primitiveNamed(primitive);
    if (entry.class === 'structural') throw new Error(`${primitive} is no scalar primitive`);
    const text = entry.javascript(operands.map(operandText), parameters);
    return `const v${inputs.length + index} = ${text};`;
  });
}
