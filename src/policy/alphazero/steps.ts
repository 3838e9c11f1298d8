/** Steps of learning from positions with an improved policy, as self-play and lessons give them. */
import type { Trainer } from '../trainer.ts';
import { alphaZeroObjective, type TrainingLoss, type TrainingPosition } from './objective.ts';

/** How to learn. */
interface Steps {
  /** How many, at least 1. */
  readonly gradientSteps: number;
  readonly costWeight: number;
  /** In place of the trainer's rate. */
  readonly rate?: number;
  /** Called after each step, to let others run. */
  readonly breathe: () => Promise<void>;
}

/** Learns from what `draw` gives, step by step. @returns mean losses */
export async function learnInSteps(
  trainer: Trainer,
  draw: () => readonly TrainingPosition[],
  { gradientSteps, costWeight, rate, breathe }: Steps,
): Promise<Readonly<Record<keyof TrainingLoss, number>>> {
  let [policy, cost] = [0, 0];
  for (let step = 0; step < gradientSteps; step += 1) {
    const examples = draw();
    const loss = trainer.step(
      examples.map(({ position }) => position),
      alphaZeroObjective(examples, costWeight),
      rate,
    );
    policy += loss.policy / gradientSteps;
    cost += loss.cost / gradientSteps;
    await breathe();
  }
  return { policy, cost };
}
