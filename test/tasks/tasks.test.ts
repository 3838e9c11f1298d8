import { describe, expect, it } from 'vitest';
import { linearise } from '../../src/graph/linearise.ts';
import { orderFromPositions, parseOrder } from '../../src/order/orders.ts';
import { dualJacobian } from '../../src/program/dual.ts';
import { interpret } from '../../src/program/interpret.ts';
import type { Program, Tensor } from '../../src/program/types.ts';
import { taskSubject } from '../../src/subject/task-subject.ts';
import { UserError } from '../../src/support/user-error.ts';
import { tasks, taskNamed } from '../../tasks/tasks.ts';
import type { Task } from '../../tasks/types.ts';
import { orderNames, paperTasks, readGolden } from '../golden/golden.ts';
import { findSample, tamenessOf } from './find-sample.ts';

function sampleOf(task: Task): Tensor[] {
  return task.inputs.map(({ shape }, index) => ({ shape, data: task.sample[index] ?? [] }));
}

function flatSample(task: Task): number[] {
  return task.sample.flat();
}

/** Equal to a part in 10^11 of the largest. */
function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  actual.forEach((value, index) => {
    expect(Math.abs(value - (expected[index] ?? Number.NaN))).toBeLessThan(1e-11 * scale);
  });
}

const named = tasks.map((task) => [task.name, task] as const);

describe.each(named)('the task %s', (name, task) => {
  const program: Program = task.program();

  it('is traced with the inputs it lists', () => {
    expect(program.name).toBe(name);
    expect(program.inputs.map((input) => ({ name: input.name, shape: input.type.shape }))).toEqual(
      task.inputs,
    );
  });

  it('has a sample of the right shape where its values and its Jacobian are finite', () => {
    const sample = sampleOf(task);
    expect(sample.map(({ data }) => data.length)).toEqual(
      task.inputs.map(({ shape }) => shape.reduce((size, length) => size * length, 1)),
    );
    const values = interpret(program, sample).flatMap(({ data }) => data);
    expect(values.length).toBeGreaterThan(0);
    expect(values.every((value) => Number.isFinite(value))).toBe(true);
    const jacobian = dualJacobian(program, sample).flatMap((row) =>
      row.flatMap(({ data }) => data),
    );
    expect(jacobian).toHaveLength(values.length * flatSample(task).length);
    expect(jacobian.every((value) => Number.isFinite(value))).toBe(true);
  });

  it('has a sample where all intermediate values and elemental partials are finite', () => {
    const { notFinite, largest } = tamenessOf(program)(flatSample(task));
    expect(notFinite).toBe(0);
    expect(largest).toBeLessThan(2000);
  });

  it('has room around its sample: one part in a thousand either way stays in the domain', () => {
    const judge = tamenessOf(program);
    const point = flatSample(task);
    point.forEach((value, index) => {
      for (const factor of [0.999, 1.001]) {
        expect(judge(point.with(index, value * factor)).notFinite).toBe(0);
      }
    });
  });

  it('has a source, and a legal published order where it has published figures', () => {
    expect(task.source).not.toBe('');
    expect(task.publishedOrder === undefined).toBe(task.publishedFigures === undefined);
    if (task.publishedOrder === undefined) return;
    const { graph } = linearise(program);
    const order = parseOrder(graph, task.publishedOrder);
    expect(order).toHaveLength(task.publishedOrder.length);
    // Equation numbers count from 1, behind the inputs.
    expect(order).toEqual(
      orderFromPositions(
        graph,
        task.publishedOrder.map((equation) => program.inputs.length + equation - 1),
      ),
    );
  });
});

