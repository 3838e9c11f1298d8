import { describe, expect, it } from 'vitest';

import { tasks } from '../../tasks/tasks.ts';
import { accumulate } from '../../src/accumulate/accumulate.ts';
import { compileJacobian } from '../../src/accumulate/compile-jacobian.ts';
import { errorFault, errorsOf } from '../../src/bench/check.ts';
import { domainOf, pointCount } from '../../src/bench/domain.ts';
import { runTimings } from '../../src/bench/run.ts';
import type { TimingSuite } from '../../src/bench/suite.ts';
import { eliminableVertices, orderFromPositions } from '../../src/order/orders.ts';
import { taskSubject } from '../../src/subject/task-subject.ts';
import type { FunctionSubject } from '../../src/subject/types.ts';

function subjectNamed(name: string): FunctionSubject {
  const task = tasks.find((one) => one.name === name);
  if (task === undefined) throw new Error(`no task ${name}`);
  return taskSubject(task);
}

const reverse = (subject: FunctionSubject) => {
  const { graph } = subject.linearisation();
  return orderFromPositions(graph, eliminableVertices(graph).toReversed());
};

const suite = (subject: FunctionSubject): TimingSuite => ({
  subjects: [{ subject, orders: [{ name: 'reverse', order: reverse(subject) }] }],
  targets: ['js', 'wasm'],
  precisions: ['f64'],
  batches: [1, 16],
  form: 'compact',
  values: false,
  rounds: 3,
  seconds: 60,
  seed: 5,
});

describe('timing', () => {
  it('gives a row for each cell and layout, with a sample a round', async () => {
    const { rows, rounds, interrupted } = await runTimings(
      suite(subjectNamed('PropaneCombustion')),
    );
    expect(rounds).toBe(3);
    expect(interrupted).toBe(false);
    expect(rows).toHaveLength(8);
    for (const row of rows) {
      if (row.state === 'failed') throw new Error(row.reason);
      expect(row.samples).toHaveLength(3);
      expect(row.samples.every((time) => time > 0)).toBe(true);
      expect(row.maxError).toBeLessThan(1e-10);
      expect(row.errors?.points).toBe(256);
      expect(row.errors?.max).toBe(row.maxError);
      expect(row.copyNsPerPoint).toBeGreaterThan(0);
    }
  });

  it('gives no time to a Jacobian that is wrong', async () => {
    const right = subjectNamed('PropaneCombustion');
    // The function is another than the one whose Jacobian is accumulated.
    const wrong: FunctionSubject = {
      ...right,
      program: () => {
        const program = right.program();
        const [first, second, ...others] = program.outputs;
        if (first === undefined || second === undefined) throw new Error('two outputs');
        const outputs = [
          { ...first, operand: second.operand },
          { ...second, operand: first.operand },
          ...others,
        ];
        return { ...program, outputs };
      },
    };
    const { rows } = await runTimings(suite(wrong));
    expect(rows).toHaveLength(4);
    for (const row of rows) {
      expect(row.state === 'failed' ? row.reason : row).toMatch(/Jacobian is off/);
    }
  });

  it('ends where it is interrupted, with what there is', async () => {
    const stop = new AbortController();
    const { interrupted, rows } = await runTimings({
      ...suite(subjectNamed('HumanHeartDipole')),
      rounds: 1e6,
      signal: stop.signal,
      onProgress: ({ phase, share }) => {
        if (phase === 'time' && share > 0) stop.abort();
      },
    });
    expect(interrupted).toBe(true);
    expect(rows.some(({ state }) => state === 'timed')).toBe(true);
  });
});

describe('the check before timing', () => {
  it('tells what is off at a few points from what is off at all: percentiles', () => {
    const subject = subjectNamed('HumanHeartDipole');
    const accumulation = accumulate(subject.linearisation(), reverse(subject));
    const { references } = domainOf(subject, { seed: 1, checked: 100 });
    const jacobian = compileJacobian(accumulation, { target: 'js', values: false });
    // Eight points of a hundred are off by a fifth.
    const off = references.map((reference, k) => ({
      ...reference,
      jacobian: reference.jacobian.map((entries) =>
        entries.map((entry) => (k < 8 ? 1.25 : 1) * entry),
      ),
    }));
    const { points, p50, p90, p99, max } = errorsOf(jacobian, off);
    expect(points).toBe(100);
    expect(Math.max(p50, p90)).toBeLessThan(1e-14);
    expect(p99).toBeCloseTo(0.2, 12);
    expect(max).toBeCloseTo(0.2, 12);
  });

  it('measures errors relative to the row, on both forms', () => {
    const subject = subjectNamed('HumanHeartDipole');
    const accumulation = accumulate(subject.linearisation(), reverse(subject));
    const { points, references } = domainOf(subject, { seed: 1, checked: 8 });
    expect(points).toHaveLength(pointCount);
    for (const outputs of ['dense', 'compact'] as const) {
      const jacobian = compileJacobian(accumulation, { target: 'js', outputs, values: false });
      expect(errorsOf(jacobian, references).max).toBeLessThan(1e-14);
      const off = references.map((reference) => ({
        ...reference,
        jacobian: reference.jacobian.map((entries) => entries.map((entry) => 1.25 * entry)),
      }));
      expect(errorsOf(jacobian, off).max).toBeCloseTo(0.2, 12);
      const broken = references.map((reference) => ({
        ...reference,
        jacobian: reference.jacobian.map((entries) => entries.map(() => NaN)),
      }));
      expect(errorsOf(jacobian, broken).max).toBe(Infinity);
    }
  });

  it('lets no point pass in double precision, and half of them in single precision', () => {
    expect(errorFault({ p50: 0, max: 1e-9 }, 'f64')).toContain('at one point');
    expect(errorFault({ p50: 1e-12, max: 1e-11 }, 'f64')).toBeUndefined();
    expect(errorFault({ p50: 1e-5, max: 3 }, 'f32')).toBeUndefined();
    expect(errorFault({ p50: 0.5, max: 1 }, 'f32')).toContain('half');
  });
});
