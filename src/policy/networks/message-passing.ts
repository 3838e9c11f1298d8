/**
 * The default network: messages along and against the edges between the vertices that remain
 * (assembly/network.ts has its formulas, assembly/vertex-features.ts its features). One network takes
 * every graph, and the core evaluates it. The loss of costs is the Poisson loss e^c − target·c of each
 * vertex's expected cost e^c, a mean over vertices.
 */
import {
  type NetworkPosition,
  type NetworkWeights,
  parseWeights,
  weightCount,
  weightParts,
} from '../../core/network-types.ts';
import { createWasmEngine } from '../../core/wasm.ts';
import type { CostedGraph } from '../../cost/types.ts';
import { UserError } from '../../support/user-error.ts';
import type { Tensor1D, Tensor2D, TensorFlow } from '../tensorflow.ts';
import { glorotWeights } from './initial-weights.ts';
import { rearrange } from './matrices.ts';
import { batchTensors, evaluateBatch } from './message-passing/forward.ts';
import { messagePassingOnnx } from './message-passing/onnx.ts';
import { batchPositions, type PositionBatch } from './message-passing/position-batch.ts';
import type {
  NetworkArchitecture,
  NetworkBatch,
  Policy,
  PolicyNetwork,
  PositionObserver,
} from './policy-network.ts';

/** Logit of a place in the table where there is no row. */
const nowhere = -1e9;

/** How rows come into the table of positions [P, L] and back. */
interface Table {
  readonly shape: [positions: number, longest: number];
  /** [P · L]: rows of the logits, the closing one where there is none. */
  readonly rows: Tensor1D;
  /** [N + 1]: where each row went; of the closing one nobody asks, and the first place will do. */
  readonly places: Tensor1D;
}

function tableOf(tf: TensorFlow, batch: PositionBatch): Table {
  const places = new Int32Array(batch.rows + 1);
  places.set(batch.places);
  return {
    shape: [batch.positions, batch.longest],
    rows: tf.tensor1d(batch.table, 'int32'),
    places: tf.tensor1d(places, 'int32'),
  };
}

/** A number for each row as [P, L], with `filler` where there is no row. */
function intoTable(tf: TensorFlow, numbers: Tensor1D, table: Table, filler: number): Tensor2D {
  const column = tf.reshape(numbers, [numbers.shape[0], 1]);
  const closed: Tensor2D = tf.concat([column as Tensor2D, tf.tensor2d([filler], [1, 1])]);
  return tf.reshape(rearrange(tf, closed, table.rows, table.places), table.shape);
}

function batch(tf: TensorFlow, positions: readonly NetworkPosition[]): NetworkBatch {
  const plain = batchPositions(positions);
  const tensors = batchTensors(tf, plain);
  const table = tableOf(tf, plain);
  return {
    positions: plain.positions,
    longest: plain.longest,
    evaluate: (weights) => {
      const { logits, logCosts } = evaluateBatch(tf, weights, tensors);
      return {
        logits: intoTable(tf, logits, table, nowhere),
        rest: () => tf.sum(intoTable(tf, tf.exp(logCosts), table, 0), 1),
        costLoss: (targets) => tf.mean(tf.sub(tf.exp(logCosts), tf.mul(logCosts, targets))),
      };
    },
    costTargets: (costs) => {
      const targets = new Float32Array(plain.rows);
      let next = 0;
      for (const own of costs) {
        targets.set(own, next);
        next += own.length;
      }
      return tf.tensor1d(targets);
    },
  };
}

/** The core's play tells what there is to see; what a network of zeros thinks of it does not matter. */
function observe(costed: CostedGraph): PositionObserver<NetworkPosition> {
  const play = createWasmEngine().play(costed, 'degrees');
  play.loadNetwork(parseWeights(new Float32Array(weightCount)));
  return {
    reset: () => {
      play.reset();
    },
    eliminate: (vertex) => {
      play.eliminate(vertex);
    },
    observe: () => play.networkPosition(),
    dispose: () => {
      play.dispose();
    },
  };
}

/** The architecture. */
export const messagePassing: NetworkArchitecture = {
  name: 'message-passing',
  summary: 'messages between the vertices that remain; one network for every graph',
  version: 1,
  inCore: true,
  sizesFor: () => ({}),
  create: () => messagePassingNetwork,
};

/** The network, which has the same sizes for every graph. */
export const messagePassingNetwork: PolicyNetwork<NetworkPosition> = {
  architecture: messagePassing,
  sizes: {},
  parts: weightParts,
  initialWeights: (seed) => glorotWeights(weightParts, seed),
  observe,
  batch,
  onnx: messagePassingOnnx,
};

/** Weights of the default network before training. */
export function initialWeights(seed: number): NetworkWeights {
  return parseWeights(glorotWeights(weightParts, seed));
}

/**
 * The weights of a policy that the core evaluates.
 * @throws UserError policy-not-in-core for any other
 */
export function coreWeights({ network, weights }: Policy): NetworkWeights {
  if (network.architecture.inCore) return parseWeights(weights);
  throw new UserError({
    code: 'policy-not-in-core',
    message:
      `a ${network.architecture.name} network is not evaluated in the core, and this needs one ` +
      `that is; train a ${messagePassing.name} network`,
  });
}
