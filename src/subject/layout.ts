/**
 * Where the elements of a function's tensors stand among the inputs and outputs of the Program that
 * is accumulated: at tensor granularity each tensor is one, at scalar granularity each element.
 */
import { elementCount } from '../program/shapes.ts';
import type { Program, Shape, Tensor } from '../program/types.ts';
import type { FunctionSubject } from './types.ts';

/** The shapes of a Program's outputs. */
export function outputShapes({ inputs, equations, outputs }: Program): Shape[] {
  return outputs.map(({ operand }) => {
    if (operand.kind === 'literal') return operand.shape;
    const type = inputs[operand.id]?.type ?? equations[operand.id - inputs.length]?.type;
    if (type === undefined) throw new Error(`value ${operand.id} does not exist`);
    return type.shape;
  });
}

/** A point of the function as inputs of `subject.linearisation().program`. */
export function pointInLayout(
  { granularity }: FunctionSubject,
  point: readonly Tensor[],
): readonly Tensor[] {
  if (granularity === 'tensor') return point;
  return point.flatMap(({ data }) => data.map((x): Tensor => ({ shape: [], data: [x] })));
}

/** What a Jacobian Program with values gave, as tensors of the function. */
export interface TensorResults {
  /** One an output. */
  readonly values: readonly Tensor[];
  /** `jacobian[output][input]`, of shape [...output, ...input]. */
  readonly jacobian: readonly (readonly Tensor[])[];
}

/**
 * Reads the outputs of a Jacobian Program (values first, then entries row-major) of the subject.
 * @param results the numbers of each output
 */
export function resultsFromLayout(
  subject: FunctionSubject,
  results: readonly ArrayLike<number>[],
): TensorResults {
  const program = subject.program();
  const outputs = outputShapes(program);
  const inputs = program.inputs.map(({ type }) => type.shape);
  // At tensor granularity every tensor is one piece.
  const pieces = (shape: Shape): number =>
    subject.granularity === 'tensor' ? 1 : elementCount(shape);
  const starts = (shapes: readonly Shape[]): number[] => {
    const found = [0];
    for (const shape of shapes) found.push((found.at(-1) ?? 0) + pieces(shape));
    return found;
  };
  const [rows, columns] = [starts(outputs), starts(inputs)];
  const height = rows.at(-1) ?? 0;
  const width = columns.at(-1) ?? 0;
  const piece = (index: number): number[] => [...Array.from(results[index] ?? [])];
  const range = (bounds: readonly number[], index: number): number[] => {
    const start = bounds[index] ?? 0;
    return Array.from({ length: (bounds[index + 1] ?? start) - start }, (_, k) => start + k);
  };
  return {
    values: outputs.map((shape, output) => ({
      shape,
      data: range(rows, output).flatMap(piece),
    })),
    jacobian: outputs.map((shape, output) =>
      inputs.map((inputShape, input) => ({
        shape: [...shape, ...inputShape],
        data: range(rows, output).flatMap((row) =>
          range(columns, input).flatMap((column) => piece(height + row * width + column)),
        ),
      })),
    ),
  };
}
