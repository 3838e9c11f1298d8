/**
 * Values of a function that is being traced. Every operation on one appends an equation to its
 * trace; numbers become literals. Nothing is folded or shared: what the function does is what
 * stands in the Program.
 */
import { UserError } from '../support/user-error.ts';
import type { ProgramBuilder } from './builder.ts';
import type { BinaryName, PrimitiveName, UnaryName } from './primitive.ts';
import { elementwiseNamed } from './primitives.ts';
import type { Operand, Parameters, Reference, Shape } from './types.ts';
import { literal } from './values.ts';

/** The run of a function under the tracer. */
export interface Trace {
  readonly builder: ProgramBuilder;
  /** False once the function has returned. */
  open: boolean;
}

/** What operations take: traced values and numbers mix freely. */
export type Value = Traced | number;

/**
 * A value that stands for a number or a tensor while a function is traced. Methods give new values.
 * It has no number yet: JavaScript's own operators and comparisons throw on it, and `if (x)` and
 * `x === y`, which JavaScript lets nobody notice, decide nothing about its number. Use `where`.
 */
export class Traced {
  /** The trace that the value belongs to. */
  readonly #trace: Trace;
  readonly #reference: Reference;

  /** Values are made by `trace` and by operations. */
  constructor(trace: Trace, reference: Reference) {
    this.#trace = trace;
    this.#reference = reference;
  }

  /** The trace of a value and its place there, for the tracer. */
  static place(value: Traced): { readonly trace: Trace; readonly reference: Reference } {
    return { trace: value.#trace, reference: value.#reference };
  }

  /** Lengths of the axes; `[]` for a scalar. */
  get shape(): Shape {
    return this.#trace.builder.typeOf(this.#reference).shape;
  }

  /** this + y */
  add(y: Value): Traced {
    return this.#with('add', y);
  }
  /** this − y */
  sub(y: Value): Traced {
    return this.#with('sub', y);
  }
  /** this · y */
  mul(y: Value): Traced {
    return this.#with('mul', y);
  }
  /** this / y */
  div(y: Value): Traced {
    return this.#with('div', y);
  }
  /** −this */
  neg(): Traced {
    return this.#alone('neg');
  }
  /** this^exponent; an integer number is not differentiated by (`integerPow`). */
  pow(exponent: Value): Traced {
    return Number.isSafeInteger(exponent)
      ? record('integerPow', [this], { exponent: Number(exponent) + 0 })
      : this.#with('pow', exponent);
  }
  /** this² */
  square(): Traced {
    return this.pow(2);
  }
  /** 1 / this */
  reciprocal(): Traced {
    return record('div', [1, this]);
  }
  /** Square root. */
  sqrt(): Traced {
    return this.#alone('sqrt');
  }
  /** Cube root. */
  cbrt(): Traced {
    return this.#alone('cbrt');
  }
  /** e to the power of this. */
  exp(): Traced {
    return this.#alone('exp');
  }
  /** exp(this) − 1, exact near 0. */
  expm1(): Traced {
    return this.#alone('expm1');
  }
  /** Natural logarithm. */
  log(): Traced {
    return this.#alone('log');
  }
  /** log(1 + this), exact near 0. */
  log1p(): Traced {
    return this.#alone('log1p');
  }
  /** Logarithm to base 2. */
  log2(): Traced {
    return this.#alone('log2');
  }
  /** Logarithm to base 10. */
  log10(): Traced {
    return this.#alone('log10');
  }
  /** 1 / (1 + exp(−this)) */
  sigmoid(): Traced {
    return this.#alone('sigmoid');
  }
  /** Sine. */
  sin(): Traced {
    return this.#alone('sin');
  }
  /** Cosine. */
  cos(): Traced {
    return this.#alone('cos');
  }
  /** Tangent. */
  tan(): Traced {
    return this.#alone('tan');
  }
  /** Inverse sine. */
  asin(): Traced {
    return this.#alone('asin');
  }
  /** Inverse cosine. */
  acos(): Traced {
    return this.#alone('acos');
  }
  /** Inverse tangent. */
  atan(): Traced {
    return this.#alone('atan');
  }
  /** Angle of the point (x, this), in (−π, π]. */
  atan2(x: Value): Traced {
    return this.#with('atan2', x);
  }
  /** Hyperbolic sine. */
  sinh(): Traced {
    return this.#alone('sinh');
  }
  /** Hyperbolic cosine. */
  cosh(): Traced {
    return this.#alone('cosh');
  }
  /** Hyperbolic tangent. */
  tanh(): Traced {
    return this.#alone('tanh');
  }
  /** Inverse hyperbolic sine. */
  asinh(): Traced {
    return this.#alone('asinh');
  }
  /** Inverse hyperbolic cosine. */
  acosh(): Traced {
    return this.#alone('acosh');
  }
  /** Inverse hyperbolic tangent. */
  atanh(): Traced {
    return this.#alone('atanh');
  }
  /** Error function. */
  erf(): Traced {
    return this.#alone('erf');
  }
  /** 1 − erf(this), exact where erf is near 1. */
  erfc(): Traced {
    return this.#alone('erfc');
  }
  /** Absolute value; its derivative at 0 is 0. */
  abs(): Traced {
    return this.#alone('abs');
  }
  /** −1, 0 or 1, without derivative. */
  sign(): Traced {
    return this.#alone('sign');
  }
  /** The smaller of both; at a tie each gets half of the derivative. */
  min(y: Value): Traced {
    return this.#with('min', y);
  }
  /** The larger of both; at a tie each gets half of the derivative. */
  max(y: Value): Traced {
    return this.#with('max', y);
  }
  /** 1 if this < y, else 0. */
  lt(y: Value): Traced {
    return this.#with('lt', y);
  }
  /** 1 if this ≤ y, else 0. */
  le(y: Value): Traced {
    return this.#with('le', y);
  }
  /** 1 if this > y, else 0. */
  gt(y: Value): Traced {
    return this.#with('gt', y);
  }
  /** 1 if this ≥ y, else 0. */
  ge(y: Value): Traced {
    return this.#with('ge', y);
  }
  /** 1 if this = y, else 0. */
  eq(y: Value): Traced {
    return this.#with('eq', y);
  }
  /** 1 if this ≠ y, else 0. */
  ne(y: Value): Traced {
    return this.#with('ne', y);
  }
  /** `a` where this is not 0, else `b`. */
  where(a: Value, b: Value): Traced {
    return record('where', [this, a, b]);
  }
  /** This value, taken as a constant by differentiation. */
  stopGradient(): Traced {
    return this.#alone('stopGradient');
  }
  /** A copy, which is a vertex of its own. */
  convert(): Traced {
    return this.#alone('convert');
  }

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

  #alone(name: UnaryName): Traced {
    return record(name, [this]);
  }

