/**
 * What a primitive is: one entry of a table, with its type rule, evaluation, partial derivatives as
 * Program fragments, and code. One file a family holds the entries; primitives.ts is the list.
 */
import type { Structure } from './structure.ts';
import type { Operand, Parameters, Shape, ValueKind } from './types.ts';

/** Element-wise primitives of one operand and no parameter. */
export const unaryNames = [
  'neg',
  'abs',
  'sign',
  'sqrt',
  'cbrt',
  'exp',
  'expm1',
  'log',
  'log1p',
  'log2',
  'log10',
  'sigmoid',
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'sinh',
  'cosh',
  'tanh',
  'asinh',
  'acosh',
  'atanh',
  'erf',
  'erfc',
  'stopGradient',
  'convert',
] as const;

/** Element-wise primitives of two operands. */
export const binaryNames = [
  'add',
  'sub',
  'mul',
  'div',
  'pow',
  'atan2',
  'min',
  'max',
  'lt',
  'le',
  'gt',
  'ge',
  'eq',
  'ne',
] as const;

/** Name of an element-wise primitive of one operand and no parameter. */
export type UnaryName = (typeof unaryNames)[number];

/** Name of an element-wise primitive of two operands. */
export type BinaryName = (typeof binaryNames)[number];

/** Name of any element-wise primitive in the table. */
export type ElementwiseName = UnaryName | BinaryName | 'integerPow' | 'where';

/** Primitives that move, join or sum elements. */
export type LinearName =
  | 'broadcast'
  | 'concatenate'
  | 'expandDims'
  | 'rearrange'
  | 'reshape'
  | 'slice'
  | 'squeeze'
  | 'sum'
  | 'transpose';

/** Primitives on whole tensors. */
export type StructuralName = LinearName | 'dot' | 'einsum' | 'reduceMax' | 'reduceMin';

/** Sums, inner products and extremes of any number of scalars; scalarised Programs have them. */
export type VariadicName = 'sumOf' | 'dotOf' | 'maxOf' | 'minOf';

/** Name of any primitive in the table. */
export type PrimitiveName = ElementwiseName | StructuralName | VariadicName;

/** What a fragment's equation may be applied to; numbers become literals. */
export type FragmentOperand = Operand | number;

/**
 * Emits equations of a fragment, one method a primitive: `m.mul(x, m.cos(y))`. Nothing is folded:
 * what the rule writes is what stands in the Program.
 */
export type FragmentBuilder = Readonly<
  Record<UnaryName, (x: FragmentOperand) => Operand> &
    Record<BinaryName, (x: FragmentOperand, y: FragmentOperand) => Operand>
> & {
  /** x to the power of an integer. */
  integerPow(x: FragmentOperand, exponent: number): Operand;
  /** `a` where the condition is not 0, else `b`. */
  where(condition: FragmentOperand, a: FragmentOperand, b: FragmentOperand): Operand;
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
  readonly name: ElementwiseName;
  readonly arity: number;
  /** One line for a reader. */
  readonly summary: string;
  /** Kind of the result. */
  readonly kind: ValueKind;
  /** Names of the parameters it needs. */
  readonly parameters: readonly string[];
  /** What is wrong with the values of the parameters; `undefined` if nothing is. */
  readonly parameterFault?: (parameters: Parameters) => string | undefined;
  /** The order of the operands does not matter. */
  readonly commutative: boolean;
  evaluate(operands: readonly number[], parameters: Parameters): number;
  /** One rule an operand. */
  readonly partials: readonly PartialRule[];
  /** A JavaScript expression; operands are parenthesis-safe expressions. */
  javascript(operands: readonly string[], parameters: Parameters): string;
}

/** A primitive on whole tensors; what it does is data (structure.ts). */
export interface StructuralPrimitive {
  readonly class: 'structural';
  readonly name: StructuralName;
  /** One line for a reader. */
  readonly summary: string;
  /** Number of operands; `any` is one or more. */
  readonly arity: number | 'any';
  /** Names of the parameters it needs. */
  readonly parameters: readonly string[];
  /**
   * How the elements of the result are made.
   * @throws UserError that names the operation and the shapes, where they do not go together
   */
  structure(operands: readonly Shape[], parameters: Parameters): Structure;
}

/** What the partial of a primitive on any number of scalars is written with. */
export type VariadicContext = Pick<PartialContext, 'm' | 'operands' | 'result'>;

/** A primitive on any number of scalars. */
export interface VariadicPrimitive {
  readonly class: 'variadic';
  readonly name: VariadicName;
  /** One line for a reader. */
  readonly summary: string;
  readonly parameters: readonly [];
  /** What is wrong with the number of operands; `undefined` if nothing is. */
  readonly countFault?: (operands: number) => string | undefined;
  evaluate(operands: readonly number[]): number;
  /** ∂result/∂operand at a place. */
  partial(context: VariadicContext, place: number): Operand;
  /** A JavaScript expression; operands are parenthesis-safe expressions. */
  javascript(operands: readonly string[]): string;
}

/** Every primitive the house knows, told apart by `class`. */
export type Primitive = ElementwisePrimitive | StructuralPrimitive | VariadicPrimitive;
