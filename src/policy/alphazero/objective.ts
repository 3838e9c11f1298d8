/**
 * What AlphaZero learns: the loss of a position is the cross-entropy of the policy against its target,
 * and the network's own loss of what vertices cost in the end, in units; means over the batch.
 */
import type { ObservedPosition } from '../networks/policy-network.ts';
import type { Scalar } from '../tensorflow.ts';
import type { Objective } from '../trainer.ts';

/** A position to learn from. Lists are aligned with its vertices. */
export interface TrainingPosition {
  readonly position: ObservedPosition;
  /** The chance that each vertex should have; sums up to 1. */
  readonly policy: Float32Array;
  /** What each vertex cost when it was eliminated, in units. */
  readonly costs: Float32Array;
}

/** What a step was at. */
export interface TrainingLoss {
  /** Cross-entropy of the policy, nats a position. */
  readonly policy: number;
  /** The network's loss of costs. */
  readonly cost: number;
}

/**
 * The objective of some positions.
 * @param costWeight weight of the costs' loss beside the policy's
 */
export function alphaZeroObjective(
  examples: readonly TrainingPosition[],
  costWeight: number,
): Objective<keyof TrainingLoss> {
  return (tf, batch) => {
    const chances = new Float32Array(batch.positions * batch.longest);
    examples.forEach(({ policy }, index) => {
      chances.set(policy, index * batch.longest);
    });
    const target = tf.tensor2d(chances, [batch.positions, batch.longest]);
    const costs = batch.costTargets(examples.map((example) => example.costs));
    return (output) => {
      const agreement = tf.sum(tf.mul(tf.logSoftmax(output.logits), target));
      const policy: Scalar = tf.neg(tf.div(agreement, batch.positions));
      const cost: Scalar = output.costLoss(costs);
      return { loss: tf.add(policy, tf.mul(cost, costWeight)), parts: { policy, cost } };
    };
  };
}
