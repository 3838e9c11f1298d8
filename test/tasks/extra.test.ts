/** The tasks beyond the paper's ten: what they compute, and their Jacobian in all orders. */
import { describe, expect, it } from 'vitest';
import { accumulate, jacobianProgram } from '../../src/accumulate/accumulate.ts';
import { linearise } from '../../src/graph/linearise.ts';
import { eliminableVertices, orderFromPositions } from '../../src/order/orders.ts';
import { dualJacobian } from '../../src/program/dual.ts';
import { interpret, interpretValues } from '../../src/program/interpret.ts';
import { doubles } from '../../src/program/arithmetic.ts';
import type { Tensor } from '../../src/program/types.ts';
import { heuristicNamed } from '../../src/search/heuristics/heuristics.ts';
import { taskSubject } from '../../src/subject/task-subject.ts';
import { createRandom } from '../../src/support/random.ts';
import { extraTasks } from '../../tasks/extra/extra.ts';
import { expectClose, expectJacobianClose } from '../support/compare.ts';
import { scalarFormulas } from './extra-formulas.ts';
import { tensorFormulas } from './extra-tensor-formulas.ts';

const finite = (tensors: readonly Tensor[]): boolean =>
  tensors.every(({ data }) => data.every((value) => Number.isFinite(value)));

const subjects = extraTasks.map((task) => [task.name, task, taskSubject(task)] as const);

describe.each(subjects)('the task %s', (name, task, subject) => {
  const program = subject.program();
  const sample = task.inputs.map(({ shape }, input): Tensor => ({
    shape,
    data: task.sample[input] ?? [],
  }));

  it('is traced with the inputs it lists, says its source and claims no published figures', () => {
    expect(program.name).toBe(name);
    expect(program.inputs.map((input) => ({ name: input.name, shape: input.type.shape }))).toEqual(
      task.inputs,
    );
    expect(sample.map(({ data }) => data.length)).toEqual(
      task.inputs.map(({ shape }) => shape.reduce((size, length) => size * length, 1)),
    );
    expect(task.suite).toBe('extra');
    expect(task.source).not.toBe('');
    expect(task.publishedFigures).toBeUndefined();
    expect(task.publishedOrder).toBeUndefined();
  });

  it('uses every input and every equation for its outputs', () => {
    const used = new Set<number>();
    const visit = (operand: (typeof program.outputs)[number]['operand']): void => {
      if (operand.kind === 'literal' || used.has(operand.id)) return;
      used.add(operand.id);
      program.equations[operand.id - program.inputs.length]?.operands.forEach(visit);
    };
    for (const { operand } of program.outputs) {
      expect(operand.kind).toBe('value');
      visit(operand);
    }
    expect(used.size).toBe(program.inputs.length + program.equations.length);
  });

  it('is finite at its sample in all its values and elemental partials', () => {
    const { program: withPartials } = linearise(program);
    expect(finite(interpretValues(withPartials, sample, doubles))).toBe(true);
    expect(finite(dualJacobian(program, sample).flat())).toBe(true);
  });

  it('computes its published formula', () => {
    const [ofScalars, ofTensors] = [scalarFormulas[name], tensorFormulas[name]];
    const random = createRandom(11);
    for (let point = 0; point < 10; point += 1) {
      // At the sample first, then a little beside it.
      const beside = sample.map(({ shape, data }) => ({
        shape,
        data: data.map((x) => (point === 0 ? x : x * (1 + 0.1 * (random.next() - 0.5)))),
      }));
      const named = (input: string) =>
        beside[task.inputs.findIndex((other) => other.name === input)]?.data ?? [];
      const expected = ofScalars?.(beside.flatMap(({ data }) => data)) ?? ofTensors?.(named);
      expectClose(
        interpret(program, beside).flatMap(({ data }) => data),
        expected ?? [],
        1e-12,
        name,
      );
    }
  });

  it('has the Jacobian of dual numbers in forward, reverse, Markowitz and random orders', () => {
    const linearisation = linearise(program);
    const { graph } = linearisation;
    const expected = dualJacobian(program, sample);
    const random = createRandom(5);
    const orders = [
      ...['forward', 'reverse', 'markowitz'].map((heuristic) =>
        heuristicNamed(heuristic).order(graph, { seed: 1 }),
      ),
      ...[1, 2, 3].map(() => orderFromPositions(graph, random.shuffle(eliminableVertices(graph)))),
    ];
    for (const order of orders) {
      const entries = interpret(
        jacobianProgram(accumulate(linearisation, order), { values: false }),
        sample,
      );
      const width = program.inputs.length;
      const rows = program.outputs.map((_, row) => entries.slice(row * width, (row + 1) * width));
      expectJacobianClose(program, rows, expected, 1e-10);
    }
  });
});
