/** What every target has to do alike, on every task. A new target is tested by being listed. */
import { describe, expect, it } from 'vitest';
import { compileJacobian, denseNumbers } from '../../src/accumulate/compile-jacobian.ts';
import { targets } from '../../src/compile/targets.ts';
import type { Numbers, Precision } from '../../src/compile/types.ts';
import { dualJacobian } from '../../src/program/dual.ts';
import { interpret } from '../../src/program/interpret.ts';
import { trace } from '../../src/program/trace.ts';
import type { Tensor } from '../../src/program/types.ts';
import { pointsAround } from '../../src/results/jacobian-check.ts';
import { UserError } from '../../src/support/user-error.ts';
import { expectClose, expectJacobianClose, expectTensorClose } from '../support/compare.ts';
import { accumulatedTask, publishedTasks } from './wasm/accumulated-task.ts';

const cases = targets.flatMap(({ name, precisions }) =>
  precisions.map((precision) => [name, precision] as const),
);

/** The same with the ways to code that are told apart by the target. */
const codeCases = cases.flatMap(([target, precision]) =>
  (target === 'wasm' ? (['unrolled', 'loops'] as const) : [undefined]).map(
    (tensors) => [target, precision, tensors] as const,
  ),
);

/**
 * Relative to the largest derivative of the row. In single precision the tasks lose up to four more
 * digits to cancellation than in double precision; these are bounds, the figures are in docs/targets.md.
 */
const tolerance: Readonly<Record<Precision, number>> = { f64: 1e-11, f32: 2e-2 };

/** Points, one array an input, row-major `[count, …shape]`. */
function columnsOf(points: readonly (readonly Tensor[])[]): Float64Array[] {
  const [first = []] = points;
  return first.map((_, input) =>
    Float64Array.from(points.flatMap((point) => point[input]?.data ?? [])),
  );
}

/** Element `point` of results, as tensors. */
function tensorsAt(
  results: readonly Numbers[],
  shapes: readonly (readonly number[])[],
  point: number,
): Tensor[] {
  return results.map((result, k) => {
    const shape = shapes[k] ?? [];
    const length = shape.reduce((product, axis) => product * axis, 1);
    return { shape, data: [...result.slice(point * length, (point + 1) * length)] };
  });
}

/** Blocks by output and input as one matrix a point, `[count, rows, columns]`. */
function joinBlocks(
  blocks: readonly Numbers[],
  outputShapes: readonly (readonly number[])[],
  inputShapes: readonly (readonly number[])[],
  count: number,
): Float64Array {
  const size = (shape: readonly number[]): number =>
    shape.reduce((product, axis) => product * axis, 1);
  const joined: number[] = [];
  for (let point = 0; point < count; point += 1) {
    outputShapes.forEach((outputShape, output) => {
      for (let row = 0; row < size(outputShape); row += 1) {
        inputShapes.forEach((inputShape, input) => {
          const width = size(inputShape);
          const start = (point * size(outputShape) + row) * width;
          const block = blocks[output * inputShapes.length + input];
          joined.push(...(block?.slice(start, start + width) ?? []));
        });
      }
    });
  }
  return Float64Array.from(joined);
}

