/**
 * The element-wise operations as methods; tensors combine as NumPy broadcasts them. Every one is
 * one equation.
 */
import type { BinaryName, UnaryName } from './primitive.ts';
import { type Operable, record, Recorded } from './recording.ts';

/** A value with the element-wise operations. */
export abstract class Elementwise extends Recorded {
  /** this + y */
  add(y: Operable): this {
    return this.#with('add', y);
  }
  /** this − y */
  sub(y: Operable): this {
    return this.#with('sub', y);
  }
  /** this · y */
  mul(y: Operable): this {
    return this.#with('mul', y);
  }
  /** this / y */
  div(y: Operable): this {
    return this.#with('div', y);
  }
  /** −this */
  neg(): this {
    return this.#alone('neg');
  }
  /** this^exponent; an integer number is not differentiated by (`integerPow`). */
  pow(exponent: Operable): this {
    return Number.isSafeInteger(exponent)
      ? record(this, 'integerPow', [this], { exponent: Number(exponent) + 0 })
      : this.#with('pow', exponent);
  }
  /** this² */
  square(): this {
    return this.pow(2);
  }
  /** 1 / this */
  reciprocal(): this {
    return record(this, 'div', [1, this]);
  }
  /** Square root. */
  sqrt(): this {
    return this.#alone('sqrt');
  }
  /** Cube root. */
  cbrt(): this {
    return this.#alone('cbrt');
  }
  /** e to the power of this. */
  exp(): this {
    return this.#alone('exp');
  }
  /** exp(this) − 1, exact near 0. */
  expm1(): this {
    return this.#alone('expm1');
  }
  /** Natural logarithm. */
  log(): this {
    return this.#alone('log');
  }
  /** log(1 + this), exact near 0. */
  log1p(): this {
    return this.#alone('log1p');
  }
  /** Logarithm to base 2. */
  log2(): this {
    return this.#alone('log2');
  }
  /** Logarithm to base 10. */
  log10(): this {
    return this.#alone('log10');
  }
  /** 1 / (1 + exp(−this)) */
  sigmoid(): this {
    return this.#alone('sigmoid');
  }
  /** Sine. */
  sin(): this {
    return this.#alone('sin');
  }
  /** Cosine. */
  cos(): this {
    return this.#alone('cos');
  }
  /** Tangent. */
  tan(): this {
    return this.#alone('tan');
  }
  /** Inverse sine. */
  asin(): this {
    return this.#alone('asin');
  }
  /** Inverse cosine. */
  acos(): this {
    return this.#alone('acos');
  }
  /** Inverse tangent. */
  atan(): this {
    return this.#alone('atan');
  }
  /** Angle of the point (x, this), in (−π, π]. */
  atan2(x: Operable): this {
    return this.#with('atan2', x);
  }
  /** Hyperbolic sine. */
  sinh(): this {
    return this.#alone('sinh');
  }
  /** Hyperbolic cosine. */
  cosh(): this {
    return this.#alone('cosh');
  }
  /** Hyperbolic tangent. */
  tanh(): this {
    return this.#alone('tanh');
  }
  /** Inverse hyperbolic sine. */
  asinh(): this {
    return this.#alone('asinh');
  }
  /** Inverse hyperbolic cosine. */
  acosh(): this {
    return this.#alone('acosh');
  }
  /** Inverse hyperbolic tangent. */
  atanh(): this {
    return this.#alone('atanh');
  }
  /** Error function. */
  erf(): this {
    return this.#alone('erf');
  }
  /** 1 − erf(this), exact where erf is near 1. */
  erfc(): this {
    return this.#alone('erfc');
  }
  /** Absolute value; its derivative at 0 is 0. */
  abs(): this {
    return this.#alone('abs');
  }
  /** −1, 0 or 1, without derivative. */
  sign(): this {
    return this.#alone('sign');
  }
  /** The smaller of both; at a tie each gets half of the derivative. */
  minimum(y: Operable): this {
    return this.#with('min', y);
  }
  /** The larger of both; at a tie each gets half of the derivative. */
  maximum(y: Operable): this {
    return this.#with('max', y);
  }
  /** 1 if this < y, else 0. */
  lt(y: Operable): this {
    return this.#with('lt', y);
  }
  /** 1 if this ≤ y, else 0. */
  le(y: Operable): this {
    return this.#with('le', y);
  }
  /** 1 if this > y, else 0. */
  gt(y: Operable): this {
    return this.#with('gt', y);
  }
  /** 1 if this ≥ y, else 0. */
  ge(y: Operable): this {
    return this.#with('ge', y);
  }
  /** 1 if this = y, else 0. */
  eq(y: Operable): this {
    return this.#with('eq', y);
  }
  /** 1 if this ≠ y, else 0. */
  ne(y: Operable): this {
    return this.#with('ne', y);
  }
  /** `a` where this is not 0, else `b`. */
  where(a: Operable, b: Operable): this {
    return record(this, 'where', [this, a, b]);
  }
  /** This value, taken as a constant by differentiation. */
  stopGradient(): this {
    return this.#alone('stopGradient');
  }
  /** A copy, which is a vertex of its own. */
  convert(): this {
    return this.#alone('convert');
  }

  #alone(name: UnaryName): this {
    return record(this, name, [this]);
  }

  #with(name: BinaryName, y: Operable): this {
    return record(this, name, [this, y]);
  }
}
