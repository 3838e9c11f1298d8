/**
 * What `jacobian`, `valueAndJacobian` and `hessian` share: tracing the user's function once for
 * each list of argument shapes, compiling once, and checking what the derivative is called with.
 */
import { compileJavaScript, type CompiledJavaScript } from '../compile/js/compile.ts';
import { trace, Traced, type TraceResult } from '../program/trace.ts';
import type { Program, Shape } from '../program/types.ts';
import { nestedFromTensor } from '../subject/tensors.ts';
import { UserError } from '../support/user-error.ts';
import {
  type FlatArgument,
  flatArgument,
  type FlatColumn,
  flatColumn,
  shapesKey,
} from './arguments.ts';
import { structureOf, type ResultStructure } from './result-structure.ts';
import type { DerivativeDetails, NamedShapes } from './types.ts';

/** The user's function, traced. */
export interface TracedFunction {
  readonly program: Program;
  /** Structure of its result. */
  readonly result: ResultStructure;
  /** Structure of its inputs. */
  readonly inputs: ResultStructure;
}

/** How a derivative is computed: a Program with flat outputs, and how they are put together. */
export interface DerivativePlan {
  readonly program: Program;
  readonly multiplications: number;
  /** Puts the result together; `leaf` gives what stands for an output of the Program. */
  build(leaf: (output: number) => unknown): unknown;
}

/** Makes the plan for a traced function. */
export type Planner = (traced: TracedFunction) => DerivativePlan;

interface Prepared extends DerivativeDetails {
  readonly compiled: CompiledJavaScript;
  readonly plan: DerivativePlan;
}

function prepare(traced: TracedFunction, planner: Planner): Prepared {
  const plan = planner(traced);
  const compiled = compileJavaScript(plan.program);
  return {
    compiled,
    plan,
    program: compiled.program,
    source: compiled.source,
    multiplications: plan.multiplications,
  };
}

const details = ({ program, source, multiplications }: Prepared): DerivativeDetails => ({
  program,
  source,
  multiplications,
});

/** A user's function as it comes; the overloads of `jacobian` and its kin have checked its type. */
export type UserFunction = (...inputs: never[]) => unknown;

/** Makes `f` traceable and keeps the structure of what it returns. */
function watchResult(f: UserFunction): {
  readonly run: (...inputs: unknown[]) => TraceResult;
  readonly structure: () => ResultStructure;
} {
  // The tracer checks at run time what the overloads check for TypeScript's users.
  const call = f as (...inputs: unknown[]) => TraceResult;
  let seen: ResultStructure | undefined;
  return {
    run: (...inputs) => {
      const result = call(...inputs);
      seen = structureOf(result, (value) => value instanceof Traced);
      return result;
    },
    structure: () => {
      if (seen === undefined) throw new Error('the function was not traced');
      return seen;
    },
  };
}

function point({ compiled, plan }: Prepared, values: readonly FlatArgument[]): unknown {
  const { outputShapes } = compiled;
  if ([...shapesOf(values), ...outputShapes].every((shape) => shape.length === 0)) {
    const flat = compiled.point(values.map(({ data }) => data[0] ?? NaN));
    return plan.build((output) => flat[output]);
  }
  const results = compiled.batch(
    values.map(({ data }) => data),
    1,
  );
  return plan.build((output) => {
    const shape = outputShapes[output] ?? [];
    const data = results[output] ?? [];
    return shape.length === 0 ? data[0] : nestedFromTensor({ shape, data: [...data] });
  });
}

function batch({ compiled, plan }: Prepared, columns: readonly FlatColumn[]): unknown {
  const count = columns[0]?.count ?? 0;
  columns.forEach((column, index) => {
    if (column.count === count) return;
    throw new UserError({
      code: 'batch-length',
      message: `Every array of a batch has to have as many points: expected ${count}, got ${column.count}`,
      at: `argument ${index + 1}`,
    });
  });
  const flat = compiled.batch(
    columns.map(({ data }) => data),
    count,
  );
  return plan.build((output) => flat[output]);
}

