/**
 * The gradient of the Rosenbrock function of six variables (formula and source:
 * rosenbrock-function.ts). Its Jacobian is the function's Hessian, which is tridiagonal.
 */
import { scalarTask } from '../scalar-task.ts';
import { rosenbrockFunction, rosenbrockStart } from './rosenbrock-function.ts';

/** Six outputs by six inputs. */
export const rosenbrockGradient = scalarTask({
  name: 'Rosenbrock_gradient',
  suite: 'extra',
  source: 'Gradient of the Rosenbrock function (The Computer Journal 3, 1960), chained',
  trace: rosenbrockFunction,
  differentiated: 'reverse',
  sample: rosenbrockStart,
});
