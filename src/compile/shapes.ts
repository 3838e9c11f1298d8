/** Shapes of a Program's operands. */
import type { Operand, Program, Shape } from '../program/types.ts';

/** Shape of any operand of a Program. */
export function shapeOf({ inputs, equations }: Program, operand: Operand): Shape {
  if (operand.kind === 'literal') return operand.shape;
  const made = inputs[operand.id] ?? equations[operand.id - inputs.length];
  if (made === undefined) throw new Error(`value ${operand.id} does not exist`);
  return made.type.shape;
}