describe.each(paperTasks)('the extremes of %s', (name) => {
  const task = taskNamed(name);
  const program = task.program();

  it('are not tied at the sample, where they would have no derivative', () => {
    const extremes = program.equations.filter(({ primitive }) => primitive.startsWith('reduce'));
    const operands = extremes.flatMap((equation) => equation.operands);
    const probed: Program = {
      ...program,
      outputs: operands.map((operand, index) => ({ name: String(index), operand })),
    };
    interpret(probed, sampleOf(task)).forEach(({ shape, data }, index) => {
      const { primitive, parameters, type } = extremes[index] ?? {};
      const sign = primitive === 'reduceMax' ? 1 : -1;
      // All of them go along the last axis.
      expect(parameters).toEqual({ axes: [shape.length - 1] });
      const length = shape.at(-1) ?? 1;
      const rows = type?.shape.reduce((count, size) => count * size, 1) ?? 0;
      for (let row = 0; row < rows; row += 1) {
        const elements = data.slice(row * length, (row + 1) * length).map((x) => sign * x);
        const [first = NaN, second = -Infinity] = elements.toSorted((a, b) => b - a);
        expect(first - second).toBeGreaterThan(0.02);
      }
    });
  });
});

describe('the list of tasks', () => {
  it("begins with the paper's tasks", () => {
    const names = tasks.filter(({ suite }) => suite === 'paper').map(({ name }) => name);
    expect(names).toEqual([...paperTasks]);
    expect(tasks.slice(0, names.length).map(({ name }) => name)).toEqual(names);
  });

  it('says where a published figure is not what its programs give', () => {
    const noted = tasks.flatMap(({ name, publishedNotes = {} }) =>
      Object.keys(publishedNotes).map((order) => `${name} ${order}`),
    );
    const wrong = paperTasks.flatMap((name) => {
      const { orders } = readGolden(name);
      return (['fwd', 'rev', 'markowitz', 'published'] as const)
        .filter((key) => orders[key].paper_total !== orders[key].published_figure)
        .map((key) => `${name} ${orderNames[key]}`);
    });
    expect(noted).toEqual(wrong);
  });

  it('names each task once and finds it by its name', () => {
    expect(new Set(tasks.map(({ name }) => name)).size).toBe(tasks.length);
    for (const task of tasks) expect(taskNamed(task.name)).toBe(task);
  });

  it('refuses an unknown name with the nearest one', () => {
    expect(() => taskNamed('RoeFlux1d')).toThrow(UserError);
    expect(() => taskNamed('RoeFlux1d')).toThrow(/Did you mean "RoeFlux_1d"\?/);
    expect(() => taskNamed('__proto__')).toThrow(/no task "__proto__"/);
  });
});

describe('the second derivatives of the price of a call', () => {
  const data = taskNamed('BlackScholes_Jacobian');
  const own = taskNamed('BlackScholes_Greeks');
  const points = [
    [1, 1, 1, 1, 1],
    [100, 95, 0.03, 0.2, 0.5],
    [12, 30, 0.1, 0.9, 2],
  ].map((point) => point.map((value): Tensor => ({ shape: [], data: [value] })));
  const numbers = (tensors: readonly Tensor[]): number[] =>
    tensors.flatMap((tensor) => tensor.data);

  it('have as their function the gradient of the price, kept as data and made by us', () => {
    for (const point of points) {
      const expected = numbers(dualJacobian(own.program(), point).flat());
      expectClose(numbers(interpret(data.program(), point)), expected);
      expectClose(numbers(interpret(taskSubject(own).program(), point)), expected);
    }
  });

  it('agree between BlackScholes_Jacobian and BlackScholes_Greeks', () => {
    for (const point of points) {
      expectClose(
        numbers(dualJacobian(taskSubject(own).program(), point).flat()),
        numbers(dualJacobian(data.program(), point).flat()),
      );
    }
  });
});

describe('the sample of g', () => {
  const task = taskNamed('g');

  it('is what the seeded walk finds', () => {
    const found = findSample(task.program(), { seed: 2, from: -2, to: 3, evaluations: 4000 });
    expect(found.point).toEqual(flatSample(task));
    expect(found.tameness.notFinite).toBe(0);
    expect(found.tameness.largest).toBeLessThan(10);
  });
});
