/** How the shape of a derivative follows from the function's type. */
import type { Graph, VertexId } from '../graph/types.ts';
import type { EliminationOrder } from '../order/types.ts';
import type { Traced } from '../program/trace.ts';
import type { Program, Shape } from '../program/types.ts';
import type { NestedArray } from '../subject/tensors.ts';
import type { NestedNumbers, TensorArgument } from './arguments.ts';

/** What a differentiated function computes with. */
export type Scalar = Traced | number;

/** What a differentiated function may return. (`readonly []` makes TypeScript infer tuples.) */
export type ScalarResult =
  Scalar | readonly [] | readonly Scalar[] | Readonly<Record<string, Scalar>>;

/** A function of scalars and tensors, each its own argument. */
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

/** Options for a function of separate arguments. */
export interface PositionalInputs<A extends ArgumentNumbers> {
  /** Shapes of the arguments; those of what the derivative is called with if left out. */
  readonly inputs?: readonly Shape[];
  readonly argnums?: A;
}

/** The result of a function with a leaf in place of each value. */
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

/** A derivative by scalars and tensors. */
export interface Derivative<
  Batch extends readonly unknown[],
  BatchValue,
> extends DerivativeDetails {
  /**
   * Many points at once: in place of each argument an array of `[count, …shape]`, nested, or flat
   * where the shape is known (that of a scalar is).
   * @returns the same structure with a flat Float64Array, `[count, …output, …input]`, in place of
   *   each number
   * @throws UserError `argument-count`, `argument-shape`, `argument-type`, `batch-length`
   */
  batch(...columns: Batch): BatchValue;
  /** The details for a number of scalar arguments, or for arguments of these shapes. */
  withArguments(shapes: number | readonly Shape[]): DerivativeDetails;
}

/** What a batch takes in place of one argument. */
export type BatchArgument = ArrayLike<number> | NestedNumbers;

/** A derivative of a function of separate arguments. */
export interface PositionalDerivative<
  F extends ScalarFunction,
  Value,
  TensorValue,
  BatchValue,
> extends Derivative<Each<Parameters<F>, BatchArgument>, BatchValue> {
  /** @throws UserError `argument-count`, `argument-shape`, `argument-type` */
  (...point: Each<Parameters<F>, number>): Value;
  /**
   * The entry of a tensor is nested arrays, axes of the output before those of the input.
   * @throws UserError `argument-count`, `argument-shape`, `argument-type`
   */
  (...point: Each<Parameters<F>, TensorArgument>): TensorValue;
}

/** What a tensor of shape `S` is given as. */
export type ArgumentOf<S extends Shape> = S extends readonly [] ? number : TensorArgument;

/** An entry of a derivative by inputs of these shapes. */
export type EntryOf<S extends NamedShapes> = S[keyof S] extends readonly [] ? number : NestedArray;

/** A derivative of a function of one object. */
export interface NamedDerivative<S extends NamedShapes, Value, BatchValue> extends Derivative<
  [columns: Each<S, BatchArgument>],
  BatchValue
> {
  /** @throws UserError `argument-count`, `argument-shape`, `argument-type` */
  (point: { -readonly [K in keyof S]: ArgumentOf<S[K]> }): Value;
}
