/**
 * Jacobians and Hessians of a Program by dual and hyper-dual numbers: the independent oracle that
 * accumulated Jacobians are checked against. Each element carries its value, its gradient by all
 * elements of all inputs, and for Hessians its second derivatives (Fike and Alonso, The Development
 * of Hyper-Dual Numbers for Exact Second-Derivative Calculations, AIAA 2011-886, equations 12-17,
 * with all pairs of directions at once). No step size, so no truncation error. The chain rule:
 *     g = Σ fᵢ gᵢ,   H = Σ fᵢ Hᵢ + Σ fᵢⱼ gᵢ gⱼᵀ.
 * With n input elements and e scalar operations: O(e·n) for Jacobians, O(e·n²) for Hessians.
 * The formulas are those of derivatives.ts; the partial rules of the primitives are not used.
 */
import { localDerivatives } from './derivatives.ts';
import type { Arithmetic } from './arithmetic.ts';
import { interpretWith } from './interpret.ts';
import type { Parameters, Program, Shape, Tensor } from './types.ts';

/** A value with its derivatives by n directions; a part that is absent is zero. */
interface Dual {
  readonly value: number;
  /** n derivatives. */
  readonly first: Float64Array | undefined;
  /** n × n second derivatives, row-major and symmetric; always absent in plain dual numbers. */
  readonly second: Float64Array | undefined;
}

type Rank = 'dual' | 'hyper-dual';

/** target += factor · term, where both may be absent. */
function addScaled(
  target: Float64Array | undefined,
  factor: number,
  term: Float64Array | undefined,
): Float64Array | undefined {
  if (term === undefined) return target;
  const sum = target ?? new Float64Array(term.length);
  for (let k = 0; k < sum.length; k += 1) sum[k] = (sum[k] ?? 0) + factor * (term[k] ?? 0);
  return sum;
}

/** target += factor · a bᵀ */
function addOuterProduct(
  target: Float64Array | undefined,
  factor: number,
  a: Float64Array | undefined,
  b: Float64Array | undefined,
): Float64Array | undefined {
  if (a === undefined || b === undefined) return target;
  const size = a.length;
  const sum = target ?? new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    const scaled = factor * (a[row] ?? 0);
    if (scaled === 0) continue;
    for (let column = 0; column < size; column += 1) {
      const at = row * size + column;
      sum[at] = (sum[at] ?? 0) + scaled * (b[column] ?? 0);
    }
  }
  return sum;
}

function arithmetic(rank: Rank): Arithmetic<Dual> {
  return {
    literal: (value) => ({ value, first: undefined, second: undefined }),
    apply: (primitive: string, operands: readonly Dual[], parameters: Parameters): Dual => {
      const values = operands.map((operand) => operand.value);
      const local = localDerivatives(primitive, values, parameters);
      let first: Float64Array | undefined;
      let second: Float64Array | undefined;
      operands.forEach((operand, i) => {
        const slope = local.first[i] ?? null;
        if (slope !== null) {
          first = addScaled(first, slope, operand.first);
          if (rank === 'hyper-dual') second = addScaled(second, slope, operand.second);
        }
        if (rank === 'dual') return;
        operands.forEach((other, j) => {
          const bend = local.second[i]?.[j] ?? null;
          if (bend !== null) second = addOuterProduct(second, bend, operand.first, other.first);
        });
      });
      return { value: local.value, first, second };
    },
  };
}

/** The inputs with one direction an element, numbered through. */
function seeded(inputs: readonly Tensor[]): Tensor<Dual>[] {
  const directions = inputs.reduce((sum, { data }) => sum + data.length, 0);
  let direction = 0;
  return inputs.map(({ shape, data }) => ({
    shape,
    data: data.map((value): Dual => {
      const first = new Float64Array(directions);
      first[direction] = 1;
      direction += 1;
      return { value, first, second: undefined };
    }),
  }));
}

/** Direction of each input's first element. */
function offsets(inputs: readonly Tensor[]): number[] {
  let next = 0;
  return inputs.map(({ data }) => {
    const offset = next;
    next += data.length;
    return offset;
  });
}

/**
 * Jacobian of every output by every input at a point, by dual numbers. Choices at kinks:
 * derivatives.ts.
 * @param inputs one tensor an input of the program, of its shape
 * @returns at [output][input] a tensor of shape [...output shape, ...input shape]
 * @throws Error where an input's shape is not the program's
 */
export function dualJacobian(program: Program, inputs: readonly Tensor[]): Tensor[][] {
  const outputs = interpretWith(program, seeded(inputs), arithmetic('dual'));
  const starts = offsets(inputs);
  return outputs.map((output) =>
    inputs.map((input, i) => {
      const start = starts[i] ?? 0;
      const shape: Shape = [...output.shape, ...input.shape];
      const data = output.data.flatMap(({ first }) =>
        input.data.map((_, k) => first?.[start + k] ?? 0),
      );
      return { shape, data };
    }),
  );
}

/**
 * Second derivatives of every output by every pair of inputs at a point, by hyper-dual numbers.
 * Choices at kinks: derivatives.ts.
 * @param inputs one tensor an input of the program, of its shape
 * @returns at [output][a][b] a tensor of shape [...output shape, ...shape of a, ...shape of b]
 * @throws Error where an input's shape is not the program's
 */
export function hyperDualHessian(program: Program, inputs: readonly Tensor[]): Tensor[][][] {
  const outputs = interpretWith(program, seeded(inputs), arithmetic('hyper-dual'));
  const starts = offsets(inputs);
  const size = inputs.reduce((sum, { data }) => sum + data.length, 0);
  return outputs.map((output) =>
    inputs.map((a, i) =>
      inputs.map((b, j) => {
        const shape: Shape = [...output.shape, ...a.shape, ...b.shape];
        const data = output.data.flatMap(({ second }) =>
          a.data.flatMap((_, row) => {
            const start = ((starts[i] ?? 0) + row) * size + (starts[j] ?? 0);
            return b.data.map((__, column) => second?.[start + column] ?? 0);
          }),
        );
        return { shape, data };
      }),
    ),
  );
}
