import { describe, expect, it } from 'vitest';

import { linearise } from '../../src/graph/linearise.ts';
import { eliminableVertices, orderFromPositions, orderIds } from '../../src/order/orders.ts';
import { mul, sin } from '../../src/program/ops.ts';
import { trace } from '../../src/program/trace.ts';
import type { Program } from '../../src/program/types.ts';
import { checkJacobian, pointsAround, tolerance } from '../../src/results/jacobian-check.ts';
import type { FunctionSubject } from '../../src/subject/types.ts';

const shapes = { x: [], y: [] };

function subjectOf(program: Program, differentiated = program, x = 0.5): FunctionSubject {
  const linearisation = linearise(differentiated);
  return {
    kind: 'module',
  granularity: 'tensor',
    name: 'example',
    file: 'example.mjs',
    program: () => program,
    linearisation: () => linearisation,
    graph: () => linearisation.graph,
    sample: [
      { shape: [], data: [x] },
      { shape: [], data: [2] },
    ],
  };
}

function forwardIds(subject: FunctionSubject): ReturnType<typeof orderIds> {
  const { graph } = subject.linearisation();
  return orderIds(graph, orderFromPositions(graph, eliminableVertices(graph)));
}

const product = trace(({ x, y }) => ({ a: sin(mul(x, y)), b: mul(x, x) }), shapes);

describe('checkJacobian', () => {
  it('accepts the Jacobian of the function, at every point asked for', () => {
    const subject = subjectOf(product);
    const check = checkJacobian(subject, forwardIds(subject), 5);
    expect(check.problems).toEqual([]);
    expect(check.points).toBe(6);
    expect(check.worst).toBeLessThan(tolerance);
  });

  it('names the entry where the Jacobian is of another function', () => {
    const other = trace(({ x, y }) => ({ a: sin(mul(x, y)), b: mul(x, y) }), shapes);
    const subject = subjectOf(product, other);
    const { problems, worst } = checkJacobian(subject, forwardIds(subject));
    expect(worst).toBeGreaterThan(0.1);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('∂b/∂y is 0.5, not 0');
  });

  it('takes a derivative that is no number for no agreement', () => {
    const subject = subjectOf(product, product, NaN);
    const { problems } = checkJacobian(subject, forwardIds(subject));
    expect(problems).toHaveLength(1);
  });
});

describe('pointsAround', () => {
  it('moves every coordinate by at most 2 %, and zeros too', () => {
    const sample = [{ shape: [2], data: [100, 0] }];
    const points = pointsAround(sample, 20);
    expect(points).toHaveLength(21);
    expect(points[0]).toBe(sample);
    for (const [tensor] of points.slice(1)) {
      const [large = NaN, zero = NaN] = tensor?.data ?? [];
      expect(Math.abs(large - 100)).toBeLessThanOrEqual(2);
      expect(Math.abs(zero)).toBeLessThanOrEqual(0.02);
      expect(zero).not.toBe(0);
    }
    expect(pointsAround(sample, 20)).toEqual(points);
  });
});
