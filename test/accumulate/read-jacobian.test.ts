import { describe, expect, it } from 'vitest';

import { accumulate } from '../../src/accumulate/accumulate.ts';
import { compactJacobian } from '../../src/accumulate/jacobian-layout.ts';
import { jacobianProgram } from '../../src/accumulate/jacobian-program.ts';
import { readJacobian } from '../../src/accumulate/read-jacobian.ts';
import { eliminableVertices, orderFromPositions } from '../../src/order/orders.ts';
import { taskSubject } from '../../src/subject/task-subject.ts';
import { tasks } from '../../tasks/tasks.ts';

const scalarTasks = tasks.filter(
  (task) =>
    task.suite === 'paper' &&
    [...task.program().inputs, ...task.program().equations].every(
      ({ type }) => type.shape.length === 0,
    ),
);

describe('a Jacobian read from the outputs of a Program', () => {
  it.each(scalarTasks.map((task) => [task.name, task] as const))(
    'has the layout of the accumulated one: %s',
    (_, task) => {
      const linearisation = taskSubject(task).linearisation();
      const order = orderFromPositions(
        linearisation.graph,
        eliminableVertices(linearisation.graph).toReversed(),
      );
      const accumulation = accumulate(linearisation, order);
      const dense = jacobianProgram(accumulation, { values: true });
      const read = readJacobian(dense, accumulation.values.length);
      const options = { values: false, simplify: true };
      const { layout, program } = compactJacobian(read, options);
      const expected = compactJacobian(accumulation, options);
      expect(layout).toEqual(expected.layout);
      expect(program.outputs.map(({ name }) => name)).toEqual(
        expected.program.outputs.map(({ name }) => name),
      );
    },
  );

  it('refuses outputs that are no Jacobian', () => {
    const [task] = scalarTasks;
    if (task === undefined) throw new Error('no scalar task');
    expect(() => readJacobian(task.program(), 1)).toThrow('no Jacobian');
  });
});