describe.each(codeCases)('target %s in %s (tensors: %s)', (target, precision, tensors) => {
  const coded = { target, precision, ...(tensors === undefined ? {} : { tensors }) };
  describe.each(publishedTasks)('on %s', (name) => {
    const { subject, accumulation } = accumulatedTask(name);
    const program = subject.program();
    // Two tiles of 16 and a part of a third.
    const points = pointsAround(subject.sample ?? [], 36).slice(1);
    const columns = columnsOf(points);
    const compile = (outputs: 'dense' | 'compact' | 'sparse') =>
      compileJacobian(accumulation, { ...coded, outputs });

    it('gives the values of the interpreter and the Jacobian of dual numbers', () => {
      const compiled = compile('dense');
      const { values, jacobian } = compiled.batch(columns, points.length);
      const { outputShapes, inputShapes } = compiled.layout;
      const entryShapes = outputShapes.flatMap((out) => inputShapes.map((own) => [...out, ...own]));
      // The first point, the last of the first tile, and one of the last tile.
      for (const index of [0, 15, points.length - 1]) {
        const point = points[index] ?? [];
        const expected = dualJacobian(program, point);
        const entries = tensorsAt(jacobian, entryShapes, index);
        const rows = outputShapes.map((_, output) =>
          entries.slice(output * inputShapes.length, (output + 1) * inputShapes.length),
        );
        expectJacobianClose(program, rows, expected, tolerance[precision]);
        const wanted = interpret(program, point);
        tensorsAt(values, outputShapes, index).forEach((value, output) => {
          expectTensorClose(
            value,
            wanted[output] ?? { shape: [], data: [] },
            tolerance[precision],
            `output ${output}`,
          );
        });
      }
      compiled.dispose();
    });

    it('gives the same numbers compact, sparse and dense', () => {
      const count = points.length;
      const dense = compile('dense').batch(columns, count).jacobian;
      const compact = compile('compact');
      const { layout } = compact;
      const spread = denseNumbers(layout, compact.batch(columns, count).jacobian, count);
      const [sparse = new Float64Array(0)] = compile('sparse').batch(columns, count).jacobian;
      dense.forEach((block, k) => {
        expectClose([...(spread[k] ?? [])], [...block], tolerance[precision], `block ${k}`);
      });
      // The sparse numbers, put where the pattern says, are the others.
      const { rows, columns: width, outputShapes, inputShapes, sparse: pattern } = layout;
      const matrix = new Float64Array(count * rows * width);
      for (let row = 0; row < rows; row += 1) {
        const [start = 0, end = 0] = pattern.rowStarts.slice(row, row + 2);
        for (let place = start; place < end; place += 1) {
          for (let point = 0; point < count; point += 1) {
            matrix[(point * rows + row) * width + (pattern.columnIndices[place] ?? NaN)] =
              sparse[point * pattern.entries.length + place] ?? NaN;
          }
        }
      }
      expect(matrix).toEqual(joinBlocks(spread, outputShapes, inputShapes, count));
    });

    it('is bit-equal from run to run, in every way of running', () => {
      const { compiled } = compile('compact');
      const count = points.length;
      const first = compiled.batch(columns, count);
      expect(compiled.batch(columns, count)).toEqual(first);

      const kernel = compiled.prepare(count + 5);
      const shifted = columns.map((column) => column.map((x) => x + 1));
      kernel.load(shifted, count);
      kernel.run();
      kernel.load(columns, count);
      kernel.run();
      kernel.run();
      expect(kernel.read()).toEqual(first);
      expect(kernel.bytesMoved()).toBeGreaterThan(0);
      kernel.dispose();

      const single = compiled.preparePoint();
      const shapes = compiled.outputShapes;
      for (const [index, point] of points.entries()) {
        const elements = point.flatMap(({ data }) => data);
        const wanted = tensorsAt(first, shapes, index).flatMap(({ data }) => data);
        expect(compiled.point(elements)).toEqual(wanted);
        single.inputs.set(elements);
        single.run();
        expect([...single.outputs]).toEqual(wanted);
      }
      compiled.dispose();
    });
  });
});

describe.each(cases)('target %s in %s', (target, precision) => {
  it('runs batches of any length, none included', () => {
    const { compiled } = compileJacobian(accumulatedTask('HumanHeartDipole').accumulation, {
      target,
      precision,
    });
    const { subject } = accumulatedTask('HumanHeartDipole');
    const all = columnsOf(pointsAround(subject.sample ?? [], 1100));
    const longest = compiled.batch(all, 1100);
    for (const count of [0, 1, 15, 16, 17, 511, 512, 513, 1024, 1099]) {
      const results = compiled.batch(all, count);
      results.forEach((result, output) => {
        expect(result).toEqual(longest[output]?.slice(0, count));
      });
    }
  });

  it('reads what it is given in any kind of array', () => {
    const compiled = targets
      .find(({ name }) => name === target)
      ?.compile(
        trace((x, y) => x.mul(y), [[2], []]),
        { precision },
      );
    const expected = [3, 6, 16, 20];
    expect(compiled?.batch([[1, 2, 4, 5], Float32Array.of(3, 4)], 2).map((y) => [...y])).toEqual([
      expected,
    ]);
    expect(compiled?.batch([Int8Array.of(1, 2, 4, 5), [3, 4]], 2)[0]).toBeInstanceOf(
      precision === 'f64' ? Float64Array : Float32Array,
    );
  });

  it('says what does not fit', () => {
    const { compiled } = compileJacobian(accumulatedTask('PropaneCombustion').accumulation, {
      target,
      precision,
    });
    expect(() => compiled.point([1])).toThrow(UserError);
    expect(() => compiled.batch([[1]], 1)).toThrow(UserError);
    const columns = compiled.inputs.map(() => [1, 2]);
    expect(() => compiled.batch(columns, 3)).toThrow(/batch of 3 points needs/);
    const kernel = compiled.prepare(2);
    expect(() => {
      kernel.load(columns, 3);
    }).toThrow(UserError);
  });
});
