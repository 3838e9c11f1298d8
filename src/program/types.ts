/**
 * A Program: equations in static single assignment over typed tensors. It is the only intermediate
 * representation of the house: a traced function is a Program, and so is an accumulated Jacobian,
 * which can therefore be linearised again (Hessians) and compiled by the same back ends.
 *
 * Values are numbered in one row: inputs first (0 … inputs−1), then one value for each equation.
 * A Program is only made by ProgramBuilder, which checks arity, shapes and numbering.
 */

/** Lengths of the axes; `[]` is a scalar. */
export type Shape = readonly number[];

/** `boolean` values come from comparisons; they carry no derivative and are 0 or 1 when evaluated. */
export type ValueKind = 'real' | 'boolean';

/** Shape and kind of a value. */
export interface ValueType {
  readonly shape: Shape;
  readonly kind: ValueKind;
}

declare const valueIdBrand: unique symbol;

/** Position of a value in its Program: inputs first, then equations. */
export type ValueId = number & { readonly [valueIdBrand]: 'ValueId' };

/** A use of an input or of an earlier equation's result. */
export interface Reference {
  readonly kind: 'value';
  readonly id: ValueId;
}

/** A number, or a constant tensor in row-major order, written into the equation; no vertex. */
export interface Literal {
  readonly kind: 'literal';
  readonly shape: Shape;
  readonly data: readonly number[];
}

/** What an equation is applied to. */
export type Operand = Reference | Literal;

/** Parameters that are not differentiated: exponents, axes, permutations. */
export type ParameterValue =
  number | boolean | string | readonly number[] | readonly (readonly number[])[];

/** Named parameters of an equation. */
export type Parameters = Readonly<Record<string, ParameterValue>>;

/** One application of a primitive; its value's id is inputs.length + its position. */
export interface Equation {
  /** Name of an entry in the primitive table (primitives.ts). */
  readonly primitive: string;
  readonly operands: readonly Operand[];
  readonly parameters: Parameters;
  readonly type: ValueType;
}

/** A named input. */
export interface ProgramInput {
  readonly name: string;
  readonly type: ValueType;
}

/** A named output: any value (an input and a repeated value too) or a literal. */
export interface ProgramOutput {
  readonly name: string;
  readonly operand: Operand;
}

/** A traced function or an accumulated Jacobian. */
export interface Program {
  readonly name: string;
  readonly inputs: readonly ProgramInput[];
  readonly equations: readonly Equation[];
  readonly outputs: readonly ProgramOutput[];
}

/** A dense tensor in row-major order; `data` has as many elements as the shape says. */
export interface Tensor<T = number> {
  readonly shape: Shape;
  readonly data: readonly T[];
}
