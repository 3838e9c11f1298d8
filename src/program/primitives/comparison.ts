/** Comparisons, which are 1 or 0 and carry no derivative, and the choice between two values. */
import type { BinaryName, ElementwisePrimitive, PartialContext } from '../primitive.ts';
import type { Operand } from '../types.ts';
import { at, binary } from './define.ts';

function comparison(
  name: BinaryName & ('lt' | 'le' | 'gt' | 'ge' | 'eq' | 'ne'),
  sign: string,
  holds: (x: number, y: number) => boolean,
): ElementwisePrimitive {
  return binary(name, {
    summary: `1 if x ${sign} y, else 0`,
    kind: 'boolean',
    commutative: name === 'eq' || name === 'ne',
    evaluate: (x, y) => (holds(x, y) ? 1 : 0),
    javascript: (x, y) => `(${x} ${sign} ${y} ? 1 : 0)`,
    partials: [null, null],
  });
}

/**
 * The partials of `where` are 1 for the branch taken and 0 for the other: a derivative of the other
 * branch that is not finite gives NaN, as in JAX, so choose a harmless operand before the function.
 */
const where: ElementwisePrimitive = {
  class: 'elementwise',
  name: 'where',
  arity: 3,
  summary: 'the second operand if the first is not 0, else the third',
  kind: 'real',
  parameters: [],
  commutative: false,
  evaluate: (operands) => (at(operands, 0) !== 0 ? at(operands, 1) : at(operands, 2)),
  partials: [
    null,
    ({ m, operands }: PartialContext): Operand => m.ne(at(operands, 0), 0),
    ({ m, operands }: PartialContext): Operand => m.eq(at(operands, 0), 0),
  ],
  javascript: (operands) => `(${at(operands, 0)} !== 0 ? ${at(operands, 1)} : ${at(operands, 2)})`,
};

/** Everything that decides. */
export const comparisons = [
  comparison('lt', '<', (x, y) => x < y),
  comparison('le', '<=', (x, y) => x <= y),
  comparison('gt', '>', (x, y) => x > y),
  comparison('ge', '>=', (x, y) => x >= y),
  comparison('eq', '===', (x, y) => x === y),
  comparison('ne', '!==', (x, y) => x !== y),
  where,
];
