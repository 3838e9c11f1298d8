/** Elementary functions as functions of the module compute what they compute in place. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Precision } from '../../../src/compile/types.ts';
import { compileModule, instantiateModule } from '../../../src/compile/wasm/engine.ts';
import { generateWasm } from '../../../src/compile/wasm/generate.ts';
import { laneFormat } from '../../../src/compile/wasm/operations.ts';
import { lowerForPoint, lowerWithCalls } from '../../../src/compile/outline/outline.ts';
import { shareCalls } from '../../../src/compile/wasm/shared-calls.ts';
import { cos, exp, log, pow, sin } from '../../../src/program/ops.ts';
import { trace } from '../../../src/program/trace.ts';
import type { Program } from '../../../src/program/types.ts';
import { arbitraryProgram } from '../../support/arbitrary-program.ts';

const options = { precision: 'f64', fused: false } as const;

/** Results at a point; `inlined` operations at most stay in place. */
function evaluate(
  program: Program,
  point: readonly number[],
  inlined: number,
  longest?: number,
  precision: Precision = 'f64',
) {
  const lanes = lowerWithCalls(program, { ...options, precision }, inlined);
  const { bytes, bufferStart } = generateWasm(lanes, { longest });
  const { memory, point: run } = instantiateModule(compileModule(bytes), ['point']);
  const numbers = precision === 'f64' ? Float64Array : Float32Array;
  const inputs = new numbers(memory.buffer, bufferStart, point.length);
  const outputs = new numbers(memory.buffer, bufferStart + 1024, program.outputs.length);
  inputs.set(point);
  run(bufferStart, bufferStart + 1024);
  return [...outputs];
}

describe('functions of the module', () => {
  it('give the same bits as in place, in random programs, whole and in parts', () => {
    fc.assert(
      fc.property(arbitraryProgram(), ({ program, sample }) => {
        const point = sample.map(({ data }) => data[0] ?? NaN);
        const inPlace = evaluate(program, point, Infinity);
        expect(evaluate(program, point, 0)).toEqual(inPlace);
        expect(evaluate(program, point, 0, 4)).toEqual(inPlace);
        const single = evaluate(program, point, Infinity, undefined, 'f32');
        expect(evaluate(program, point, 0, undefined, 'f32')).toEqual(single);
      }),
      { numRuns: 150 },
    );
  });

  it('are run once for several calls at one point: as many as there are lanes', () => {
    const program = trace((...xs) => xs.map((x) => sin(x).mul(cos(x))), [[], [], [], [], []]);
    for (const [precision, runs] of [
      ['f64', 3],
      ['f32', 2],
    ] as const) {
      const { lanes } = laneFormat(precision);
      const shared = shareCalls(lowerWithCalls(program, { precision, fused: false }, 0), lanes);
      const calls = shared.statements.filter(
        ({ kind }) => kind === 'call' || kind === 'sharedCall',
      );
      expect(calls).toHaveLength(runs);
    }
  });

  it('are called at one point where they have several places, but not if they are short', () => {
    const program = trace((x, y) => [sin(x), sin(y), sin(x.mul(y)), exp(x)], [[], []]);
    const tiles = lowerWithCalls(program, options);
    expect(tiles.functions).toEqual([]);
    const point = lowerForPoint(program, options, tiles);
    expect(point.functions.map(({ name }) => name)).toEqual(['sin']);
    const once = trace((x) => [sin(x)], [[]]);
    const alone = lowerWithCalls(once, options);
    expect(lowerForPoint(once, options, alone)).toBe(alone);
  });

  it('are there once, however often they are called, with sine and cosine together', () => {
    const program = trace(
      (x, y) => [sin(x).mul(cos(x)), sin(y).mul(cos(y)), exp(x), exp(y), pow(x, 2.5)],
      [[], []],
    );
    const { functions, statements } = lowerWithCalls(program, options, 0);
    expect(functions.map(({ name }) => name).toSorted()).toEqual(['cos sin', 'exp', 'pow']);
    expect(statements.filter(({ kind }) => kind === 'call')).toHaveLength(5);
    expect(lowerWithCalls(program, options, Infinity).functions).toEqual([]);
  });

  it('compute powers of one base and its logarithm together, unless one depends on another', () => {
    const program = trace(
      (x, y) => {
        const first = pow(x, y);
        // Its exponent is there before the first power is, though it is written later.
        const second = pow(x, y.sub(1));
        const logarithm = log(x);
        const tower = pow(x, first);
        return [first, second, tower, pow(y, tower), logarithm];
      },
      [[], []],
    );
    const { functions, statements } = lowerWithCalls(program, options, 0);
    expect(functions.map(({ name }) => name).toSorted()).toEqual(['log pow pow', 'pow']);
    expect(statements.filter(({ kind }) => kind === 'call')).toHaveLength(3);
    const point = [1.25, 0.75];
    expect(evaluate(program, point, 0)).toEqual(evaluate(program, point, Infinity));
  });

  it('move what a call needs up before it, however long its chain is', () => {
    const program = trace(
      (x, y) => {
        let exponent = y;
        for (let k = 0; k < 20_000; k += 1) exponent = exponent.add(x);
        return [pow(x, y), pow(x, exponent)];
      },
      [[], []],
    );
    const { statements } = lowerWithCalls(program, options, 0);
    const calls = statements.filter(({ kind }) => kind === 'call');
    expect(calls).toHaveLength(1);
    expect(statements.at(-1)).toBe(calls[0]);
  });

  it('give the same bits as in place where powers depend on powers at random', () => {
    const step = fc.record({
      kind: fc.constantFrom('pow', 'pow', 'sub', 'mul'),
      left: fc.nat(),
      right: fc.nat(),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 24 }), (steps) => {
        const program = trace(
          (x, y) => {
            const values = [x, y];
            const pick = (index: number) => values[index % values.length] ?? x;
            for (const { kind, left, right } of steps) {
              const [a, b] = [pick(left), pick(right)];
              values.push(kind === 'pow' ? pow(a, b) : kind === 'sub' ? a.sub(b) : a.mul(b));
            }
            return values.slice(2);
          },
          [[], []],
        );
        const point = [1.125, 0.875];
        const inPlace = evaluate(program, point, Infinity);
        expect(evaluate(program, point, 0)).toEqual(inPlace);
        expect(evaluate(program, point, 0, 5)).toEqual(inPlace);
      }),
      { numRuns: 300 },
    );
  });
});
