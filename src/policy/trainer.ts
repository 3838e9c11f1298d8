/**
 * Gradient descent on the weights of any network (networks/policy-network.ts), whatever is learned:
 * who trains gives the positions and says how the network's output is judged. Adam moves the weights.
 */
import { type AdamState, startAdam, stepAdam } from './adam.ts';
import type {
  NetworkBatch,
  NetworkOutput,
  ObservedPosition,
  Policy,
  PolicyNetwork,
} from './networks/policy-network.ts';
import type { Scalar, Tensor1D, TensorFlow } from './tensorflow.ts';

/** Everything that a trainer knows, beside its network. */
export interface TrainerState {
  readonly weights: Float32Array;
  readonly adam: AdamState;
}

/** How to train. */
export interface TrainerOptions {
  readonly learningRate: number;
  /** Gradients of a larger norm are scaled down to this. */
  readonly mostNorm: number;
}

/** Judges what a network says of a batch: a loss, and numbers of interest by name. */
export type Judge<Name extends string> = (output: NetworkOutput) => {
  readonly loss: Scalar;
  readonly parts: Readonly<Record<Name, Scalar>>;
};

/**
 * Prepares the judgement of a batch. It is called outside of the gradient, the judge within: tensors
 * of targets are made here.
 */
export type Objective<Name extends string> = (tf: TensorFlow, batch: NetworkBatch) => Judge<Name>;

/** Moves the weights of one network. */
export class Trainer {
  readonly network: PolicyNetwork;
  readonly #tf: TensorFlow;
  readonly #options: TrainerOptions;
  readonly #weights: Float32Array;
  #adam: AdamState;

  constructor(
    tf: TensorFlow,
    network: PolicyNetwork,
    options: TrainerOptions,
    start: TrainerState,
  ) {
    this.network = network;
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
      weights: this.#weights.slice(),
      adam: { first: first.slice(), second: second.slice(), steps },
    };
  }

  /** A copy of the weights as they are, with the network. */
  policy(): Policy {
    return { network: this.network, weights: this.#weights.slice() };
  }

  /**
   * One step down the gradient of a loss; at least one position, none without vertices.
   * @returns the parts of the loss before the step
   */
  step<Name extends string>(
    positions: readonly ObservedPosition[],
    objective: Objective<Name>,
  ): Readonly<Record<Name, number>> {
    const tf = this.#tf;
    const { gradient, values } = tf.tidy(() => {
      const weights = tf.tensor1d(this.#weights);
      const batch = this.network.batch(tf, positions);
      const judge = objective(tf, batch);
      let kept: [Name, Scalar][] = [];
      const { grad } = tf.valueAndGrad((flat) => {
        const { loss, parts } = judge(batch.evaluate(flat as Tensor1D));
        kept = (Object.entries(parts) as [Name, Scalar][]).map(([name, part]) => [
          name,
          tf.keep(part),
        ]);
        return loss;
      })(weights);
      const values = kept.map(([name, part]): [Name, number] => {
        const [value = NaN] = part.dataSync();
        part.dispose();
        return [name, value];
      });
      return { gradient: grad.dataSync<'float32'>(), values };
    });
    const { learningRate: rate, mostNorm } = this.#options;
    this.#adam = stepAdam(this.#weights, gradient, this.#adam, { rate, mostNorm });
    return Object.fromEntries(values) as Record<Name, number>;
  }
}

/** A trainer's state before its first step. */
export function startTraining(weights: Float32Array): TrainerState {
  return { weights, adam: startAdam(weights.length) };
}
