/** Reading the parameters of structural primitives; wrong kinds are faults of the program. */
import { UserError } from '../support/user-error.ts';
import { printShape } from './shapes.ts';
import type { Parameters, Shape } from './types.ts';

/** A parameter that is a list of integers. */
export function listParameter(parameters: Parameters, name: string): readonly number[] {
  const value = parameters[name];
  if (!isNumberList(value)) throw new Error(`the parameter ${name} has to be a list of integers`);
  return value;
}

/** A parameter that is a list of lists of integers. */
export function listsParameter(
  parameters: Parameters,
  name: string,
): readonly (readonly number[])[] {
  const value = parameters[name];
  if (Array.isArray(value) && value.every(isNumberList)) return value;
  throw new Error(`the parameter ${name} has to be a list of lists of integers`);
}

/** A parameter that is one integer. */
export function integerParameter(parameters: Parameters, name: string): number {
  const value = parameters[name];
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  throw new Error(`the parameter ${name} has to be an integer`);
}

function isNumberList(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every(Number.isInteger);
}

/** An error that names the operation and the shapes it was given. */
export function shapeError(
  operation: string,
  shapes: readonly Shape[],
  problem: string,
): UserError {
  return new UserError({
    code: 'shape-mismatch',
    message: `${operation} of ${shapes.map(printShape).join(' and ')}: ${problem}`,
  });
}

/**
 * Axes in range and without repetition, sorted.
 * @throws UserError shape-mismatch
 */
export function checkedAxes(operation: string, shape: Shape, axes: readonly number[]): number[] {
  const bad = axes.find((axis) => axis < 0 || axis >= shape.length);
  if (bad !== undefined) {
    throw shapeError(
      operation,
      [shape],
      `there is no axis ${bad}; axes are 0 to ${shape.length - 1}`,
    );
  }
  if (new Set(axes).size !== axes.length) {
    throw shapeError(operation, [shape], `an axis is named twice in [${axes.join(', ')}]`);
  }
  return [...axes].sort((a, b) => a - b);
}
