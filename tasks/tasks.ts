/**
 * The list of tasks: the paper's (Lohoff and Neftci, Optimizing automatic differentiation with deep
 * reinforcement learning, arXiv 2406.05027), then others of the field. A new task is a file beside
 * this and a line here.
 */
import { entryNamed } from '../src/support/named.ts';
import { blackScholesGreeks } from './BlackScholes_Greeks.ts';
import { blackScholesJacobian } from './BlackScholes_Jacobian.ts';
import { encoder } from './Encoder.ts';
import { extraTasks } from './extra/extra.ts';
import { randomF } from './f.ts';
import { randomG } from './g.ts';
import { humanHeartDipole } from './HumanHeartDipole.ts';
import { perceptron } from './Perceptron.ts';
import { propaneCombustion } from './PropaneCombustion.ts';
import { robotArm6Dof } from './RobotArm_6DOF.ts';
import { roeFlux1d } from './RoeFlux_1d.ts';
import { roeFlux3d } from './RoeFlux_3d.ts';
import type { Task } from './types.ts';

/** Every task, in the order of tables. */
export const tasks: readonly Task[] = [
  humanHeartDipole,
  propaneCombustion,
  roeFlux1d,
  robotArm6Dof,
  randomG,
  blackScholesJacobian,
  roeFlux3d,
  randomF,
  perceptron,
  encoder,
  blackScholesGreeks,
  ...extraTasks,
];

/** The ten tasks of the paper, in its order. */
export const paperTasks: readonly Task[] = tasks.filter(({ suite }) => suite === 'paper');

/**
 * The task of a name.
 * @throws UserError unknown-name, with the nearest name.
 */
export function taskNamed(name: string): Task {
  return entryNamed(tasks, 'task', name);
}
