/**
 * What a primitive is: one entry of a table, with its type rule, evaluation, partial derivatives as
 * Program fragments, and code. One file a family holds the entries; primitives.ts is the list.
 */
import type { Equation, Operand, Parameters, ValueType } from './types.ts';

/**
 * Emits equations of a fragment, one method a primitive: `m.mul(x, m.cos(y))`. Nothing is folded:
 * what the rule writes is what stands in the Program.
 */
export type FragmentBuilder = {
  readonly [name: string]: (...operands: readonly (Operand | number)[]) => Operand;
};

/** What a partial rule sees of the equation it differentiates. */
export interface PartialContext {
  readonly m: FragmentBuilder;
  readonly operands: readonly Operand[];
  /** The value of the equation itself. */
  readonly result: Operand;
  readonly parameters: Parameters;
}

/**
 * ∂result/∂operand of an element-wise primitive. What the rule returns decides the coefficient of
 * the edge: a literal ±1 is a unit, another literal a constant, a value is variable. `null` stands
 * for an operand that no derivative flows through (then there is no edge).
 */
export type PartialRule = ((context: PartialContext) => Operand) | null;

/** A primitive that acts on scalars, and on tensors element by element with broadcasting. */
export interface ElementwisePrimitive {
  readonly class: 'elementwise';
  readonly name: string;
  readonly arity: number;
  /** One line for a reader. */
  readonly summary: string;
  /** Kind of the result. */
  readonly kind: ValueType['kind'];
  /** Names of the parameters it needs. */
  readonly parameters: readonly string[];
  evaluate(operands: readonly number[], parameters: Parameters): number;
  /** One rule an operand. */
  readonly partials: readonly PartialRule[];
  /** A JavaScript expression; operands are parenthesis-safe expressions. */
  javascript(operands: readonly string[], parameters: Parameters): string;
}

/** Types of the operands of an equation, in order. */
export type TypeRule = (operands: readonly ValueType[], parameters: Parameters) => ValueType;

/** The value an equation stands for, beside the equation. */
export interface EquationContext {
  readonly equation: Equation;
  readonly operandTypes: readonly ValueType[];
}

/** Every primitive the house knows. Structural (tensor) primitives join this union. */
export type Primitive = ElementwisePrimitive;