const shapesOf = (values: readonly FlatArgument[]): Shape[] => values.map(({ shape }) => shape);
const scalars = (count: number): Shape[] => Array.from({ length: count }, (): Shape => []);

/**
 * A derivative of a function of separate arguments: a `Derivative`, still without its types.
 * @param given shapes of the arguments; those of what it is called with if left out
 */
export function positionalDerivative(
  f: UserFunction,
  given: readonly Shape[] | undefined,
  name: string | undefined,
  planner: Planner,
): object {
  const byShapes = new Map<string, Prepared>();
  const requireCount = (count: number): void => {
    const wanted = given?.length ?? f.length;
    if (given === undefined ? count >= wanted : count === wanted) return;
    throw new UserError({
      code: 'argument-count',
      message: `${f.name || 'The function'} takes ${wanted} arguments, got ${count}`,
    });
  };
  const withShapes = (shapes: readonly Shape[]): Prepared => {
    const key = shapesKey(shapes);
    const known = byShapes.get(key);
    if (known !== undefined) return known;
    requireCount(shapes.length);
    const watched = watchResult(f);
    const program = trace(watched.run, shapes, { name: name ?? (f.name || 'f') });
    const inputs: ResultStructure = { kind: 'array', length: shapes.length };
    const prepared = prepare({ program, result: watched.structure(), inputs }, planner);
    byShapes.set(key, prepared);
    return prepared;
  };
  const read = <T>(values: readonly unknown[], take: Taker<T>): T[] => {
    requireCount(values.length);
    return values.map((value, index) => take(value, given?.[index], `argument ${index + 1}`));
  };
  const call = (...values: readonly unknown[]): unknown => {
    const flat = read(values, flatArgument);
    return point(withShapes(shapesOf(flat)), flat);
  };
  return withProperties(call, () => withShapes(given ?? scalars(f.length)), {
    batch: (...columns: readonly unknown[]) => {
      const flat = read(columns, flatColumn);
      return batch(withShapes(shapesOf(flat)), flat);
    },
    withArguments: (shapes: number | readonly Shape[]) =>
      details(withShapes(typeof shapes === 'number' ? scalars(shapes) : shapes)),
  });
}

/** Takes one argument apart. */
type Taker<T> = (value: unknown, shape: Shape | undefined, at: string) => T;

/** A derivative of a function of one object: a `Derivative`, still without its types. */
export function namedDerivative(
  f: UserFunction,
  shapes: NamedShapes,
  name: string | undefined,
  planner: Planner,
): object {
  const names = Object.keys(shapes);
  const ordered = new Map(Object.entries(shapes));
  let known: Prepared | undefined;
  const prepared = (): Prepared => {
    if (known !== undefined) return known;
    const watched = watchResult(f);
    const program = trace(watched.run, shapes, { name: name ?? (f.name || 'f') });
    const inputs: ResultStructure = { kind: 'object', names };
    known = prepare({ program, result: watched.structure(), inputs }, planner);
    return known;
  };
  const read = <T>(values: unknown, take: Taker<T>): T[] => {
    const given = new Map(Object.entries(Object(values) as object));
    const unknown = [...given.keys()].find((key) => !names.includes(key));
    if (unknown !== undefined) {
      throw new UserError({
        code: 'argument-count',
        message: `There is no input "${unknown}"; the inputs are ${names.join(', ')}`,
      });
    }
    return names.map((key) => take(given.get(key), ordered.get(key), `input ${key}`));
  };
  const call = (values: unknown): unknown => point(prepared(), read(values, flatArgument));
  return withProperties(call, prepared, {
    batch: (columns: unknown) => batch(prepared(), read(columns, flatColumn)),
    withArguments: () => details(prepared()),
  });
}

/** Details are getters, so that nothing is traced before it is asked for. */
function withProperties(
  call: (...values: never[]) => unknown,
  prepared: () => Prepared,
  methods: Readonly<Record<string, (...values: never[]) => unknown>>,
): object {
  Object.defineProperties(call, {
    program: { get: () => prepared().program, enumerable: true },
    source: { get: () => prepared().source, enumerable: true },
    multiplications: { get: () => prepared().multiplications, enumerable: true },
  });
  return Object.assign(call, methods);
}
