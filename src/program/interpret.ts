/**
 * Evaluates Programs, equation by equation and element by element, over any kind of number: doubles
 * by default, dual numbers where derivatives are wanted that do not come from the partial rules.
 * O(elements computed).
 */
import { UserError } from '../support/user-error.ts';
import { type Arithmetic, doubles } from './arithmetic.ts';
import { evaluateStructure } from './evaluate-structure.ts';
import { primitiveNamed } from './primitives.ts';
import { broadcastTensor, elementAt, elementCount, printShape, sameShape } from './shapes.ts';
import type { Equation, Operand, Program, Tensor } from './types.ts';

/**
 * Evaluates a Program in doubles.
 * @param inputs one tensor an input, of its shape
 * @returns one tensor an output
 * @throws UserError input-count, input-shape
 */
export function interpret(program: Program, inputs: readonly Tensor[]): Tensor[] {
  return interpretWith(program, inputs, doubles);
}

/**
 * Evaluates a Program over any kind of number.
 * @param inputs one tensor an input, of its shape
 * @returns one tensor an output
 * @throws UserError input-count, input-shape
 */
export function interpretWith<T>(
  program: Program,
  inputs: readonly Tensor<T>[],
  arithmetic: Arithmetic<T>,
): Tensor<T>[] {
  const values = interpretValues(program, inputs, arithmetic);
  return program.outputs.map(({ operand }) => tensorOf(operand, values, arithmetic));
}

/**
 * All values of a Program by their ids: the inputs, then one for each equation.
 * @throws UserError input-count, input-shape
 */
export function interpretValues<T>(
  program: Program,
  inputs: readonly Tensor<T>[],
  arithmetic: Arithmetic<T>,
): Tensor<T>[] {
  const values = checkedInputs(program, inputs);
  for (const equation of program.equations) {
    const operands = equation.operands.map((operand) => tensorOf(operand, values, arithmetic));
    values.push(interpretEquation(equation, operands, arithmetic));
  }
  return values;
}

/** The value of one equation. Here the classes of primitives part. */
export function interpretEquation<T>(
  equation: Equation,
  operands: readonly Tensor<T>[],
  arithmetic: Arithmetic<T>,
): Tensor<T> {
  const primitive = primitiveNamed(equation.primitive);
  if (primitive.class !== 'structural') return evaluateElementwise(equation, operands, arithmetic);
  const structure = primitive.structure(
    operands.map(({ shape }) => shape),
    equation.parameters,
  );
  return evaluateStructure(structure, operands, arithmetic);
}

function evaluateElementwise<T>(
  { primitive, type: { shape }, parameters }: Equation,
  operands: readonly Tensor<T>[],
  arithmetic: Arithmetic<T>,
): Tensor<T> {
  const full = operands.map((operand) => broadcastTensor(operand, shape));
  const data = Array.from({ length: elementCount(shape) }, (_, position) =>
    arithmetic.apply(
      primitive,
      full.map((operand) => elementAt(operand, position)),
      parameters,
    ),
  );
  return { shape, data };
}

function tensorOf<T>(
  operand: Operand,
  values: readonly Tensor<T>[],
  arithmetic: Arithmetic<T>,
): Tensor<T> {
  if (operand.kind === 'literal') {
    return { shape: operand.shape, data: operand.data.map((x) => arithmetic.literal(x)) };
  }
  const value = values[operand.id];
  if (value === undefined) throw new Error(`value ${operand.id} is used before it exists`);
  return value;
}

function checkedInputs<T>(
  { name: program, inputs: expected }: Program,
  given: readonly Tensor<T>[],
): Tensor<T>[] {
  if (given.length !== expected.length) {
    throw new UserError({
      code: 'input-count',
      message: `${program} has ${expected.length} inputs, got ${given.length}`,
    });
  }
  return given.map((tensor, index) => {
    const { name, type } = expected[index] ?? { name: '', type: { shape: [] } };
    if (!sameShape(tensor.shape, type.shape) || tensor.data.length !== elementCount(type.shape)) {
      throw new UserError({
        code: 'input-shape',
        message:
          `the input ${name} of ${program} has the shape ${printShape(type.shape)}, got ` +
          `${printShape(tensor.shape)} with ${tensor.data.length} elements`,
      });
    }
    return tensor;
  });
}
