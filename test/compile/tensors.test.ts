import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accumulate, jacobianProgram } from '../../src/accumulate/accumulate.ts';
import { compileJavaScript } from '../../src/compile/js/compile.ts';
import type { CompiledProgram, CompileOptions } from '../../src/compile/types.ts';
import { compileWasm } from '../../src/compile/wasm/compile.ts';
import { linearise } from '../../src/graph/linearise.ts';
import { eliminableVertices, orderFromPositions } from '../../src/order/orders.ts';
import { ProgramBuilder } from '../../src/program/builder.ts';
import { interpret } from '../../src/program/interpret.ts';
import { elementCount } from '../../src/program/shapes.ts';
import type { Program, Tensor } from '../../src/program/types.ts';
import { literalTensor, realType, scalarType } from '../../src/program/values.ts';
import { createRandom } from '../../src/support/random.ts';
import { arbitraryTensorProgram } from '../support/arbitrary-tensor-program.ts';
import { expectClose } from '../support/compare.ts';

const numbers = (tensors: readonly Tensor[]): number[] => tensors.flatMap(({ data }) => data);

/** Every way in which Programs with axes become code. */
const ways = {
  js: compileJavaScript,
  'wasm unrolled': (program, options) => compileWasm(program, { ...options, tensors: 'unrolled' }),
  'wasm loops': (program, options) => compileWasm(program, { ...options, tensors: 'loops' }),
} satisfies Record<string, (program: Program, options: CompileOptions) => CompiledProgram>;

/** Three points in a batch: the sample, and two more with other numbers in every place. */
function expectSameAsInterpreter(
  program: Program,
  sample: readonly Tensor[],
  compile: (program: Program) => CompiledProgram,
  tolerance: number,
) {
  const points = [0, 0.125, -0.0625].map((shift) =>
    sample.map(({ shape, data }): Tensor => ({ shape, data: data.map((x) => x + shift) })),
  );
  const columns = program.inputs.map((_, input) =>
    points.flatMap((point) => point[input]?.data ?? []),
  );
  const compiled = compile(program);
  // Twice, since buffers are used again.
  for (const results of [compiled.batch(columns, 3), compiled.batch(columns, 3)]) {
    points.forEach((point, at) => {
      interpret(program, point).forEach(({ shape, data }, output) => {
        const length = elementCount(shape);
        const found = results[output]?.subarray(at * length, (at + 1) * length) ?? [];
        expectClose([...found], data, tolerance, `output ${output} of point ${at} `);
      });
    });
  }
  const wanted = numbers(interpret(program, sample));
  expectClose(compiled.point(numbers(sample)), wanted, tolerance, 'point ');
}

describe.each(
  Object.entries(ways).flatMap(([way, compile]) => [
    [way, 'as they stand', compile, true] as const,
    [way, 'simplified', compile, false] as const,
  ]),
)('random tensor programs as %s, %s,', (way, _, compile, strict) => {
  // JavaScript has the interpreter's own functions and order of sums.
  const tolerance = way === 'js' ? (strict ? 1e-15 : 1e-12) : strict ? 1e-13 : 1e-12;
  const compiled = (program: Program): CompiledProgram => compile(program, { strict });
  // Writing a module takes longer than writing text.
  const runs = way === 'js' ? 300 : 90;

  it('compute what the interpreter does', () => {
    fc.assert(
      fc.property(arbitraryTensorProgram(), ({ program, sample }) => {
        expectSameAsInterpreter(program, sample, compiled, tolerance);
      }),
      { seed: 20245, numRuns: runs },
    );
  });

  it('and so do their Jacobians', () => {
    fc.assert(
      fc.property(arbitraryTensorProgram(), fc.nat(), ({ program, sample }, seed) => {
        const linearisation = linearise(program);
        const vertices = createRandom(seed).shuffle(eliminableVertices(linearisation.graph));
        const order = orderFromPositions(linearisation.graph, vertices);
        const dense = jacobianProgram(accumulate(linearisation, order), { values: true });
        expectSameAsInterpreter(dense, sample, compiled, tolerance);
      }),
      { seed: 20246, numRuns: runs / 3 },
    );
  });
});

/** A function with a scalar, a vector and a matrix: y = s · tanh(W v), and the mean of y. */
function layer(): Program {
  const builder = new ProgramBuilder('layer');
  const s = builder.input('s', scalarType);
  const v = builder.input('v', realType([3]));
  const w = builder.input('W', realType([2, 3]));
  const product = builder.emit('einsum', [w, v], { left: [0, 1], right: [1], out: [0] });
  const y = builder.emit('mul', [s, builder.emit('tanh', [product])]);
  builder.output('y', y);
  builder.output('mean', builder.emit('div', [builder.emit('sum', [y], { axes: [0] }), 2]));
  builder.output('s', s);
  builder.output('known', literalTensor([2], [1, 4]));
  return builder.build();
}

describe('a module of a Program with axes', () => {
  it('stands alone: names, shapes, a point and a batch', async () => {
    const { source } = compileJavaScript(layer());
    const module = (await import(
      /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(source)}`
    )) as {
      readonly [name: string]: unknown;
      point(...inputs: unknown[]): unknown[];
      batch(columns: readonly ArrayLike<number>[], count: number): Float64Array[];
    };
    expect(module.inputs).toEqual(['s', 'v', 'W']);
    expect(module.inputShapes).toEqual([[], [3], [2, 3]]);
    expect(module.outputShapes).toEqual([[2], [], [], [2]]);
    const [s, v, w] = [0.5, [1, 2, 3], [1, 0, 0, 0, 0.5, -1]];
    const y = Float64Array.of(0.5 * Math.tanh(1), 0.5 * Math.tanh(-2));
    expect(module.point(s, v, w)).toEqual([
      y,
      ((y[0] ?? NaN) + (y[1] ?? NaN)) / 2,
      0.5,
      Float64Array.of(1, 4),
    ]);
    const [first] = module.batch([Float32Array.of(2, 0.5), [0, 0, 0, ...v], [...w, ...w]], 2);
    expect(first).toEqual(Float64Array.of(0, 0, ...y));
  });

  it('allocates its buffers outside of the functions, with the shape beside each value', () => {
    const { source } = compileJavaScript(layer(), { strict: true });
    expect(source).toMatch(/^const v3 = new Float64Array\(2\); \/\/ einsum: \[2\]$/m);
    const body = source.slice(source.indexOf('function part0'), source.indexOf('function batch'));
    expect(body).not.toContain('new ');
  });

  it('results of one call are not touched by the next', () => {
    const compiled = compileJavaScript(layer());
    const before = compiled.batch([[1], [1, 2, 3], [1, 0, 0, 0, 1, 0]], 1).map((y) => [...y]);
    const kept = compiled.batch([[1], [1, 2, 3], [1, 0, 0, 0, 1, 0]], 1);
    compiled.batch([[7], [3, 2, 1], [1, 1, 1, 1, 1, 1]], 1);
    expect(kept.map((y) => [...y])).toEqual(before);
  });
});
