/** Runs a function on symbols and writes down what it does: a TypeScript function becomes a Program. */
import { UserError } from '../support/user-error.ts';
import { ProgramBuilder } from './builder.ts';
import { describe, operandIn, type Trace } from './recording.ts';
import { Traced, type Value } from './traced.ts';
import type { Operand, Program, Shape } from './types.ts';
import { realType } from './values.ts';

export { Traced, type Value } from './traced.ts';

/** What a traced function may return: one value, or an array or object of values. */
export type TraceResult = Value | readonly Value[] | Readonly<Record<string, Value>>;

/** Settings of `trace`. */
export interface TraceOptions {
  /** Name of the Program; the function's own if left out. */
  readonly name?: string;
}

/** A traced value in place of each shape. */
export type TracedInputs<Shapes extends Readonly<Record<string, Shape>>> = {
  -readonly [K in keyof Shapes]: Traced;
};

/** A list of as many traced values as there are shapes. */
export type TracedArguments<Shapes extends readonly Shape[]> = {
  -readonly [K in keyof Shapes]: Traced;
};

/**
 * Traces a function of separate arguments, or of one object:
 *
 *     trace((x, y) => x.mul(y).add(1), [[], [3]]);
 *     trace(({ x, y }) => ({ a: sin(x), b: y }), { x: [], y: [3] });
 *
 * Inputs are named by the object's keys, or i1, i2, … Outputs are named by the keys of the object
 * or the indices of the array that `f` returns, or `out` if it returns one value. An output may be
 * an input, a number, or the same value as another.
 *
 * `f` is called once; the Program has the equations in the order in which `f` applies operations.
 * @param shapes lengths of the axes of each input; `[]` is a scalar
 * @throws UserError trace-shape, trace-arguments, trace-result, trace-mixed, and what `f` throws
 */
export function trace<const S extends readonly Shape[]>(
  f: (...inputs: TracedArguments<S>) => TraceResult,
  shapes: S,
  options?: TraceOptions,
): Program;
export function trace<const S extends Readonly<Record<string, Shape>>>(
  f: (inputs: TracedInputs<S>) => TraceResult,
  shapes: S,
  options?: TraceOptions,
): Program;
export function trace(
  f: (...inputs: never) => TraceResult,
  shapes: readonly Shape[] | Readonly<Record<string, Shape>>,
  options: TraceOptions = {},
): Program {
  const builder = new ProgramBuilder(options.name ?? (f.name === '' ? 'f' : f.name));
  const running: Trace = { builder, open: true };
  const input = (name: string, shape: Shape): Traced => {
    checkShape(name, shape);
    return new Traced(running, builder.input(name, realType([...shape])));
  };
  // The overloads have checked that f takes what the shapes stand for.
  const call = f as (...inputs: readonly unknown[]) => unknown;
  let result: unknown;
  try {
    if (isList(shapes)) {
      if (f.length > shapes.length) {
        throw new UserError({
          code: 'trace-arguments',
          message: `${builder.name} takes ${f.length} arguments, got ${shapes.length} shapes`,
        });
      }
      result = call(...shapes.map((shape, index) => input(`i${index + 1}`, shape)));
    } else {
      // fromEntries defines properties, so that `__proto__` is a name like any other.
      result = call(
        Object.fromEntries(
          Object.entries(shapes).map(([name, shape]) => [name, input(name, shape)]),
        ),
      );
    }
    for (const [name, operand] of outputsOf(running, result)) builder.output(name, operand);
  } finally {
    running.open = false;
  }
  return builder.build();
}

function isList(shapes: readonly Shape[] | Readonly<Record<string, Shape>>): shapes is Shape[] {
  return Array.isArray(shapes);
}

function checkShape(name: string, shape: unknown): void {
  if (
    Array.isArray(shape) &&
    shape.every((length) => Number.isSafeInteger(length) && length >= 0)
  ) {
    return;
  }
  throw new UserError({
    code: 'trace-shape',
    message: `the shape of the input ${name} has to be an array of lengths, [] for a scalar`,
  });
}

function outputsOf(running: Trace, result: unknown): [string, Operand][] {
  if (result instanceof Traced || typeof result === 'number') {
    return [['out', operandIn(running, 'the result', result)]];
  }
  // Array.from turns the holes of an array into undefined, which is refused.
  const entries = Array.isArray(result)
    ? Array.from(result, (value: unknown, index): [string, unknown] => [String(index), value])
    : plainEntries(result);
  if (entries === undefined) throw resultError('it', result);
  return entries.map(([name, value]) => {
    if (!(value instanceof Traced) && typeof value !== 'number') {
      throw resultError(`the value ${JSON.stringify(name)} of it`, value);
    }
    return [name, operandIn(running, 'the result', value)];
  });
}

/** Promises, maps and the like have entries of their own that would be overlooked. */
function plainEntries(result: unknown): [string, unknown][] | undefined {
  const plain = Object.prototype.toString.call(result) === '[object Object]';
  return plain && typeof result === 'object' && result !== null
    ? Object.entries(result)
    : undefined;
}

function resultError(what: string, found: unknown): UserError {
  return new UserError({
    code: 'trace-result',
    message:
      'a traced function returns one value, or an array or object of values (traced values or ' +
      `numbers), but ${what} is ${describe(found)}`,
  });
}
