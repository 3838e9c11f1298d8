import { describe, expect, it } from 'vitest';
import { hessian, jacobian, valueAndJacobian } from '../../src/api/jacobian.ts';
import { parseOrder } from '../../src/order/orders.ts';
import { exp, log, mul, sin } from '../../src/program/ops.ts';
import type { Traced } from '../../src/program/trace.ts';
import { UserError } from '../../src/support/user-error.ts';

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof UserError) return error.code;
    throw error;
  }
  return 'no error';
}

describe('jacobian', () => {
  it('gives a row for each value', () => {
    const J = jacobian((x, y) => [x.mul(y), sin(x)], { order: 'markowitz' });
    expect(J(2, 3)).toEqual([
      [3, 2],
      [Math.cos(2), 0],
    ]);
  });

  it('gives one row for one value and an object of rows for an object', () => {
    expect(jacobian((x, y) => x.mul(y))(2, 3)).toEqual([3, 2]);
    expect(
      jacobian((x: Traced, y: Traced) => ({ product: x.mul(y), sum: x.add(y) }))(2, 3),
    ).toEqual({ product: [3, 2], sum: [1, 1] });
  });

  it('differentiates by the arguments that argnums names, in that order', () => {
    const f = (x: Traced, y: Traced, z: Traced) => [x.mul(y).mul(z), y];
    expect(jacobian(f, { argnums: [2, 0] })(2, 3, 5)).toEqual([
      [6, 15],
      [0, 0],
    ]);
    expect(jacobian(f, { argnums: 1 })(2, 3, 5)).toEqual([10, 1]);
    expect(jacobian((x, y) => x.mul(y), { argnums: 0 })(2, 3)).toBe(3);
    expect(codeOf(() => jacobian(f, { argnums: 3 })(2, 3, 5))).toBe('argnums-range');
  });

  it('takes a function of one object and gives rows with the same names', () => {
    const J = jacobian(({ x, y }) => ({ a: x.mul(y), b: y }), { inputs: { x: [], y: [] } });
    expect(J({ x: 2, y: 3 })).toEqual({ a: { x: 3, y: 2 }, b: { x: 0, y: 1 } });
    expect(J.batch({ x: [2, 4], y: [3, 5] }).a).toEqual({
      x: Float64Array.of(3, 5),
      y: Float64Array.of(2, 4),
    });
    // @ts-expect-error an input is missing
    expect(codeOf(() => J({ x: 2 }))).toBe('argument-type');
    const withOther = { x: 2, y: 3, z: 4 };
    expect(codeOf(() => J(withOther))).toBe('argument-count');
  });

  it('is right for repeated operands, inputs and constants as outputs', () => {
    expect(jacobian((x, y) => x.mul(x).mul(y))(3, 5)).toEqual([30, 9]);
    expect(jacobian((x) => x.add(x))(3)).toEqual([2]);
    expect(jacobian((x, y) => [x, 7, x.sub(y), x])(3, 4)).toEqual([
      [1, 0],
      [0, 0],
      [1, -1],
      [1, 0],
    ]);
  });

  it('takes a heuristic, vertex numbers or a function of the graph as the order', () => {
    // mul, sin, mul: vertices 1 and 2 are intermediate.
    const f = (x: Traced, y: Traced) => sin(x.mul(y)).mul(x);
    const expected = jacobian(f)(0.3, 0.7);
    expect(expected[0]).toBeCloseTo(Math.sin(0.21) + 0.3 * 0.7 * Math.cos(0.21), 15);
    expect(expected[1]).toBeCloseTo(0.3 * 0.3 * Math.cos(0.21), 15);
    for (const order of ['forward', 'reverse', [2, 1], [1, 2]]) {
      jacobian(f, { order })(0.3, 0.7).forEach((entry, index) => {
        expect(entry).toBeCloseTo(expected[index] ?? NaN, 15);
      });
    }
    const parsed = jacobian(f, { order: (graph) => parseOrder(graph, [2, 1]) });
    expect(parsed(0.3, 0.7)).toEqual(jacobian(f, { order: [2, 1] })(0.3, 0.7));
    expect(codeOf(() => jacobian(f, { order: [1] })(1, 2))).toBe('order-missing-vertex');
    expect(codeOf(() => jacobian(f, { order: [1, 2, 3] })(1, 2))).toBe('order-forbidden-vertex');
    expect(codeOf(() => jacobian(f, { order: 'markovitz' })(1, 2))).toBe('unknown-name');
  });

  it('traces and compiles once for each number of arguments', () => {
    let traces = 0;
    const J = jacobian((...xs: Traced[]) => {
      traces += 1;
      return xs.reduce((product, x) => product.mul(x));
    });
    expect(J(2, 3)).toEqual([3, 2]);
    expect(J(4, 5)).toEqual([5, 4]);
    expect(traces).toBe(1);
    expect(J(2, 3, 5)).toEqual([15, 10, 6]);
    expect(J.withArguments(3).multiplications).toBe(2);
    expect(traces).toBe(2);
  });

  it('evaluates a batch as it evaluates each point', () => {
    const J = jacobian((x, y) => [mul(exp(x), y), 4, log(y)]);
    const x = Float64Array.of(0.1, -2, 3);
    const y = [1, 2, 5];
    const batch = J.batch(x, y);
    x.forEach((value, index) => {
      const single = J(value, y[index] ?? NaN);
      single.forEach((row, output) => {
        row.forEach((entry, input) => {
          expect(batch[output]?.[input]?.[index]).toBe(entry);
        });
      });
    });
    expect(codeOf(() => J.batch([1, 2], [1]))).toBe('batch-length');
  });

  it('shows its Program, its code and what it costs', () => {
    const J = jacobian((x, y) => sin(x.mul(y)).mul(y));
    // Vertex 1 (two in, one out), then 2, or the other way round: 2 + 2 or 1 + 2 products.
    expect(J.multiplications).toBeGreaterThanOrEqual(3);
    expect(J.program.outputs).toHaveLength(2);
    expect(J.source).toContain('export function point(');
  });

  it('says what is wrong with its arguments', () => {
    const J = jacobian((x, y) => x.mul(y));
    // @ts-expect-error one argument is missing
    expect(codeOf(() => J(1))).toBe('argument-count');
    // @ts-expect-error a string is no number
    expect(codeOf(() => J(1, '2'))).toBe('argument-type');
    expect(codeOf(() => jacobian(({ x }) => x.mul(2), { inputs: { x: [3] } })({ x: 1 }))).toBe(
      'argument-shape',
    );
  });
});

