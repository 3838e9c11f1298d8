/**
 * Every target in double precision, both ways to code, against dual numbers on 10,000 points a task.
 * Each test is annotated with its worst figures, which docs/targets.md has. About ten minutes on a
 * busy machine: the Jacobians of dual numbers of the tensor tasks take most of it.
 */
import { describe, expect, it } from 'vitest';
import { compileJacobian } from '../../src/accumulate/compile-jacobian.ts';
import { targets } from '../../src/compile/targets.ts';
import type { CompileOptions, Numbers } from '../../src/compile/types.ts';
import { dualJacobian } from '../../src/program/dual.ts';
import { elementCount } from '../../src/program/shapes.ts';
import type { Tensor } from '../../src/program/types.ts';
import { pointsAround } from '../../src/results/jacobian-check.ts';
import { accumulatedTask, publishedTasks } from './wasm/accumulated-task.ts';

const count = 10_000;
/** Points in a batch, whose dense Jacobians are held at a time. */
const chunk = 500;

/** Targets, with the ways to code that they tell apart. */
const ways = targets.flatMap(({ name: target }): (CompileOptions & { target: string })[] =>
  target === 'wasm'
    ? [
        { target, tensors: 'unrolled' },
        { target, tensors: 'loops' },
      ]
    : [{ target }],
);

/** Errors of one point's rows: relative to the row's largest entry, and to 1 where that is smaller. */
interface RowErrors {
  relative: number;
  floored: number;
}

/** Raises the worst errors by those of one point of a dense batch. */
function raise(
  worst: RowErrors,
  expected: readonly (readonly Tensor[])[],
  jacobian: readonly Numbers[],
  widths: readonly number[],
  point: number,
): void {
  expected.forEach((row, output) => {
    const height = (row[0]?.data.length ?? 0) / (widths[0] ?? 1);
    for (let element = 0; element < height; element += 1) {
      let scale = 0;
      let difference = 0;
      row.forEach(({ data }, input) => {
        const width = widths[input] ?? 1;
        const block = jacobian[output * widths.length + input];
        for (let column = 0; column < width; column += 1) {
          const wanted = data[element * width + column] ?? NaN;
          const found = block?.[(point * height + element) * width + column] ?? NaN;
          scale = Math.max(scale, Math.abs(wanted));
          const off = Math.abs(found - wanted);
          difference = Math.max(difference, Number.isNaN(off) ? Infinity : off);
        }
      });
      if (difference === 0) continue;
      worst.relative = Math.max(worst.relative, difference / scale);
      worst.floored = Math.max(worst.floored, difference / Math.max(1, scale));
    }
  });
}

describe.each(publishedTasks)('on %s', (name) => {
  const { subject, accumulation } = accumulatedTask(name);
  const program = subject.program();
  const widths = program.inputs.map(({ type }) => elementCount(type.shape));

  it(`targets agree with dual numbers on ${count} points to 1e-11 of the row`, async ({
    annotate,
  }) => {
    const points = pointsAround(subject.sample ?? [], count).slice(1);
    const compiled = ways.map((way) => compileJacobian(accumulation, { ...way, values: false }));
    const worst = ways.map((): RowErrors => ({ relative: 0, floored: 0 }));
    let compared = 0;
    for (let first = 0; first < count; first += chunk) {
      const some = points.slice(first, first + chunk);
      const columns = program.inputs.map((_, input) =>
        Float64Array.from(some.flatMap((point) => point[input]?.data ?? [])),
      );
      const results = compiled.map((each) => each.batch(columns, some.length).jacobian);
      some.forEach((point, p) => {
        const expected = dualJacobian(program, point);
        if (!expected.flat().every(({ data }) => data.every(Number.isFinite))) return;
        compared += 1;
        results.forEach((jacobian, way) => {
          const own = worst[way];
          if (own !== undefined) raise(own, expected, jacobian, widths, p);
        });
      });
    }
    const figures = ways.map(({ target, tensors }, way) => {
      const { relative = NaN, floored = NaN } = worst[way] ?? {};
      return `${target} ${tensors ?? ''}: ${relative.toExponential(1)} of the row, ${floored.toExponential(1)} of the row or 1`;
    });
    await annotate(`${name}: ${figures.join('; ')}; ${compared} points`);
    expect(compared).toBeGreaterThan(0.9 * count);
    for (const { floored } of worst) expect(floored).toBeLessThanOrEqual(1e-11);
  });
});
