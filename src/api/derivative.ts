/**
 * What `jacobian`, `valueAndJacobian` and `hessian` share: tracing the user's function once for
 * each number of arguments, compiling once, and checking what the derivative is called with.
 */
import { compileJavaScript, type CompiledJavaScript } from '../compile/js/compile.ts';
import { trace, Traced, type TraceResult } from '../program/trace.ts';
import type { Program } from '../program/types.ts';
import { UserError } from '../support/user-error.ts';
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

function point({ compiled, plan }: Prepared, values: readonly number[]): unknown {
  const flat = compiled.point(values);
  return plan.build((output) => flat[output]);
}

function batch({ compiled, plan }: Prepared, columns: readonly ArrayLike<number>[]): unknown {
  const count = columns[0]?.length ?? 0;
  columns.forEach((column, index) => {
    if (column.length === count) return;
    throw new UserError({
      code: 'batch-length',
      message: `Every array of a batch has to have the same length: expected ${count}, got ${column.length}`,
      at: `argument ${index + 1}`,
    });
  });
  const flat = compiled.batch(columns, count);
  return plan.build((output) => flat[output]);
}

function requireNumber(value: unknown, at: string): number {
  if (typeof value === 'number') return value;
  throw new UserError({
    code: 'argument-type',
    message: `A derivative is evaluated at numbers, got ${value === undefined ? 'nothing' : typeof value}`,
    at,
  });
}

function requireArray(value: unknown, at: string): ArrayLike<number> {
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) {
    return value as ArrayLike<number>;
  }
  throw new UserError({
    code: 'argument-type',
    message: 'A batch takes an array of numbers for each input',
    at,
  });
}

/** A derivative of a function of separate arguments: a `Derivative`, still without its types. */
export function positionalDerivative(
  f: UserFunction,
  name: string | undefined,
  planner: Planner,
): object {
  const byCount = new Map<number, Prepared>();
  const withCount = (count: number): Prepared => {
    const known = byCount.get(count);
    if (known !== undefined) return known;
    if (count < f.length) {
      throw new UserError({
        code: 'argument-count',
        message: `${f.name || 'The function'} takes ${f.length} arguments, got ${count}`,
      });
    }
    const watched = watchResult(f);
    const shapes = Array.from({ length: count }, (): readonly number[] => []);
    const program = trace(watched.run, shapes, { name: name ?? (f.name || 'f') });
    const inputs: ResultStructure = { kind: 'array', length: count };
    const prepared = prepare({ program, result: watched.structure(), inputs }, planner);
    byCount.set(count, prepared);
    return prepared;
  };
  const call = (...values: readonly unknown[]): unknown =>
    point(
      withCount(values.length),
      values.map((value, index) => requireNumber(value, `argument ${index + 1}`)),
    );
  return withProperties(call, () => withCount(f.length), {
    batch: (...columns: readonly unknown[]) =>
      batch(
        withCount(columns.length),
        columns.map((column, index) => requireArray(column, `argument ${index + 1}`)),
      ),
    withArguments: (count: number) => details(withCount(count)),
  });
}

/** A derivative of a function of one object: a `Derivative`, still without its types. */
export function namedDerivative(
  f: UserFunction,
  shapes: NamedShapes,
  name: string | undefined,
  planner: Planner,
): object {
  const names = Object.keys(shapes);
  let known: Prepared | undefined;
  const prepared = (): Prepared => {
    if (known !== undefined) return known;
    const watched = watchResult(f);
    const program = trace(watched.run, shapes, { name: name ?? (f.name || 'f') });
    const inputs: ResultStructure = { kind: 'object', names };
    known = prepare({ program, result: watched.structure(), inputs }, planner);
    return known;
  };
  const read = <T>(values: unknown, check: (value: unknown, at: string) => T): T[] => {
    const given = new Map(Object.entries(Object(values) as object));
    const unknown = [...given.keys()].find((key) => !names.includes(key));
    if (unknown !== undefined) {
      throw new UserError({
        code: 'argument-count',
        message: `There is no input "${unknown}"; the inputs are ${names.join(', ')}`,
      });
    }
    return names.map((key) => check(given.get(key), `input ${key}`));
  };
  const call = (values: unknown): unknown => point(prepared(), read(values, requireNumber));
  return withProperties(call, prepared, {
    batch: (columns: unknown) => batch(prepared(), read(columns, requireArray)),
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