describe('jacobian of tensors', () => {
  it('infers shapes from what it is called with and gives nested arrays', () => {
    const J = jacobian((w, x) => w.mul(x));
    expect(J([1, 2], 3)).toEqual([
      [
        [3, 0],
        [0, 3],
      ],
      [1, 2],
    ]);
    // The same function by other shapes: [2] and [2, 1] broadcast to [2, 2].
    const [byW] = J([1, 2], [[3], [4]]);
    expect(byW).toEqual([
      [
        [3, 0],
        [0, 3],
      ],
      [
        [4, 0],
        [0, 4],
      ],
    ]);
    expect(J(2, 3)).toEqual([3, 2]);
    expect(J(Float64Array.of(1, 2), 3)).toEqual(J([1, 2], 3));
  });

  it('takes flat typed arrays where shapes are listed', () => {
    const J = jacobian((w, x) => [w.mul(x)], { inputs: [[2, 2], []], argnums: [1] });
    const expected = [
      [
        [
          [1, 2],
          [3, 4],
        ],
      ],
    ];
    expect(J(Float32Array.of(1, 2, 3, 4), 7)).toEqual(expected);
    const nested = [
      [1, 2],
      [3, 4],
    ];
    expect(J(nested, 7)).toEqual(expected);
    expect(J.program.inputs.map(({ type }) => type.shape)).toEqual([[2, 2], []]);
    expect(codeOf(() => J([1, 2, 3, 4], 7))).toBe('argument-shape');
    expect(codeOf(() => J(nested, [7]))).toBe('argument-type');
  });

  it('takes named tensors', () => {
    const J = jacobian(({ w, s }) => ({ a: w.mul(s), b: s }), { inputs: { w: [2], s: [] } });
    expect(J({ w: [1, 2], s: 5 })).toEqual({
      a: {
        w: [
          [5, 0],
          [0, 5],
        ],
        s: [1, 2],
      },
      b: { w: [0, 0], s: 1 },
    });
  });

  it('evaluates batches: nested, or flat where the shape is known', () => {
    const J = jacobian((w, s) => w.mul(w).mul(s));
    const nested = J.batch(
      [
        [1, 2],
        [3, 4],
      ],
      [5, 6],
    );
    // [count, 2, 2] and [count, 2].
    expect(nested).toEqual([
      Float64Array.of(10, 0, 0, 20, 36, 0, 0, 48),
      Float64Array.of(1, 4, 9, 16),
    ]);
    const listed = jacobian((w, s) => w.mul(w).mul(s), { inputs: [[2], []] });
    expect(listed.batch(Float64Array.of(1, 2, 3, 4), [5, 6])).toEqual(nested);
    expect(codeOf(() => listed.batch([1, 2, 3], [5, 6]))).toBe('batch-length');
    expect(codeOf(() => listed.batch([1, 2], [5, 6]))).toBe('batch-length');
  });

  it('says what is wrong with a ragged or mismatched array', () => {
    const J = jacobian((w, x) => w.mul(x));
    expect(codeOf(() => J([[1, 2], [3]], 1))).toBe('argument-shape');
    expect(codeOf(() => J([1, 2, 3], [1, 2]))).toBe('shape-mismatch');
    // @ts-expect-error a text is no number
    expect(codeOf(() => J(['1'], 1))).toBe('argument-type');
    expect(J.withArguments([[3], []]).program.inputs[0]?.type.shape).toEqual([3]);
  });
});

