/** How the shape of a derivative follows from the function's type. */
import type { Graph, VertexId } from '../graph/types.ts';
import type { EliminationOrder } from '../order/types.ts';
import type { Traced } from '../program/trace.ts';
import type { Program, Shape } from '../program/types.ts';

/** What a differentiated function computes with. */
export type Scalar = Traced | number;

/** What a differentiated function may return. (`readonly []` makes TypeScript infer tuples.) */
export type ScalarResult =
  Scalar | readonly [] | readonly Scalar[] | Readonly<Record<string, Scalar>>;

/** A function of scalars, each its own argument. */
export type ScalarFunction = (...inputs: Traced[]) => ScalarResult;

/**
 * An order of elimination: the name of a heuristic, the vertex numbers 1, 2, 3 … of the traced
 * equations, or a function that makes a parsed order from the graph.
 */
export type OrderChoice = string | readonly VertexId[] | ((graph: Graph) => EliminationOrder);

/** Options of `jacobian` and `valueAndJacobian`. */
export interface JacobianOptions {
  /** `markowitz` if left out. */
  readonly order?: OrderChoice;
  /** Which arguments to differentiate by; all if left out. A number takes the rows apart. */
  readonly argnums?: number | readonly number[];
  /** Name of the traced Program; the function's own if left out. */
  readonly name?: string;
}

/** Options of `hessian`: both derivatives are accumulated by the same heuristic. */
export interface HessianOptions extends Omit<JacobianOptions, 'order'> {
  /** The name of a heuristic; `markowitz` if left out. */
  readonly order?: string;
}

/** Shapes of a function that takes its inputs as one object; `[]` is a scalar. */
export type NamedShapes = Readonly<Record<string, Shape>>;

/** Options for a function that takes its inputs as one object. */
export interface NamedInputs<S extends NamedShapes> {
  /** Name → shape of every input, in order. */
  readonly inputs: S;
}

/** Which arguments to differentiate by: all, one, or a list. */
export type ArgumentNumbers = number | readonly number[] | undefined;

/** Options for a function of separate arguments: they are scalars, so there are no shapes. */
export interface PositionalInputs<A extends ArgumentNumbers> {
  readonly inputs?: never;
  readonly argnums?: A;
}

/** The result of a function with a leaf in place of each scalar. */
export type Mirror<Result, Leaf> = Result extends Scalar
  ? Leaf
  : { -readonly [K in keyof Result]: Leaf };

/** The same list of arguments, or record of inputs, with a leaf in place of each. */
export type Each<Inputs, Leaf> = { -readonly [K in keyof Inputs]: Leaf };

/** ∂/∂ each argument, each of those that `argnums` lists, or the one that it names. */
export type Row<Inputs, A extends ArgumentNumbers, Leaf> = A extends number
  ? Leaf
  : A extends readonly number[]
    ? Each<A, Leaf>
    : Each<Inputs, Leaf>;

/** What is known of a derivative once the function has been traced. */
export interface DerivativeDetails {
  /** What is run: simplified, with the derivative's entries as outputs. */
  readonly program: Program;
  /** A complete ES module that computes the entries. */
  readonly source: string;
  /** Multiplications of the accumulation, before simplification. */
  readonly multiplications: number;
}

/** A derivative: called with numbers, or with a batch of them. */
export interface Derivative<
  Point extends readonly unknown[],
  Batch extends readonly unknown[],
  Value,
  BatchValue,
> extends DerivativeDetails {
  /** @throws UserError `argument-count`, `argument-type` */
  (...point: Point): Value;
  /**
   * Many points at once: an array of numbers in place of each number, all of one length.
   * @returns the same structure with a Float64Array in place of each number
   * @throws UserError `argument-count`, `batch-length`
   */
  batch(...columns: Batch): BatchValue;
  /** The details for a number of arguments, where the function takes any number. */
  withArguments(count: number): DerivativeDetails;
}

/** A derivative of a function of separate arguments. */
export type PositionalDerivative<F extends ScalarFunction, Value, BatchValue> = Derivative<
  Each<Parameters<F>, number>,
  Each<Parameters<F>, ArrayLike<number>>,
  Value,
  BatchValue
>;

/** A derivative of a function of one object. */
export type NamedDerivative<S extends NamedShapes, Value, BatchValue> = Derivative<
  [point: Each<S, number>],
  [columns: Each<S, ArrayLike<number>>],
  Value,
  BatchValue
>;
