/** Values of a function that is being traced, with all operations as methods. */
import { Elementwise } from './elementwise-methods.ts';
import type { Operable, Trace } from './recording.ts';
import {
  gelu,
  type AxesOption,
  type GeluOptions,
  layerNorm,
  type LayerNormOptions,
  logSoftmax,
  relu,
  silu,
  softmax,
} from './tensor-activations.ts';
import type { Axes } from './tensor-axes.ts';
import { readNested, type NestedNumbers } from './nested-numbers.ts';
import { dot, dotGeneral, type DimensionNumbers, matmul, outer } from './tensor-products.ts';
import {
  logsumexp,
  mean,
  prod,
  reduceMax,
  reduceMin,
  type ReductionOptions,
  sum,
} from './tensor-reductions.ts';
import {
  at,
  broadcastInDim,
  broadcastTo,
  expandDims,
  type Index,
  reshape,
  slice,
  split,
  squeeze,
  transpose,
} from './tensor-shapes.ts';
import type { Operand, Shape } from './types.ts';

/** What operations take: traced values and numbers mix freely. */
export type Value = Traced | number;

/**
 * A value that stands for a number or a tensor while a function is traced, or a constant tensor.
 * Methods give new values. Use `where` for a choice. What an operation does, the function of the
 * same name in ops.ts says.
 */
export class Traced extends Elementwise {
  override another(trace: Trace | undefined, operand: Operand): this {
    // Nothing extends this class.
    return new Traced(trace, operand) as this;
  }

  /**
   * Numbers, one or nested arrays, as a constant that belongs to the trace of this value: operations
   * on it alone are equations, where those on `tensor(numbers)` are computed at once.
   */
  constant(numbers: NestedNumbers): Traced {
    return new Traced(Traced.place(this).trace, readNested(numbers));
  }

  /** The smaller of both, or the smallest element along axes. */
  min(y: Operable): this;
  min(options?: ReductionOptions): this;
  min(y?: Operable | ReductionOptions): this {
    return isOperable(y) ? this.minimum(y) : reduceMin(this, y);
  }
  /** The larger of both, or the largest element along axes. */
  max(y: Operable): this;
  max(options?: ReductionOptions): this;
  max(y?: Operable | ReductionOptions): this {
    return isOperable(y) ? this.maximum(y) : reduceMax(this, y);
  }
  /** Sum over axes. */
  sum(options?: ReductionOptions): this {
    return sum(this, options);
  }
  /** Mean over axes. */
  mean(options?: ReductionOptions): this {
    return mean(this, options);
  }
  /** Product over axes. */
  prod(options?: ReductionOptions): this {
    return prod(this, options);
  }
  /** log Σ exp over axes. */
  logsumexp(options?: ReductionOptions): this {
    return logsumexp(this, options);
  }
  /** exp(this) / Σ exp(this) over the axes, the last if left out. */
  softmax(options?: AxesOption): this {
    return softmax(this, options);
  }
  /** Logarithm of the softmax. */
  logSoftmax(options?: AxesOption): this {
    return logSoftmax(this, options);
  }
  /** Moved to mean 0 and scaled to variance 1 over the axes, the last if left out. */
  layerNorm(options?: LayerNormOptions): this {
    return layerNorm(this, options);
  }
  /** max(this, 0) */
  relu(): this {
    return relu(this);
  }
  /** this · Φ(this) */
  gelu(options?: GeluOptions): this {
    return gelu(this, options);
  }
  /** this · sigmoid(this) */
  silu(): this {
    return silu(this);
  }

  /** Last axis of this by the last but one of y. */
  dot(y: Traced): Traced {
    return dot<Traced>(this, y);
  }
  /** Product of matrices, or of batches of them. */
  matmul(y: Traced): Traced {
    return matmul<Traced>(this, y);
  }
  /** Sum of products over contracted axes, as lax.dot_general has it. */
  dotGeneral(y: Traced, dimensions: DimensionNumbers): Traced {
    return dotGeneral<Traced>(this, y, dimensions);
  }
  /** this[i] · y[j] at [i, j]. */
  outer(y: Traced): Traced {
    return outer<Traced>(this, y);
  }

  /** Axes in another order, reversed if left out. */
  transpose(permutation?: readonly number[]): this {
    return transpose(this, permutation);
  }
  /** The same elements in another shape; one length may be −1. */
  reshape(shape: Shape): this {
    return reshape(this, shape);
  }
  /** Without axes of length 1. */
  squeeze(axes?: Axes): this {
    return squeeze(this, axes);
  }
  /** With new axes of length 1 at these places of the result. */
  expandDims(axes: Axes): this {
    return expandDims(this, axes);
  }
  /** Repeated to fill a shape, aligned at the last axis. */
  broadcastTo(shape: Shape): this {
    return broadcastTo(this, shape);
  }
  /** Repeated to fill a shape; axis k becomes axis dimensions[k]. */
  broadcastInDim(shape: Shape, dimensions: readonly number[]): this {
    return broadcastInDim(this, shape, dimensions);
  }
  /** Positions start[k] to limit[k] − 1 of each axis k. */
  slice(start: readonly number[], limit: readonly number[]): this {
    return slice(this, start, limit);
  }
  /** Parts of equal length, or from given positions on, along an axis. */
  split(parts: number | readonly number[], axis?: number): this[] {
    return split<this>(this, parts, axis);
  }
  /** `at(0)` is this[0], `at([0, 2])` this[0, 2], `at([null, [1, 3]])` this[:, 1:3]. */
  at(index: number | readonly Index[]): this {
    return at(this, index);
  }
}

function isOperable(y: Operable | ReductionOptions | undefined): y is Operable {
  return typeof y === 'number' || y instanceof Traced;
}