describe('valueAndJacobian', () => {
  it('gives nested arrays for tensors', () => {
    expect(valueAndJacobian((w) => w.mul(w), { argnums: 0 })([2, 3])).toEqual({
      value: [4, 9],
      jacobian: [
        [4, 0],
        [0, 6],
      ],
    });
  });

  it('gives the value in the structure of the function beside the Jacobian', () => {
    expect(valueAndJacobian((x, y) => x.mul(y))(2, 3)).toEqual({ value: 6, jacobian: [3, 2] });
    expect(
      valueAndJacobian((x: Traced) => ({ square: x.mul(x), itself: x, two: 2 }), { argnums: 0 })(3),
    ).toEqual({
      value: { square: 9, itself: 3, two: 2 },
      jacobian: { square: 6, itself: 1, two: 0 },
    });
  });
});

describe('hessian', () => {
  it('gives the known second derivatives', () => {
    expect(hessian((x, y) => x.mul(x).mul(y))(2, 3)).toEqual([
      [6, 4],
      [4, 0],
    ]);
    // f = sin(x·y): f_xx = −y² sin, f_xy = cos − xy sin, f_yy = −x² sin.
    const [x, y] = [0.4, 0.9];
    const [sine, cosine] = [Math.sin(x * y), Math.cos(x * y)];
    const H = hessian((a, b) => sin(a.mul(b)), { order: 'reverse' })(x, y);
    expect(H[0][0]).toBeCloseTo(-y * y * sine, 14);
    expect(H[0][1]).toBeCloseTo(cosine - x * y * sine, 14);
    expect(H[1][1]).toBeCloseTo(-x * x * sine, 14);
  });

  it('is symmetric bit for bit', () => {
    const H = hessian((x, y, z) => exp(sin(x.mul(y)).div(z)).mul(log(z.add(x))));
    const [[, xy, xz], [yx, , yz], [zx, zy]] = H(0.3, 0.7, 1.9);
    expect([yx, zx, zy]).toEqual([xy, xz, yz]);
  });

  it('gives a matrix for each value, an entry for one argument', () => {
    expect(hessian((x: Traced) => [x.mul(x), x, 3])(5)).toEqual([[[2]], [[0]], [[0]]]);
    expect(hessian((x, y) => x.mul(x).mul(y), { argnums: 0 })(2, 3)).toBe(6);
    expect(hessian(({ x, y }) => x.mul(y), { inputs: { x: [], y: [] } })({ x: 2, y: 3 })).toEqual({
      x: { x: 0, y: 1 },
      y: { x: 1, y: 0 },
    });
  });

  it('of tensors has the axes of the value, then of both inputs', () => {
    // f = w² s: ∂²f/∂w∂w = 2s on the diagonal of three axes, ∂²f/∂w∂s = 2w on that of two.
    const H = hessian((w, s) => w.mul(w).mul(s))([2, 3], 5);
    expect(H).toEqual([
      [
        [
          [
            [10, 0],
            [0, 0],
          ],
          [
            [0, 0],
            [0, 10],
          ],
        ],
        [
          [4, 0],
          [0, 6],
        ],
      ],
      [
        [
          [4, 0],
          [0, 6],
        ],
        [0, 0],
      ],
    ]);
  });

  it('exchanges the axes of both inputs below the diagonal', () => {
    // f[i, j] = v[i] · w[j]: ∂²/∂v[a]∂w[b] is 1 at i = a, j = b.
    const H = hessian((v, w) => v.mul(w), { inputs: [[2, 1], [3]] })([[1], [2]], [3, 4, 5]);
    const upper = H[0][1] as number[][][][][];
    const lower = H[1][0] as number[][][][][];
    for (const [i, j, a, b] of [0, 1].flatMap((p) =>
      [0, 1, 2].flatMap((q) => [0, 1].flatMap((r) => [0, 1, 2].map((t) => [p, q, r, t] as const))),
    )) {
      const wanted = i === a && j === b ? 1 : 0;
      expect(upper[i]?.[j]?.[a]?.[0]?.[b]).toBe(wanted);
      expect(lower[i]?.[j]?.[b]?.[a]?.[0]).toBe(wanted);
    }
  });
});
