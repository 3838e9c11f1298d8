/** Which tasks of the paper have tensors: their vertices are more than their elements' scalars. */
import { paperTasks } from '../../../tasks/tasks.ts';
import { hasTensors } from '../../program/shapes.ts';
import { once } from '../../support/once.ts';
import { taskSubject } from '../../subject/task-subject.ts';

const names = once(
  () =>
    new Set(
      paperTasks.filter((task) => hasTensors(taskSubject(task).program())).map(({ name }) => name),
    ),
);

/** Whether anything in a task of the paper has axes; the first question traces all of them. */
export function isTensorTask(name: string): boolean {
  return names().has(name);
}
