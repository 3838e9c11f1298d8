/** The JavaScript target: double precision on any engine, no build step. */
import { simplify } from '../../program/simplify.ts';
import { elementCount } from '../../program/shapes.ts';
import type { Program } from '../../program/types.ts';
import { InputChecks, requireCapacity, requirePrecision } from '../inputs.ts';
import { shapeOf } from '../shapes.ts';
import type {
  CompiledProgram,
  CompileOptions,
  PointKernel,
  ProgramKernel,
  Target,
} from '../types.ts';
import { generateJavaScript } from './generate.ts';
import { helperNamed } from './helpers.ts';

/** A Program as JavaScript functions. */
export interface CompiledJavaScript extends CompiledProgram {
  readonly target: 'js';
  /** The text of a complete ES module: `inputs`, `outputs`, their shapes, `point` and `batch`. */
  readonly source: string;
  /** The Program that the code was made from: simplified, unless that was not wanted. */
  readonly program: Program;
  batch(inputs: readonly ArrayLike<number>[], count: number): Float64Array[];
}

/** What the generated function body returns. */
interface GeneratedFunctions {
  /** Of a scalar Program; with axes, `batch` is called instead. */
  point(...inputs: readonly number[]): number[];
  batch(inputs: readonly ArrayLike<number>[], count: number): Float64Array[];
  /** The loop of `batch`: results go to arrays that are there. */
  fill(inputs: readonly ArrayLike<number>[], count: number, results: readonly Float64Array[]): void;
}

/**
 * Compiles a Program to JavaScript, simplified first unless `strict` or told not to.
 * @throws UserError `target-precision`; `batch` and `point` throw `input-count` and `batch-length`
 *   where what they are given doesn't fit the inputs
 */
export function compileJavaScript(
  program: Program,
  { strict = false, simplify: simplified = !strict, precision = 'f64' }: CompileOptions = {},
): CompiledJavaScript {
  requirePrecision(javascriptTarget, precision);
  const compiled = simplified ? simplify(program) : program;
  const generated = generateJavaScript(compiled);
  const functions = evaluateBody(generated.body, generated.helpers);
  const checks = new InputChecks(program);
  const outputShapes = compiled.outputs.map(({ operand }) => shapeOf(compiled, operand));
  const outputLengths = outputShapes.map(elementCount);
  return {
    target: 'js',
    precision: 'f64',
    fusedMultiplyAdd: false,
    inputs: checks.names,
    outputs: program.outputs.map(({ name }) => name),
    source: generated.module,
    usage:
      'an ES module: `point` takes a number or array an input, `batch` arrays of points and their count',
    outputShapes,
    program: compiled,
    point: (point) => {
      checks.requirePoint(point);
      if (!generated.hasAxes) return functions.point(...point);
      return functions.batch(checks.split(point), 1).flatMap((result) => [...result]);
    },
    batch: (columns, count) => {
      checks.requireBatch(columns, count);
      return functions.batch(columns, count);
    },
    prepare: (capacity) => prepareKernel(functions, checks, outputLengths, capacity),
    preparePoint: () => preparePoint(functions, checks, outputLengths),
    dispose: () => undefined,
  };
}

/** The layout is that of the contract, so loading copies and nothing is moved about. */
function prepareKernel(
  functions: GeneratedFunctions,
  checks: InputChecks,
  outputLengths: readonly number[],
  capacity: number,
): ProgramKernel {
  const columns = checks.lengths.map((length) => new Float64Array(capacity * length));
  const results = outputLengths.map((length) => new Float64Array(capacity * length));
  let loaded = 0;
  return {
    capacity,
    load: (inputs, count) => {
      requireCapacity(count, capacity);
      checks.requireBatch(inputs, count);
      columns.forEach((column, index) => {
        const given = inputs[index] ?? [];
        const length = count * (checks.lengths[index] ?? 1);
        for (let k = 0; k < length; k += 1) column[k] = given[k] ?? NaN;
      });
      loaded = count;
    },
    run: () => {
      functions.fill(columns, loaded, results);
    },
    read: () =>
      results.map((result, index) => result.slice(0, loaded * (outputLengths[index] ?? 1))),
    bytesMoved: () =>
      8 * loaded * (checks.total + outputLengths.reduce((sum, length) => sum + length, 0)),
    dispose: () => undefined,
  };
}

function preparePoint(
  functions: GeneratedFunctions,
  checks: InputChecks,
  outputLengths: readonly number[],
): PointKernel {
  const slices = (all: Float64Array, lengths: readonly number[]): Float64Array[] => {
    let next = 0;
    return lengths.map((length) => all.subarray(next, (next += length)));
  };
  const inputs = new Float64Array(checks.total);
  const outputs = new Float64Array(outputLengths.reduce((sum, length) => sum + length, 0));
  const columns = slices(inputs, checks.lengths);
  const results = slices(outputs, outputLengths);
  return {
    inputs,
    outputs,
    run: () => {
      functions.fill(columns, 1, results);
    },
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
  kind: 'immediate',
  name: 'js',
  summary: 'JavaScript, double precision, any engine',
  precisions: ['f64'],
  exported: { summary: 'values and Jacobian as a JavaScript module', binary: false },
  compile: compileJavaScript,
};
