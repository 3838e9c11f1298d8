/** A task of tasks/ as a subject. */
import type { Task } from '../../tasks/types.ts';
import { accumulate, jacobianProgram } from '../accumulate/accumulate.ts';
import { lineariseWithCodes } from '../cost/paper/encode.ts';
import { linearise } from '../graph/linearise.ts';
import { shareDeadVertices } from '../graph/transforms.ts';
import { eliminableVertices, orderFromPositions } from '../order/orders.ts';
import { simplify } from '../program/simplify.ts';
import type { Program } from '../program/types.ts';
import { once } from '../support/once.ts';
import type { FunctionSubject } from './types.ts';

/** The program of a task: the traced function, or its derivative where the task is one. */
function programOf(task: Task): Program {
  const traced = task.program();
  if (task.differentiated === undefined) return traced;
  const linearisation = linearise(traced);
  const { graph } = linearisation;
  const reverse = orderFromPositions(graph, eliminableVertices(graph).toReversed());
  const derivative = simplify(
    jacobianProgram(accumulate(linearisation, reverse), { values: false }),
  );
  return { ...derivative, name: task.name };
}

/** Makes a task a subject; nothing is traced before it is needed. */
export function taskSubject(task: Task): FunctionSubject {
  const program = once(() => programOf(task));
  const linearisation = once(() => lineariseWithCodes(program()));
  const peerGraph = once(() =>
    task.peerSharesDeadVertices === true
      ? shareDeadVertices(linearisation().graph)
      : linearisation().graph,
  );
  return {
    kind: 'task',
    granularity: 'tensor',
    name: task.name,
    task,
    program,
    linearisation,
    graph: (model) => (model.graph === 'peer' ? peerGraph() : linearisation().graph),
    sample: task.inputs.map(({ shape }, input) => ({ shape, data: task.sample[input] ?? [] })),
  };
}
