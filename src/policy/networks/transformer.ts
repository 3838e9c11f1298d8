/**
 * The network of the paper (Lohoff and Neftci, arXiv 2406.05027) as its program AlphaGrad has it
 * (github.com/jamielohoff/alphagrad, src/alphagrad/transformer/models.py, AlphaZeroModel, commit
 * 64aeec1), over the adjacency tensor of src/policy/game/adjacency.ts:
 *
 *   a token for each vertex that is no input: a convolution over windows of three rows, two apart, with
 *   all columns and channels as what is convolved and the vertices as channels; a projection of the
 *   windows to width 64; codes of the place;
 *   6 layers, normalised before: attention with 6 heads of width 10, and swish-gated lines of width 256
 *   (Shazeer, arXiv 2002.05202), each added to what went in;
 *   a logit of each token through widths 256 and 128; a value through 256, 128 and 64, the mean of all
 *   tokens; swish between.
 *
 * The value is h(rest), h(x) = √(x + 1) − 1 + x/1000 for x ≥ 0 (Pohlen et al., arXiv 1805.11593), and
 * its loss half the squared difference from h of what the rest cost in the end, the peer's.
 *
 * What differs, on purpose: the peer's attention sees pairs of which one is eliminated, and everything
 * alike where there is none; here it sees what is not eliminated. The peer multiplies places by the
 * frequencies of their codes where Vaswani et al. divide; here they are divided. The peer keeps two
 * layers more for the policy, which it never evaluates; they are not here. Weights begin as those of
 * the other networks do.
 *
 * One network takes graphs of up to so many inputs and vertices, and needs the peer's codes of their
 * edges. HumanHeartDipole's has 610,100 weights, RoeFlux_1d's 652,638; with the idle layers the peer's
 * are 739,636 and 782,174.
 */
import { z } from 'zod';
import type { CostedGraph } from '../../cost/types.ts';
import type { Graph } from '../../graph/types.ts';
import { UserError } from '../../support/user-error.ts';
import type { Tensor1D, Tensor2D, Tensor3D, TensorFlow } from '../tensorflow.ts';
import { glorotWeights } from './initial-weights.ts';
import { rearrange } from './matrices.ts';
import type {
  NetworkArchitecture,
  NetworkBatch,
  NetworkSizes,
  PolicyNetwork,
  PositionObserver,
} from './policy-network.ts';
import { evaluateTokens, placeCodes } from './transformer/forward.ts';
import {
  type AdjacencyPosition,
  batchAdjacency,
  observeAdjacency,
} from './transformer/observation.ts';
import { transformerOnnx } from './transformer/onnx.ts';
import {
  type TransformerFrame,
  transformerParts,
  type TransformerShape,
  windowCount,
  windowLength,
} from './transformer/sizes.ts';

/** Logit of a place in the table where there is no vertex. */
const nowhere = -1e9;

/** Weight of the linear part of the value's transform. */
const linear = 1e-3;

/** h: what a rest becomes before it is learned. */
export function transformedRest(rest: number): number {
  return Math.sqrt(rest + 1) - 1 + linear * rest;
}

/** The inverse of h, 0 below 0; without the difference of two near numbers. */
function restOf(tf: TensorFlow, values: Tensor1D): Tensor1D {
  const shifted = tf.add(tf.relu(values), 1 + linear);
  const root = tf.div(
    tf.mul(shifted, 2),
    tf.add(tf.sqrt(tf.add(tf.mul(shifted, 4 * linear), 1)), 1),
  );
  return tf.relu(tf.sub(tf.square(root), 1));
}

