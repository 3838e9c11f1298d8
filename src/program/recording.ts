/**
 * How operations are written down while a function is traced. A value belongs to a trace, or it is
 * a constant that no trace knows. An operation with a value of a trace appends an equation to it;
 * one of constants alone is computed at once, as one of numbers is. Nothing else is folded or
 * shared: what the function does is what stands in the Program.
 */
import { UserError } from '../support/user-error.ts';
import { doubles } from './arithmetic.ts';
import { ProgramBuilder } from './builder.ts';
import { interpretEquation } from './interpret.ts';
import type { PrimitiveName } from './primitive.ts';
import { elementwiseNamed } from './primitives.ts';
import type { Literal, Operand, Parameters, Shape } from './types.ts';
import { literal, literalTensor } from './values.ts';

/** The run of a function under the tracer. */
export interface Trace {
  readonly builder: ProgramBuilder;
  /** False once the function has returned. */
  open: boolean;
}

/** What operations take: values and numbers mix freely. */
export type Operable = Recorded | number;

/**
 * A value that stands for a number or a tensor. It has no number that JavaScript could use: its own
 * operators and comparisons throw on it, and `if (x)` and `x === y`, which JavaScript lets nobody
 * notice, decide nothing about its number.
 */
export abstract class Recorded {
  /** The trace that the value belongs to; undefined for a constant. */
  readonly #trace: Trace | undefined;
  readonly #operand: Operand;

  /** Values are made by `trace`, by `tensor` and by operations. */
  constructor(trace: Trace | undefined, operand: Operand) {
    this.#trace = trace;
    this.#operand = operand;
  }

  /** Where a value is, for the tracer. */
  static place(value: Recorded): {
    readonly trace: Trace | undefined;
    readonly operand: Operand;
  } {
    return { trace: value.#trace, operand: value.#operand };
  }

  /** Lengths of the axes; `[]` for a scalar. */
  get shape(): Shape {
    const operand = this.#operand;
    if (operand.kind === 'literal') return operand.shape;
    if (this.#trace === undefined) throw new Error('a value of no trace is a constant');
    return this.#trace.builder.typeOf(operand).shape;
  }

  /** Another value, for the tracer. */
  abstract another(trace: Trace | undefined, operand: Operand): this;

  /**
   * JavaScript asks for a number or text where the value is used with its own operators.
   * @throws UserError traced-as-number, always
   */
  [Symbol.toPrimitive](): never {
    throw new UserError({
      code: 'traced-as-number',
      message:
        "a traced value has no number yet, so JavaScript's own operators, comparisons and text " +
        "can't use it: write x.add(y), x.lt(y) and so on, and where(condition, a, b) for a choice",
    });
  }

  /** @throws UserError traced-as-number, always */
  valueOf(): never {
    return this[Symbol.toPrimitive]();
  }
}

/**
 * Applies an element-wise primitive to values and numbers: a number where all operands are numbers.
 * @throws UserError trace-mixed, trace-closed, trace-operand, shape-mismatch
 */
export function applyElementwise<T extends Recorded>(
  name: PrimitiveName,
  operands: readonly (T | number)[],
  parameters: Parameters = {},
): T | number {
  const numbers = operands.filter((operand) => typeof operand === 'number');
  if (numbers.length === operands.length) {
    return elementwiseNamed(name).evaluate(numbers, parameters);
  }
  const like = operands.find((operand) => operand instanceof Recorded);
  if (like === undefined) throw operandError(name, operands[0]);
  return record(like, name, operands, parameters);
}

/**
 * Appends an equation to the trace of the operands; where they are all constants, the result is one
 * too.
 * @param like an operand that is no number; the result is of its class
 * @throws UserError trace-mixed, trace-closed, trace-operand, shape-mismatch
 */
export function record<T extends Recorded>(
  like: T,
  name: PrimitiveName,
  operands: readonly Operable[],
  parameters: Parameters = {},
): T {
  const trace = traceOf(operands);
  if (trace === undefined) {
    const constants = operands.map((operand) => constantOperand(name, operand));
    return like.another(undefined, evaluateConstants(name, constants, parameters));
  }
  if (!trace.open) {
    throw new UserError({
      code: 'trace-closed',
      message:
        `${name} is applied to a traced value after its function has returned; ` +
        'return the value from the function instead of keeping it',
    });
  }
  const checked = operands.map((operand) => operandIn(trace, name, operand));
  return like.another(trace, trace.builder.emit(name, checked, parameters));
}

/** The trace of the first operand that belongs to one. */
function traceOf(operands: readonly Operable[]): Trace | undefined {
  for (const operand of operands) {
    const trace = operand instanceof Recorded ? Recorded.place(operand).trace : undefined;
    if (trace !== undefined) return trace;
  }
  return undefined;
}

function constantOperand(operation: string, value: unknown): Literal {
  if (typeof value === 'number') return literal(value);
  const operand = value instanceof Recorded ? Recorded.place(value).operand : undefined;
  if (operand?.kind !== 'literal') throw operandError(operation, value);
  return operand;
}

/** The value of an equation of literals. */
function evaluateConstants(
  primitive: PrimitiveName,
  operands: readonly Literal[],
  parameters: Parameters,
): Literal {
  const builder = new ProgramBuilder('constant');
  const type = builder.typeOf(builder.emit(primitive, operands, parameters));
  const { shape, data } = interpretEquation(
    { primitive, operands, parameters, type },
    operands,
    doubles,
  );
  return literalTensor(shape, data);
}

/**
 * The operand of an equation in a trace.
 * @param operation what takes it, for messages
 * @throws UserError trace-mixed, trace-operand
 */
export function operandIn(trace: Trace, operation: string, value: unknown): Operand {
  if (typeof value === 'number') return literal(value);
  if (!(value instanceof Recorded)) throw operandError(operation, value);
  const place = Recorded.place(value);
  if (place.trace === undefined || place.trace === trace) return place.operand;
  throw new UserError({
    code: 'trace-mixed',
    message:
      `${operation} mixes values of two traced functions; pass what the inner function needs as ` +
      'an input of its own',
  });
}

/** The error for what is no operand. */
export function operandError(operation: string, value: unknown): UserError {
  const found = value === undefined || value === null ? String(value) : describe(value);
  return new UserError({
    code: 'trace-operand',
    message: `${operation} takes traced values and numbers, got ${found}`,
  });
}

/** What a value is, for messages. */
export function describe(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) {
    return `an object (${Object.prototype.toString.call(value).slice(8, -1)})`;
  }
  return typeof value === 'function' ? 'a function' : `the ${typeof value} ${String(value)}`;
}
