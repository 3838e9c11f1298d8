/** Nothing is refused for its size: what is too large to be unrolled loops. */
import { describe, expect, it } from 'vitest';
import { accumulate } from '../../../../src/accumulate/accumulate.ts';
import { compileJacobian } from '../../../../src/accumulate/compile-jacobian.ts';
import { elementOperations } from '../../../../src/compile/element-operations.ts';
import { compileWasm } from '../../../../src/compile/wasm/compile.ts';
import {
  largestUnrolled,
  quickerCode,
  quickestUnrolled,
} from '../../../../src/compile/wasm/unrolling.ts';
import { linearise } from '../../../../src/graph/linearise.ts';
import { eliminableVertices, orderFromPositions } from '../../../../src/order/orders.ts';
import { matmul, tanh } from '../../../../src/program/ops.ts';
import { interpret } from '../../../../src/program/interpret.ts';
import { trace } from '../../../../src/program/trace.ts';
import type { Program, Tensor } from '../../../../src/program/types.ts';
import { createRandom } from '../../../../src/support/random.ts';
import { expectClose } from '../../../support/compare.ts';

/** tanh(W tanh(W x)) for a matrix of so many rows: 2n² products and 2n elementary functions. */
const layers = (n: number): Program =>
  trace((w, x) => tanh(matmul(w, tanh(matmul(w, x)))), [[n, n], [n]]);

function pointOf({ inputs }: Program, seed: number): Tensor[] {
  const random = createRandom(seed);
  return inputs.map(({ type: { shape } }) => ({
    shape,
    data: Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.next() - 0.5),
  }));
}

describe('the way to code', () => {
  it('is by the operations on elements: products and functions count, moves do not', () => {
    expect(elementOperations(layers(5))).toBe(2 * 25 + 2 * 5);
    expect(elementOperations(trace((x) => x.transpose().reshape([6]).mul(2).sum(), [[2, 3]]))).toBe(
      6 + 6,
    );
  });

  it('is straight code up to the limit and loops beyond', () => {
    const n = Math.floor(Math.sqrt(quickestUnrolled / 2)) - 2;
    expect(quickerCode(layers(n))).toBe('unrolled');
    expect(quickerCode(layers(n + 4))).toBe('loops');
  });
});

describe('a Program beyond every limit of straight code', () => {
  const program = layers(250);
  const point = pointOf(program, 3);

  it('is computed, in a module that is small', () => {
    expect(elementOperations(program)).toBeGreaterThan(largestUnrolled);
    const compiled = compileWasm(program);
    expect(compiled.source.length).toBeLessThan(20_000);
    const [wanted] = interpret(program, point);
    const columns = point.map(({ data }) => [...data, ...data]);
    const [found] = compiled.batch(columns, 2);
    expectClose([...(found?.slice(250) ?? [])], wanted?.data ?? [], 1e-12, 'output ');
    const small = compileWasm(layers(2), { tensors: 'loops' });
    expect(compiled.source.length / small.source.length).toBeLessThan(1.1);
  });

  it('is refused with the remedy only where straight code is asked for', () => {
    expect(() => compileWasm(program, { tensors: 'unrolled' })).toThrow(/wasm or js, which loop/);
  });

  it('says how many points are too many for the memory of a module', () => {
    const compiled = compileWasm(program);
    expect(() => compiled.prepare(1_000_000)).toThrow(/GiB of memory, WebAssembly has 4/);
  });

  it('has a Jacobian, the same as in JavaScript', () => {
    const large = layers(40);
    const linearisation = linearise(large);
    const { graph } = linearisation;
    const order = orderFromPositions(graph, eliminableVertices(graph).toReversed());
    const accumulation = accumulate(linearisation, order);
    const columns = pointOf(large, 4).map(({ data }) => Float64Array.from(data));
    const [js, wasm] = (['js', 'wasm'] as const).map((target) =>
      compileJacobian(accumulation, { target, outputs: 'dense', values: false }).batch(columns, 1),
    );
    js?.jacobian.forEach((block, k) => {
      expectClose([...(wasm?.jacobian[k] ?? [])], [...block], 1e-12, `block ${k} `);
    });
  });
});