function batch(
  tf: TensorFlow,
  positions: readonly AdjacencyPosition[],
  shape: TransformerShape,
  frame: TransformerFrame,
): NetworkBatch {
  const plain = batchAdjacency(positions, frame);
  const number = positions.length;
  const { longest } = plain;
  const { vertices } = frame;
  const hidden = tf.tensor3d(plain.hidden, [number, 1, vertices]);
  const codes = tf.tensor2d(placeCodes(vertices, shape.width), [vertices, shape.width]);
  const everyHead: Tensor3D = tf.reshape(tf.tile(hidden, [1, shape.heads, 1]), [
    number * shape.heads,
    1,
    vertices,
  ]);
  const tensors = {
    positions: number,
    windows: tf.tensor2d(plain.windows, [number * windowCount(frame), windowLength(frame)]),
    hidden: everyHead,
    places: tf.tile(codes, [number, 1]),
  };
  const table = tf.tensor1d(plain.table, 'int32');
  const places = tf.tensor1d(plain.places, 'int32');
  return {
    positions: number,
    longest,
    evaluate: (weights) => {
      const { logits, values } = evaluateTokens(tf, weights, tensors, { shape, frame });
      const closed: Tensor2D = tf.concat([logits, tf.tensor2d([nowhere], [1, 1])]);
      return {
        logits: tf.reshape(rearrange(tf, closed, table, places), [number, longest]),
        rest: () => restOf(tf, values),
        costLoss: (targets) => tf.mul(tf.mean(tf.square(tf.sub(values, targets))), 0.5),
      };
    },
    costTargets: (costs) =>
      tf.tensor1d(costs.map((own) => transformedRest(own.reduce((sum, cost) => sum + cost, 0)))),
  };
}

const frameSizes = z.strictObject({ inputs: z.int().min(1), vertices: z.int().min(1) });

function parseFrame(name: string, sizes: NetworkSizes): TransformerFrame {
  const parsed = frameSizes.safeParse(sizes);
  if (parsed.success) return parsed.data;
  throw new UserError({
    code: 'network-sizes',
    message: `a ${name} network is made for a number of inputs and of vertices; train it anew`,
  });
}

/** A graph's number of inputs and of other vertices. */
function frameOf({ vertices }: Graph): TransformerFrame {
  const inputs = vertices.filter(({ kind }) => kind === 'input').length;
  return { inputs, vertices: vertices.length - inputs };
}

function requireRoom(name: string, graph: Graph, frame: TransformerFrame): void {
  const own = frameOf(graph);
  if (own.inputs <= frame.inputs && own.vertices <= frame.vertices) return;
  throw new UserError({
    code: 'network-room',
    message:
      `the ${name} network takes graphs of up to ${frame.inputs} inputs and ${frame.vertices} ` +
      `other vertices, and ${graph.name} has ${own.inputs} and ${own.vertices}; train one on it`,
  });
}

/** An architecture of this kind, for others to make smaller ones. */
export function transformerArchitecture(
  about: Pick<NetworkArchitecture, 'name' | 'summary' | 'version'>,
  shape: TransformerShape,
): NetworkArchitecture {
  const architecture: NetworkArchitecture = {
    ...about,
    inCore: false,
    sizesFor: (graphs) => {
      const frames = graphs.map(frameOf);
      const most = (size: keyof TransformerFrame): number =>
        frames.reduce((largest, frame) => Math.max(largest, frame[size]), 1);
      return { inputs: most('inputs'), vertices: most('vertices') };
    },
    create: (sizes): PolicyNetwork<AdjacencyPosition> => {
      const frame = parseFrame(about.name, sizes);
      const parts = transformerParts(shape, frame);
      return {
        architecture,
        sizes: { ...frame },
        parts,
        initialWeights: (seed) => glorotWeights(parts, seed),
        observe: (costed: CostedGraph): PositionObserver<AdjacencyPosition> => {
          requireRoom(about.name, costed.graph, frame);
          return observeAdjacency(costed);
        },
        batch: (tf, positions) => batch(tf, positions, shape, frame),
        onnx: (weights) => transformerOnnx(weights, shape, frame),
      };
    },
  };
  return architecture;
}

/** The paper's. */
export const transformer = transformerArchitecture(
  {
    name: 'transformer',
    summary: "the paper's, over the adjacency tensor; one network for graphs up to a size",
    version: 1,
  },
  { width: 64, layers: 6, heads: 6, inner: 256, policy: [256, 128], value: [256, 128, 64] },
);
