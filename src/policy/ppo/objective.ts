/**
 * What PPO learns (Schulman, Wolski, Dhariwal, Radford and Klimov, Proximal policy optimization
 * algorithms, arXiv 1707.06347, equations 7 and 9): with r the ratio of a move's chance to what it was
 * when it was made and Â its advantage, the mean of min(r·Â, clip(r, 1 − ε, 1 + ε)·Â) goes up, so that
 * nothing is gained by going further than ε in one go. The clipped mean is never above the unclipped
 * one, and at r = 1 its gradient is the policy gradient. Beside it stand the entropy of the policy and
 * the network's own loss of what vertices cost in the end, whose sum is the value that advantages are
 * measured against.
 */
import type { ObservedPosition } from '../networks/policy-network.ts';
import type { Scalar, Tensor1D, TensorFlow } from '../tensorflow.ts';
import type { Objective } from '../trainer.ts';

/** A move to learn from. */
export interface PlayedMove {
  readonly position: ObservedPosition;
  /** Which of the vertices that remained was eliminated, by row. */
  readonly row: number;
  /** Logarithm of the chance that it had. */
  readonly logChance: number;
  readonly advantage: number;
  /** What each vertex that remained cost when it was eliminated, in units. */
  readonly costs: Float32Array;
}

/** Weights of the parts of the loss. */
export interface ObjectiveOptions {
  /** ε */
  readonly clip: number;
  readonly entropyWeight: number;
  readonly costWeight: number;
}

/** What a step was at. */
export type PpoLoss = Readonly<Record<'policy' | 'cost' | 'entropy', number>>;

/** Mean of min(r·Â, clip(r)·Â), [P] each. */
function clippedMean(tf: TensorFlow, ratios: Tensor1D, advantages: Tensor1D, clip: number): Scalar {
  const clipped = tf.clipByValue(ratios, 1 - clip, 1 + clip);
  return tf.mean(tf.minimum(tf.mul(ratios, advantages), tf.mul(clipped, advantages)));
}

/** The objective of some moves. */
export function ppoObjective(
  moves: readonly PlayedMove[],
  { clip, entropyWeight, costWeight }: ObjectiveOptions,
): Objective<keyof PpoLoss> {
  return (tf, batch) => {
    const made = new Float32Array(batch.positions * batch.longest);
    moves.forEach(({ row }, index) => {
      made[index * batch.longest + row] = 1;
    });
    const choice = tf.tensor2d(made, [batch.positions, batch.longest]);
    const before = tf.tensor1d(moves.map(({ logChance }) => logChance));
    const advantages = tf.tensor1d(moves.map(({ advantage }) => advantage));
    const costTargets = batch.costTargets(moves.map(({ costs }) => costs));
    return (output) => {
      const logChances = tf.logSoftmax(output.logits);
      const now = tf.sum(tf.mul(logChances, choice), 1);
      const ratios = tf.exp(tf.sub(now, before));
      const policy: Scalar = tf.neg(clippedMean(tf, ratios as Tensor1D, advantages, clip));
      const agreement = tf.sum(tf.mul(tf.exp(logChances), logChances));
      const entropy: Scalar = tf.neg(tf.div(agreement, batch.positions));
      const cost = output.costLoss(costTargets);
      const weighted = tf.sub(tf.mul(cost, costWeight), tf.mul(entropy, entropyWeight));
      return { loss: tf.add(policy, weighted), parts: { policy, cost, entropy } };
    };
  };
}