  #with(name: BinaryName, y: Value): Traced {
    return record(name, [this, y]);
  }
}

/**
 * Applies a primitive to traced values and numbers: a new equation, or a number where all operands
 * are numbers.
 * @throws UserError trace-mixed, trace-closed, trace-operand, shape-mismatch
 */
export function applyPrimitive(
  name: PrimitiveName,
  operands: readonly Value[],
  parameters: Parameters = {},
): Value {
  const numbers = operands.filter((operand) => typeof operand === 'number');
  return numbers.length === operands.length
    ? elementwiseNamed(name).evaluate(numbers, parameters)
    : record(name, operands, parameters);
}

/** Appends an equation to the trace of the operands, of which one at least is traced. */
function record(
  name: PrimitiveName,
  operands: readonly Value[],
  parameters: Parameters = {},
): Traced {
  const trace = operands.find((operand) => operand instanceof Traced);
  if (trace === undefined) throw operandError(name, operands[0]);
  const place = Traced.place(trace).trace;
  if (!place.open) {
    throw new UserError({
      code: 'trace-closed',
      message:
        `${name} is applied to a traced value after its function has returned; ` +
        'return the value from the function instead of keeping it',
    });
  }
  const checked = operands.map((operand) => operandIn(place, name, operand));
  return new Traced(place, place.builder.emit(name, checked, parameters));
}

/**
 * The operand of an equation in a trace.
 * @param operation what takes it, for messages
 * @throws UserError trace-mixed, trace-operand
 */
export function operandIn(trace: Trace, operation: string, value: unknown): Operand {
  if (typeof value === 'number') return literal(value);
  if (!(value instanceof Traced)) throw operandError(operation, value);
  const place = Traced.place(value);
  if (place.trace === trace) return place.reference;
  throw new UserError({
    code: 'trace-mixed',
    message:
      `${operation} mixes values of two traced functions; pass what the inner function needs as ` +
      'an input of its own',
  });
}

function operandError(operation: string, value: unknown): UserError {
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
