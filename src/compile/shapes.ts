/** Shapes of a Program's operands. */
import { primitiveNamed } from '../program/primitives.ts';
import { hasTensors } from '../program/shapes.ts';
import type { Operand, Program, Shape } from '../program/types.ts';

/** Whether a Program has tensors, or primitives on tensors that are applied to scalars. */
export function takesTensors(program: Program): boolean {
  return (
    hasTensors(program) ||
    program.equations.some(({ primitive }) => primitiveNamed(primitive).class === 'structural')
  );
}

/** Shape of any operand of a Program. */
export function shapeOf({ inputs, equations }: Program, operand: Operand): Shape {
  if (operand.kind === 'literal') return operand.shape;
  const made = inputs[operand.id] ?? equations[operand.id - inputs.length];
  if (made === undefined) throw new Error(`value ${operand.id} does not exist`);
  return made.type.shape;
}
