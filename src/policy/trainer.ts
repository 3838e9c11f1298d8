/**
 * Training of the default network on TensorFlow.js: from positions with targets to moved weights.
 *
 * The loss of a position is the cross-entropy of the policy against its target, and for each vertex
 * the Poisson loss e^c − target·c of its expected cost e^c against what its elimination cost in the
 * end, in units; means over positions and rows.
 */
import type { NetworkPosition, NetworkWeights } from '../core/network-types.ts';
import { parseWeights } from '../core/network-types.ts';
import { type AdamState, startAdam, stepAdam } from './adam.ts';
import { batchTensors, evaluateBatch, rearrange } from './message-passing.ts';
import { batchPositions, type PositionBatch } from './position-batch.ts';
import type { Scalar, Tensor1D, Tensor2D, TensorFlow } from './tensorflow.ts';

/** A position to learn from. Lists are aligned with its vertices. */
export interface TrainingPosition {
  readonly position: NetworkPosition;
  /** The chance that each vertex should have; sums up to 1. */
  readonly policy: Float32Array;
  /** What each vertex cost when it was eliminated, in units. */
  readonly costs: Float32Array;
}

/** What a training step did. */
export interface TrainingLoss {
  /** Cross-entropy of the policy, nats a position. */
  readonly policy: number;
  /** Poisson loss of the costs, a row. */
  readonly cost: number;
}

/** Everything that a trainer knows. */
export interface TrainerState {
  readonly weights: NetworkWeights;
  readonly adam: AdamState;
}

/** How to train. */
export interface TrainerOptions {
  readonly learningRate: number;
  /** Weight of the costs' loss beside the policy's. */
  readonly costWeight: number;
  /** Gradients of a larger norm are scaled down to this. */
  readonly mostNorm: number;
}

/** Logit of a place in the table where there is no row. */
const nowhere = -1e9;

/** Moves the weights of one network. */
export class Trainer {
  readonly #tf: TensorFlow;
  readonly #options: TrainerOptions;
  readonly #weights: Float32Array;
  #adam: AdamState;

  constructor(tf: TensorFlow, options: TrainerOptions, start: TrainerState) {
    this.#tf = tf;
    this.#options = options;
    this.#weights = start.weights.slice();
    const { first, second, steps } = start.adam;
    this.#adam = { first: first.slice(), second: second.slice(), steps };
  }

  /** A copy of what it knows. */
  state(): TrainerState {
    const { first, second, steps } = this.#adam;
    return {
      weights: parseWeights(this.#weights.slice()),
      adam: { first: first.slice(), second: second.slice(), steps },
    };
  }

  /** One step of gradient descent on some positions; at least one, none without vertices. */
  step(examples: readonly TrainingPosition[]): TrainingLoss {
    const tf = this.#tf;
    const batch = batchPositions(examples.map(({ position }) => position));
    const { gradient, policy, cost } = tf.tidy(() => {
      const weights = tf.tensor1d(this.#weights);
      const tensors = batchTensors(tf, batch);
      const policyTarget = policyTargets(tf, batch, examples);
      const costTarget = costTargets(tf, batch.rows, examples);
      const losses: { policy?: Scalar; cost?: Scalar } = {};
      const gradientOf = tf.valueAndGrad((flat) => {
        const output = evaluateBatch(tf, flat as Tensor1D, tensors);
        const ownPolicy = policyLoss(tf, output.logits, policyTarget);
        const ownCost = costLoss(tf, output.logCosts, costTarget);
        losses.policy = tf.keep(ownPolicy);
        losses.cost = tf.keep(ownCost);
        return tf.add(ownPolicy, tf.mul(ownCost, this.#options.costWeight));
      });
      const { grad } = gradientOf(weights);
      const read = (scalar: Scalar | undefined): number => {
        const value = scalar?.dataSync()[0] ?? NaN;
        scalar?.dispose();
        return value;
      };
      return {
        gradient: grad.dataSync<'float32'>(),
        policy: read(losses.policy),
        cost: read(losses.cost),
      };
    });
    const { learningRate: rate, mostNorm } = this.#options;
    this.#adam = stepAdam(this.#weights, gradient, this.#adam, { rate, mostNorm });
    return { policy, cost };
  }
}

/** A trainer's state before its first step. */
export function startTraining(weights: NetworkWeights): TrainerState {
  return { weights, adam: startAdam(weights.length) };
}

/** What a batch's policies should be, and how its rows come into the table of positions. */
interface PolicyTargets {
  /** [P, L] */
  readonly chances: Tensor2D;
  /** [P · L]: rows of the logits, the closing one where there is none. */
  readonly table: Tensor1D;
  /** [N + 1]: where each row went; of the closing one nobody asks, and the first place will do. */
  readonly places: Tensor1D;
}

function policyTargets(
  tf: TensorFlow,
  { positions, longest, rows, table, places }: PositionBatch,
  examples: readonly TrainingPosition[],
): PolicyTargets {
  const chances = new Float32Array(positions * longest);
  examples.forEach(({ policy }, index) => {
    chances.set(policy, index * longest);
  });
  const closed = new Int32Array(rows + 1);
  closed.set(places);
  return {
    chances: tf.tensor2d(chances, [positions, longest]),
    table: tf.tensor1d(table, 'int32'),
    places: tf.tensor1d(closed, 'int32'),
  };
}

function policyLoss(tf: TensorFlow, logits: Tensor1D, target: PolicyTargets): Scalar {
  const { chances, table, places } = target;
  const column = tf.reshape(logits, [logits.shape[0], 1]);
  const closed: Tensor2D = tf.concat([column as Tensor2D, tf.tensor2d([nowhere], [1, 1])]);
  const logChances = tf.logSoftmax(tf.reshape(rearrange(tf, closed, table, places), chances.shape));
  return tf.neg(tf.div(tf.sum(tf.mul(logChances, chances)), chances.shape[0]));
}

/** [N] */
function costTargets(
  tf: TensorFlow,
  rows: number,
  examples: readonly TrainingPosition[],
): Tensor1D {
  const target = new Float32Array(rows);
  let next = 0;
  for (const { costs } of examples) {
    target.set(costs, next);
    next += costs.length;
  }
  return tf.tensor1d(target);
}

function costLoss(tf: TensorFlow, logCosts: Tensor1D, target: Tensor1D): Scalar {
  return tf.mean(tf.sub(tf.exp(logCosts), tf.mul(logCosts, target)));
}
