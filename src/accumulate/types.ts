/** What accumulation gives: a Program that computes a function and its Jacobian. */
import type { Block } from '../notation/block.ts';
import type { Operand, Program, ProgramOutput } from '../program/types.ts';

/** One block of the Jacobian that is not structurally zero: ∂output/∂input. */
export interface JacobianBlock {
  /** Index in the function's outputs; an output named twice has its blocks twice. */
  readonly output: number;
  /** Index in the function's inputs. */
  readonly input: number;
  /** Which entries there are, and where their numbers are stored. */
  readonly block: Block;
  /**
   * The stored tensor, one axis an index of the block's value word: a literal where it is known
   * before run time (one number where all are the same), else a value of `Accumulation.program`.
   */
  readonly value: Operand;
}

/** A Program that has a Jacobian among its values, and where. */
export interface JacobianSource {
  readonly program: Program;
  /** Row-major: by output, then by input. */
  readonly blocks: readonly JacobianBlock[];
  /** The function's outputs. */
  readonly values: readonly ProgramOutput[];
}

/** A function, its elemental partials and its Jacobian in one Program. */
export interface Accumulation extends JacobianSource {
  /**
   * Equations in three stages: the function's own, the partials' fragments, the accumulation. Its
   * outputs are the function's values under their own names, then one output a block, named
   * `∂value/∂input`, in the order of `blocks`.
   */
  readonly program: Program;
  /** Length of the first stage. */
  readonly primalEquations: number;
  /** Length of the second stage. */
  readonly partialEquations: number;
  /** Multiplications that the third stage executes, which is what elimination orders differ in. */
  readonly multiplications: number;
}
