/** The JavaScript target: double precision on any engine, no build step. */
import { simplify } from '../../program/simplify.ts';
import type { Program } from '../../program/types.ts';
import { UserError } from '../../support/user-error.ts';
import type { CompiledProgram, CompileOptions, Target } from '../types.ts';
import { generateJavaScript } from './generate.ts';
import { helperNamed } from './helpers.ts';

/** A Program as JavaScript functions. */
export interface CompiledJavaScript extends CompiledProgram {
  readonly target: 'js';
  /** The text of a complete ES module that exports `inputs`, `outputs`, `point` and `batch`. */
  readonly source: string;
  /** The Program that the code was made from: simplified, unless `strict`. */
  readonly program: Program;
  /**
   * Evaluates one point.
   * @param inputs one number an input
   * @returns one number an output
   */
  point(inputs: readonly number[]): number[];
}

/** What the generated function body returns. */
interface GeneratedFunctions {
  point(...inputs: readonly number[]): number[];
  batch(inputs: readonly ArrayLike<number>[], count: number): Float64Array[];
}

/**
 * Compiles a scalar Program to JavaScript, simplified first unless `strict`.
 * @throws UserError `compile-tensor` where a value has axes; `batch` and `point` throw
 *   `input-count` and `batch-length` where what they are given doesn't fit the inputs
 */
export function compileJavaScript(
  program: Program,
  { strict = false }: CompileOptions = {},
): CompiledJavaScript {
  const compiled = strict ? program : simplify(program);
  const { module: source, body, helpers } = generateJavaScript(compiled);
  const functions = evaluateBody(body, helpers);
  const inputs = program.inputs.map(({ name }) => name);

  const requireInputs = (count: number): void => {
    if (count === inputs.length) return;
    throw new UserError({
      code: 'input-count',
      message: `${program.name} takes ${inputs.length} inputs (${inputs.join(', ')}), got ${count}`,
    });
  };
  return {
    target: 'js',
    inputs,
    outputs: program.outputs.map(({ name }) => name),
    source,
    program: compiled,
    point: (point) => {
      requireInputs(point.length);
      return functions.point(...point);
    },
    batch: (columns, count) => {
      requireInputs(columns.length);
      columns.forEach((column, index) => {
        if (column.length >= count) return;
        throw new UserError({
          code: 'batch-length',
          message: `A batch of ${count} points needs as many numbers for each input, got ${column.length}`,
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
