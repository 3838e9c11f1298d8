/**
 * What a network is to everything that trains it or plays by it. An architecture (networks.ts lists
 * them) makes a network for the graphs that it has to take; a network says how a position is observed,
 * how observations become a batch on TensorFlow.js, and what the weights say of the batch.
 * A network with such a list is a policy.
 */
import type { WeightPart } from '../../core/network-types.ts';
import type { CostedGraph } from '../../cost/types.ts';
import type { Graph, Position } from '../../graph/types.ts';
import { UserError } from '../../support/user-error.ts';
import type { Scalar, Tensor1D, Tensor2D, TensorFlow } from '../tensorflow.ts';

/** What a network is told of a position; every network adds its own. */
export interface ObservedPosition {
  /** The vertices that remain, ascending. */
  readonly vertices: readonly Position[];
}

/** Follows one game at a time and tells what a network is told of it. */
export interface PositionObserver<Observed extends ObservedPosition = ObservedPosition> {
  /** Back to the first position. */
  reset(): void;
  /** Follows a move of a vertex that remains. */
  eliminate(vertex: Position): void;
  /** What there is to see now; a copy. */
  observe(): Observed;
  /** Frees what it holds. */
  dispose(): void;
}

/** What a network says of a batch of P positions, of which none has more than L vertices left. */
export interface NetworkOutput {
  /** [P, L]: logits of the vertices that remain, ascending; −10⁹ behind a position's last one. */
  readonly logits: Tensor2D;
  /** [P]: what the rest of each game is expected to cost, in units. */
  rest(): Tensor1D;
  /** How far the expected costs are from the costs in the end; `targets` are of the same batch. */
  costLoss(targets: Tensor1D): Scalar;
}

/**
 * Positions side by side as tensors, P of them, none with more than L vertices. It is made outside of
 * a gradient, because gradients need its tensors later.
 */
export interface NetworkBatch {
  /** P */
  readonly positions: number;
  /** L, at least 1. */
  readonly longest: number;
  /**
   * Evaluates all positions; with gradients for the weights.
   * @param weights a matrix for each of the network's parts (`weightMatrices` makes them)
   */
  evaluate(weights: readonly Tensor2D[]): NetworkOutput;
  /**
   * The targets of `costLoss`, also made outside of a gradient.
   * @param costs for each position: what each vertex that remains cost in the end, in units
   */
  costTargets(costs: readonly Float32Array[]): Tensor1D;
}

/** Sizes of a network that depend on its graphs, by name; whole numbers. */
export type NetworkSizes = Readonly<Record<string, number>>;

/**
 * A network without its weights. An observation is given back to the network that made it and to no
 * other; where networks are in one list, types do not say so.
 */
export interface PolicyNetwork<Observed extends ObservedPosition = ObservedPosition> {
  readonly architecture: NetworkArchitecture;
  readonly sizes: NetworkSizes;
  /** The parts of the weights, in the sequence in which they lie in a list. */
  readonly parts: readonly WeightPart[];
  /** Weights before training, by seed. */
  initialWeights(seed: number): Float32Array;
  /**
   * Follows games of a graph.
   * @throws UserError for graphs that this network can't take
   */
  observe(costed: CostedGraph): PositionObserver<Observed>;
  /** Moves positions to TensorFlow.js; inside `tf.tidy`. At least one position with a vertex left. */
  batch(tf: TensorFlow, positions: readonly Observed[]): NetworkBatch;
  /** The network with weights as an ONNX model: the bytes of a file. */
  onnx(weights: Float32Array): Uint8Array;
}

/** A kind of network. */
export interface NetworkArchitecture {
  readonly name: string;
  /** One line for people. */
  readonly summary: string;
  /** Goes up when the same weights would come to mean something else. */
  readonly version: number;
  /**
   * Whether the core evaluates it (assembly/network.ts), so that whole games are played there; else
   * positions are evaluated on TensorFlow.js.
   */
  readonly inCore: boolean;
  /** The sizes of a network that takes all of these graphs. */
  sizesFor(graphs: readonly Graph[]): NetworkSizes;
  /**
   * Makes a network.
   * @throws UserError network-sizes where these are no sizes of such a network
   */
  create(sizes: NetworkSizes): PolicyNetwork;
}

/** A network with weights, as many as its parts have, all finite; made by `parsePolicy`. */
export interface Policy {
  readonly network: PolicyNetwork;
  readonly weights: Float32Array;
}

/** How many weights a network has. */
export function weightCountOf({ parts }: Pick<PolicyNetwork, 'parts'>): number {
  return parts.reduce((sum, { rows, columns }) => sum + rows * columns, 0);
}

/**
 * Takes numbers for the weights of a network.
 * @throws UserError network-weights where there are too few, too many, or some that are not finite
 */
export function parsePolicy(network: PolicyNetwork, weights: Float32Array): Policy {
  const bad = weights.findIndex((number) => !Number.isFinite(number));
  const count = weightCountOf(network);
  if (weights.length === count && bad < 0) return { network, weights };
  throw new UserError({
    code: 'network-weights',
    message:
      bad < 0
        ? `a ${network.architecture.name} network has ${count} weights, and here are ${weights.length}; ` +
          'train it anew'
        : `weight ${bad} of the policy network is no finite number; train it anew`,
  });
}
