/**
 * Every target in double precision against dual numbers on many points a task: 10,000 where the task
 * is made of scalars, 500 where it is made of tensors and a dual Jacobian takes long.
 */
import { describe, expect, it } from 'vitest';
import { compileJacobian } from '../../src/accumulate/compile-jacobian.ts';
import { targets } from '../../src/compile/targets.ts';
import { dualJacobian } from '../../src/program/dual.ts';
import { pointsAround } from '../../src/results/jacobian-check.ts';
import { accumulatedTask, publishedTasks } from './wasm/accumulated-task.ts';

describe.each(publishedTasks)('on %s', (name) => {
  const { subject, accumulation } = accumulatedTask(name);
  const program = subject.program();
  const isScalar = program.equations.every(({ type }) => type.shape.length === 0);
  const count = isScalar ? 10_000 : 500;

  it(`targets agree with dual numbers on ${count} points to 1e-11 of the row`, () => {
    const points = pointsAround(subject.sample ?? [], count).slice(1);
    const columns = (points[0] ?? []).map((_, input) =>
      Float64Array.from(points.flatMap((point) => point[input]?.data ?? [])),
    );
    const results = targets.map(({ name: target }) => {
      const compiled = compileJacobian(accumulation, { target, values: false });
      return compiled.batch(columns, count).jacobian;
    });
    const widths = program.inputs.map(({ type }) =>
      type.shape.reduce((product, axis) => product * axis, 1),
    );
    const worst = targets.map(() => 0);
    let compared = 0;
    points.forEach((point, p) => {
      const expected = dualJacobian(program, point);
      if (!expected.flat().every(({ data }) => data.every(Number.isFinite))) return;
      compared += 1;
      expected.forEach((row, output) => {
        const height = (row[0]?.data.length ?? 0) / (widths[0] ?? 1);
        for (let element = 0; element < height; element += 1) {
          const wanted = row.map(({ data }, input) => {
            const width = widths[input] ?? 1;
            return data.slice(element * width, (element + 1) * width);
          });
          const scale = Math.max(1, ...wanted.flat().map(Math.abs));
          results.forEach((jacobian, target) => {
            wanted.forEach((numbers, input) => {
              const width = widths[input] ?? 1;
              const block = jacobian[output * widths.length + input];
              numbers.forEach((x, column) => {
                const given = block?.[(p * height + element) * width + column] ?? NaN;
                const error = Math.abs(given - x) / scale;
                if (!(error <= (worst[target] ?? 0))) worst[target] = error;
              });
            });
          });
        }
      });
    });
    expect(compared).toBeGreaterThan(0.9 * count);
    for (const error of worst) expect(error).toBeLessThanOrEqual(1e-11);
  });
});
