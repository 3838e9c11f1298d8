/** A benchmark task: a function of the paper, or another of the field, with its published facts. */
import type { Program, Shape } from '../src/program/types.ts';

/** A figure as the paper prints it, by the order it belongs to. */
export interface PublishedFigures {
  readonly forward?: number;
  readonly reverse?: number;
  readonly markowitz?: number;
  readonly published?: number;
}

/** Why a figure that the paper prints is not the one that its programs give, by order. */
export type PublishedNotes = Readonly<Partial<Record<keyof PublishedFigures, string>>>;

/** A function to differentiate, with what has been published about it. */
export interface Task {
  readonly name: string;
  /** `paper`: one of the ten tasks of arXiv 2406.05027; `extra`: another function of the field. */
  readonly suite: 'paper' | 'extra';
  /** Where the formula is from. */
  readonly source: string;
  readonly inputs: readonly { readonly name: string; readonly shape: Shape }[];
  /** The traced function. Made on each call; callers keep it. */
  program(): Program;
  /**
   * Where it is there, the subject is not the traced function but its Jacobian, row-major, accumulated
   * in this elimination order and simplified; its inputs are the function's.
   */
  readonly differentiated?: 'reverse';
  /** A point in the function's domain: one row-major array an input. */
  readonly sample: readonly (readonly number[])[];
  /** The order the paper's agent found, as 1-based equation numbers. */
  readonly publishedOrder?: readonly number[];
  /** Under the cost model `paper`. */
  readonly publishedFigures?: PublishedFigures;
  /** One for each published figure that is not the count of its order. */
  readonly publishedNotes?: PublishedNotes;
  /**
   * The peer's program lets all equations with unused results share one vertex (the first of them);
   * its figures are counted on that graph. Only BlackScholes_Jacobian has such equations.
   */
  readonly peerSharesDeadVertices?: boolean;
}
