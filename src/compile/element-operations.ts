/** How much a Program does, by shapes alone. */
import { elementCount } from '../program/shapes.ts';
import { primitiveNamed } from '../program/primitives.ts';
import type { Equation, Program } from '../program/types.ts';
import { shapeOf } from './shapes.ts';

/**
 * Operations on elements that a Program does: results of element-wise equations, products of products
 * of tensors, terms of sums and extremes; moves are none. O(equations).
 */
export function elementOperations(program: Program): number {
  return program.equations.reduce((sum, equation) => sum + operationsOf(program, equation), 0);
}

function operationsOf(
  program: Program,
  { primitive, operands, parameters, type }: Equation,
): number {
  const entry = primitiveNamed(primitive);
  if (entry.class === 'variadic') return operands.length;
  if (entry.class === 'elementwise') return elementCount(type.shape);
  const structure = entry.structure(
    operands.map((operand) => shapeOf(program, operand)),
    parameters,
  );
  const blocks =
    structure.kind === 'linear'
      ? structure.blocks
      : [structure.kind === 'extreme' ? structure.block : structure];
  return blocks.reduce((sum, { sizes }) => {
    const terms = elementCount(sizes);
    const isMove = structure.kind === 'linear' && terms <= elementCount(type.shape);
    return sum + (isMove ? 0 : terms);
  }, 0);
}
