/** Tasks as Programs that compute values and Jacobian. */
import { accumulate, jacobianProgram } from '../../../src/accumulate/accumulate.ts';
import type { Accumulation } from '../../../src/accumulate/types.ts';
import { eliminableVertices, orderFromPositions } from '../../../src/order/orders.ts';
import type { Program } from '../../../src/program/types.ts';
import { taskSubject } from '../../../src/subject/task-subject.ts';
import type { FunctionSubject } from '../../../src/subject/types.ts';
import { taskNamed, tasks } from '../../../tasks/tasks.ts';

/** A task in reverse order. */
export interface AccumulatedTask {
  readonly subject: FunctionSubject;
  readonly accumulation: Accumulation;
  /** Values, then dense entries. */
  readonly dense: Program;
}

/** Names of the tasks of the paper. */
export const publishedTasks: readonly string[] = tasks
  .filter(({ suite }) => suite === 'paper')
  .map(({ name }) => name);

const known = new Map<string, AccumulatedTask>();

/** Accumulates a task in reverse order, once. */
export function accumulatedTask(name: string): AccumulatedTask {
  const before = known.get(name);
  if (before !== undefined) return before;
  const subject = taskSubject(taskNamed(name));
  const linearisation = subject.linearisation();
  const { graph } = linearisation;
  const order = orderFromPositions(graph, eliminableVertices(graph).toReversed());
  const accumulation = accumulate(linearisation, order);
  const dense = jacobianProgram(accumulation, { values: true });
  const made = { subject, accumulation, dense };
  known.set(name, made);
  return made;
}
