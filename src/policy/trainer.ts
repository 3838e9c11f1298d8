/**
 * Gradient descent on the weights of any network (networks/policy-network.ts), whatever is learned:
 * who trains gives the positions and says how the network's output is judged. Adam moves the weights.
 */
import { type AdamState, startAdam, stepAdam } from './adam.ts';
import { weightMatrices } from './networks/matrices.ts';
import type {
  NetworkBatch,
  NetworkOutput,
  ObservedPosition,
  Policy,
  PolicyNetwork,
} from './networks/policy-network.ts';
import type { Scalar, Tensor2D, TensorFlow } from './tensorflow.ts';

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
   * @param rate how far, in place of the rate of the options
   * @returns the parts of the loss before the step
   */
  step<Name extends string>(
    positions: readonly ObservedPosition[],
    objective: Objective<Name>,
    rate = this.#options.learningRate,
  ): Readonly<Record<Name, number>> {
    const tf = this.#tf;
    // What tidy returns is searched for tensors, number by number; so it returns nothing.
    const gradient = new Float32Array(this.#weights.length);
    let values: [Name, number][] = [];
    tf.tidy(() => {
      const weights = weightMatrices(tf, this.#weights, this.network.parts);
      const batch = this.network.batch(tf, positions);
      const judge = objective(tf, batch);
      let kept: [Name, Scalar][] = [];
      const { grads } = tf.valueAndGrads((...matrices) => {
        const { loss, parts } = judge(batch.evaluate(matrices as Tensor2D[]));
        kept = (Object.entries(parts) as [Name, Scalar][]).map(([name, part]) => [
          name,
          tf.keep(part),
        ]);
        return loss;
      })([...weights]);
      values = kept.map(([name, part]): [Name, number] => {
        const [value = NaN] = part.dataSync();
        part.dispose();
        return [name, value];
      });
      let next = 0;
      for (const grad of grads) {
        gradient.set(grad.dataSync<'float32'>(), next);
        next += grad.size;
      }
    });
    const { mostNorm } = this.#options;
    this.#adam = stepAdam(this.#weights, gradient, this.#adam, { rate, mostNorm });
    return Object.fromEntries(values) as Record<Name, number>;
  }
}

/** A trainer's state before its first step. */
export function startTraining(weights: Float32Array): TrainerState {
  return { weights, adam: startAdam(weights.length) };
}
