/** The JavaScript target: double precision on any engine, no build step. */
import { simplify } from '../../program/simplify.ts';
import { elementCount } from '../../program/shapes.ts';
import type { Program, Shape } from '../../program/types.ts';
import { UserError } from '../../support/user-error.ts';
import type { CompiledProgram, CompileOptions, Target } from '../types.ts';
import { generateJavaScript } from './generate.ts';
import { helperNamed } from './helpers.ts';
import { shapeOf } from './places.ts';

/** A Program as JavaScript functions. */
export interface CompiledJavaScript extends CompiledProgram {
  readonly target: 'js';
  /** The text of a complete ES module: `inputs`, `outputs`, their shapes, `point` and `batch`. */
  readonly source: string;
  /** Shape of each output. */
  readonly outputShapes: readonly Shape[];
  /** The Program that the code was made from: simplified, unless `strict`. */
  readonly program: Program;
  /**
   * Evaluates one point.
   * @param inputs the elements of all inputs in a row: one number an input of a scalar Program
   * @returns the elements of all outputs in a row
   */
  point(inputs: readonly number[]): number[];
}

/** What the generated function body returns. */
interface GeneratedFunctions {
  /** Of a scalar Program; with axes, `batch` is called instead. */
  point(...inputs: readonly number[]): number[];
  batch(inputs: readonly ArrayLike<number>[], count: number): Float64Array[];
}

/**
 * Compiles a Program to JavaScript, simplified first unless `strict`.
 * @throws UserError: `batch` and `point` throw `input-count` and `batch-length` where what they are
 *   given doesn't fit the inputs
 */
export function compileJavaScript(
  program: Program,
  { strict = false }: CompileOptions = {},
): CompiledJavaScript {
  const compiled = strict ? program : simplify(program);
  const generated = generateJavaScript(compiled);
  const functions = evaluateBody(generated.body, generated.helpers);
  const inputs = program.inputs.map(({ name }) => name);

  const shapes = program.inputs.map(({ type }) => type.shape);
  const lengths = shapes.map(elementCount);
  const total = lengths.reduce((sum, length) => sum + length, 0);

  const requireInputs = (given: number, wanted: number, what: string): void => {
    if (given === wanted) return;
    throw new UserError({
      code: 'input-count',
      message: `${program.name} takes ${wanted} ${what} (${inputs.join(', ')}), got ${given}`,
    });
  };
  const { hasAxes } = generated;
  /** Cuts the elements of all inputs apart. */
  const split = (point: readonly number[]): (readonly number[])[] => {
    let next = 0;
    return lengths.map((length) => point.slice(next, (next += length)));
  };
  return {
    target: 'js',
    inputs,
    outputs: program.outputs.map(({ name }) => name),
    source: generated.module,
    outputShapes: compiled.outputs.map(({ operand }) => shapeOf(compiled, operand)),
    program: compiled,
    point: (point) => {
      requireInputs(point.length, total, total === inputs.length ? 'inputs' : 'numbers');
      if (!hasAxes) return functions.point(...point);
      return functions.batch(split(point), 1).flatMap((result) => [...result]);
    },
    batch: (columns, count) => {
      requireInputs(columns.length, inputs.length, 'inputs');
      columns.forEach((column, index) => {
        const length = lengths[index] ?? 1;
        if (column.length >= count * length) return;
        const each = length === 1 ? 'as many numbers' : `${length} numbers a point`;
        throw new UserError({
          code: 'batch-length',
          message: `A batch of ${count} points needs ${each} for each input, got ${column.length}`,
          at: `input ${inputs[index] ?? String(index)}`,
        });
      });
      return functions.batch(columns, count);
    },
    dispose: () => undefined,
  };
}

function evaluateBody(body: string, helpers: readonly string[]): GeneratedFunctions {
  // The text has no other identifiers than those generate.ts makes and the helpers named here.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const make = new Function(...helpers, body) as (
    ...values: readonly ((...operands: number[]) => number)[]
  ) => GeneratedFunctions;
  return make(...helpers.map(helperNamed));
}

/** Entry of the list of targets. */
export const javascriptTarget: Target = {
  name: 'js',
  summary: 'JavaScript, double precision, any engine',
  compile: compileJavaScript,
};
