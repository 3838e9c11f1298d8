import { describe, expect, it } from 'vitest';
import { accumulate, jacobianProgram } from '../../src/accumulate/accumulate.ts';
import { countExecuted } from '../../src/accumulate/count-executed.ts';
import { linearise } from '../../src/graph/linearise.ts';
import { eliminableVertices, orderFromPositions, parseOrder } from '../../src/order/orders.ts';
import { asinh, sin, sub, tanh } from '../../src/program/ops.ts';
import { trace, type Traced } from '../../src/program/trace.ts';

type Values = Traced | number | readonly (Traced | number)[] | Record<string, Traced | number>;

/** Values, dense Jacobian and multiplications at a point, in an order of vertex numbers. */
function differentiate(
  f: (...inputs: Traced[]) => Values,
  point: readonly number[],
  order: readonly number[],
) {
  const linearisation = linearise(
    trace(
      f,
      point.map(() => []),
    ),
  );
  const accumulation = accumulate(linearisation, parseOrder(linearisation.graph, order));
  const run = countExecuted(
    accumulation,
    point.map((x) => ({ shape: [], data: [x] })),
  );
  return {
    accumulation,
    values: run.values.map(({ data }) => data[0] ?? NaN),
    jacobian: run.jacobian.map((row) => row.map(({ data }) => data[0] ?? NaN)),
    multiplications: run.multiplications,
  };
}

describe('accumulation is right where other programs are wrong:', () => {
  it('an operand used twice by one equation contributes both partials', () => {
    expect(differentiate((x, y) => x.mul(x).mul(y), [3, 5], [1]).jacobian).toEqual([[30, 9]]);
    expect(differentiate((x) => x.add(x).mul(3), [3], [1]).jacobian).toEqual([[6]]);
    expect(differentiate((x) => x.sub(x).mul(3), [3], [1]).jacobian).toEqual([[0]]);
    expect(differentiate((x) => x.div(x).mul(3), [4], [1]).jacobian).toEqual([[0]]);
  });

  it('1 − w·w with w = tanh x has the derivative −2 w (1 − w²)', () => {
    const w = Math.tanh(0.7);
    for (const order of [
      [1, 2],
      [2, 1],
    ]) {
      const { jacobian } = differentiate(
        (x) => {
          const hidden = tanh(x);
          return sub(1, hidden.mul(hidden));
        },
        [0.7],
        order,
      );
      expect(jacobian[0]?.[0]).toBeCloseTo(-2 * w * (1 - w * w), 14);
    }
  });

  it('asinh has the derivative 1/√(1 + x²)', () => {
    const { jacobian } = differentiate((x) => asinh(x).mul(2), [0.75], [1]);
    expect(jacobian[0]?.[0]).toBeCloseTo(2 / Math.sqrt(1 + 0.75 * 0.75), 15);
  });

  it('an output that is an input has the derivative 1', () => {
    const { jacobian, accumulation } = differentiate((x, y) => [y, x.mul(y), x], [2, 3], []);
    expect(jacobian).toEqual([
      [0, 1],
      [3, 2],
      [1, 0],
    ]);
    expect(accumulation.blocks).toHaveLength(4);
  });

  it('a constant output has no entry', () => {
    const { jacobian, values, accumulation } = differentiate((x) => [7, sin(x)], [0], []);
    expect(values).toEqual([7, 0]);
    expect(jacobian).toEqual([[0], [1]]);
    expect(accumulation.blocks.map(({ output }) => output)).toEqual([1]);
  });

  it('an output named twice has its entries twice', () => {
    const { jacobian } = differentiate(
      (x, y) => {
        const product = x.mul(y);
        return { a: product, b: product.neg(), c: product };
      },
      [2, 3],
      [1],
    );
    expect(jacobian).toEqual([
      [3, 2],
      [-3, -2],
      [3, 2],
    ]);
  });

  it('an output that feeds others is eliminated and keeps its entries', () => {
    const chain = (x: Traced, y: Traced) => {
      const a = x.mul(y);
      const b = a.mul(x);
      const c = b.mul(a);
      return [a, b, c];
    };
    for (const order of [
      [1, 2],
      [2, 1],
    ]) {
      // a = xy, b = x²y, c = x³y²
      expect(differentiate(chain, [2, 3], order).jacobian).toEqual([
        [3, 2],
        [12, 4],
        [3 * 4 * 9, 2 * 8 * 3],
      ]);
    }
  });

  it('a function of no input but constants has an empty Jacobian', () => {
    const { jacobian } = differentiate(() => [1, 2], [], []);
    expect(jacobian).toEqual([[], []]);
  });
});

