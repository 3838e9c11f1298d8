/** The Rosenbrock function of six variables (formula and source: rosenbrock-function.ts). */
import { scalarTask } from '../scalar-task.ts';
import { rosenbrockFunction, rosenbrockStart } from './rosenbrock-function.ts';

/** One output by six inputs. */
export const rosenbrock = scalarTask({
  name: 'Rosenbrock',
  suite: 'extra',
  source: 'Rosenbrock function (The Computer Journal 3, 1960), chained',
  trace: rosenbrockFunction,
  sample: rosenbrockStart,
});
