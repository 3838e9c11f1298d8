/**
 * The linearised computational graph: vertices with shapes, edges with elemental partials in index
 * notation. Pure data, serialisable, hashable; knows nothing of expressions.
 */
import type { Shape } from '../program/types.ts';

/** A vertex's own name: a string or an integer, unique in its graph (`1` and `"1"` differ). */
export type VertexId = string | number;

declare const positionBrand: unique symbol;

/** Place of a vertex in `Graph.vertices`, 0-based; a vertex stands after all its predecessors. */
export type Position = number & { readonly [positionBrand]: 'Position' };

/** Part a vertex plays; a vertex that is an input and an output is an `input`. */
export type VertexKind = 'input' | 'intermediate' | 'output';

/** A value of the function. */
export interface Vertex {
  readonly id: VertexId;
  /** An input that is also an output has kind `input` and stands in `Graph.outputs` too. */
  readonly kind: VertexKind;
  /** Name of the operation, for readers only. */
  readonly op?: string;
  readonly shape: Shape;
}

/**
 * The number that a partial carries beside its deltas. `unit` is ±1, `constant` is known before
 * run time, `variable` depends on the input. `value` is there where the number is known.
 */
export type Coefficient =
  | { readonly kind: 'unit'; readonly value: 1 | -1 }
  | { readonly kind: 'constant'; readonly value?: number }
  | { readonly kind: 'variable' };

/** One axis of a block: which index runs along it, and from where (position = index + offset). */
export interface AxisIndex {
  readonly index: number;
  readonly offset: number;
}

/**
 * ∂to/∂from in index notation (docs/architecture.md): Σ-free, a product of Kronecker deltas and a
 * stored value over named indices. Indices are small integers local to the block; `sizes[k]` is the
 * length of index k. An index in both `to` and `from` is a delta; one that `value` lacks is
 * constant along it. Grouped axes (a reshape that merges) list several factors on one axis.
 */
export interface ElementalPartial {
  readonly to: readonly (readonly AxisIndex[])[];
  readonly from: readonly (readonly AxisIndex[])[];
  /** Indices the stored value depends on; empty where the factor is one number. */
  readonly value: readonly number[];
  readonly sizes: readonly number[];
  readonly coefficient: Coefficient;
}

/** AlphaGrad's code of an edge: sparsity type and the padded two-dimensional shapes. */
export type PaperCode = readonly [type: number, o1: number, o2: number, i1: number, i2: number];

/** A direct dependence, `to` on `from`. */
export interface Edge {
  readonly from: Position;
  readonly to: Position;
  readonly partial: ElementalPartial;
  readonly paper?: PaperCode;
}

/** A directed acyclic graph, vertices in a topological order, at most one edge a pair. */
export interface Graph {
  readonly name: string;
  readonly vertices: readonly Vertex[];
  readonly edges: readonly Edge[];
  /** In the order of the function's arguments. */
  readonly inputs: readonly Position[];
  /** In the order of the function's results; a vertex may stand twice, an input may stand here. */
  readonly outputs: readonly Position[];
}