describe('the accumulation Program', () => {
  it('names its outputs after the derivative', () => {
    const { accumulation } = differentiate((x, y) => [x.mul(y), 4], [2, 3], []);
    const [product] = accumulation.values;
    const names = accumulation.program.outputs.map(({ name }) => name);
    const inputs = accumulation.program.inputs.map(({ name }) => name);
    expect(names.slice(2)).toEqual(inputs.map((input) => `∂${product?.name ?? ''}/∂${input}`));
  });

  it('lists the primal equations, then the partials, then the accumulation', () => {
    const { accumulation } = differentiate((x, y) => sin(x.mul(y)), [2, 3], [1]);
    const { program, primalEquations, partialEquations } = accumulation;
    const stage = (from: number, to?: number) =>
      program.equations.slice(from, to).map(({ primitive }) => primitive);
    expect(stage(0, primalEquations)).toEqual(['mul', 'sin']);
    expect(stage(primalEquations, primalEquations + partialEquations)).toEqual(['cos']);
    expect(stage(primalEquations + partialEquations)).toEqual(['mul', 'mul']);
    expect(accumulation.multiplications).toBe(2);
  });

  it('depends on the order in its multiplications only', () => {
    // Two inputs, one path, three outputs: forward pays at the wide end twice, reverse once.
    const f = (x: Traced, y: Traced) => {
      const inner = sin(x.mul(y));
      const outer = sin(inner);
      return [sin(outer), tanh(outer), asinh(outer)];
    };
    const forward = differentiate(f, [0.3, 0.4], [1, 2, 3]);
    const backward = differentiate(f, [0.3, 0.4], [3, 2, 1]);
    // In × out: forward 2·1 + 2·1 + 2·3, backward 1·3 + 1·3 + 2·3.
    expect(forward.multiplications).toBe(10);
    expect(backward.multiplications).toBe(12);
    forward.jacobian.forEach((row, output) => {
      row.forEach((entry, input) => {
        expect(backward.jacobian[output]?.[input]).toBeCloseTo(entry, 14);
      });
    });
  });
});

describe('the dense Jacobian Program', () => {
  it('is row-major, 0 where an entry is structurally zero, values first when asked', () => {
    const { accumulation } = differentiate((x, y) => [x.mul(y), sin(x)], [2, 3], []);
    const dense = jacobianProgram(accumulation, { values: false });
    expect(dense.outputs).toHaveLength(4);
    expect(dense.outputs[3]?.operand).toEqual({ kind: 'literal', shape: [], data: [0] });
    const withValues = jacobianProgram(accumulation, { values: true, inputs: [1] });
    expect(withValues.outputs).toHaveLength(4);
    expect(withValues.outputs[0]?.operand).toEqual(accumulation.values[0]?.operand);
  });

  it('has unique names, also where it is differentiated again', () => {
    const first = differentiate((x, y) => x.mul(x).mul(y), [2, 3], [1]).accumulation;
    const again = linearise(jacobianProgram(first, { values: true }));
    const forward = orderFromPositions(again.graph, eliminableVertices(again.graph));
    const second = accumulate(again, forward);
    const names = jacobianProgram(second, { values: true }).outputs.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
