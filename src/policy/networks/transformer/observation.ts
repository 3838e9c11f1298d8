/**
 * What the transformer is told of a position: the adjacency tensor (src/policy/game/adjacency.ts) as a
 * list of its edges, for most of it is empty; and the same for several positions as the plain arrays
 * that TensorFlow.js takes.
 */
import type { CostedGraph } from '../../../cost/types.ts';
import type { Position } from '../../../graph/types.ts';
import { eliminableVertices } from '../../../order/orders.ts';
import { AdjacencyTensor, adjacencyChannels } from '../../game/adjacency.ts';
import type { ObservedPosition, PositionObserver } from '../policy-network.ts';
import {
  embeddingStride,
  embeddingWindow,
  type TransformerFrame,
  windowCount,
  windowLength,
} from './sizes.ts';

/** An observed position. Columns are vertices that are no inputs, in the graph's sequence. */
export interface AdjacencyPosition extends ObservedPosition {
  /** [edges, 7]: row, column, and the five numbers of the edge; rows as in a frame of its own graph. */
  readonly edges: Int32Array;
  /** Number of inputs, which are the first rows. */
  readonly inputs: number;
  /** Number of all columns. */
  readonly width: number;
  /** Columns of `vertices`. */
  readonly columns: Int32Array;
  /** Columns that nobody looks at any more: what is eliminated and no output. */
  readonly gone: Int32Array;
}

const edgeLength = 2 + adjacencyChannels;

/** The edges of a tensor that are there, and the columns that are gone. */
export function readAdjacency(tensor: AdjacencyTensor): { edges: Int32Array; gone: Int32Array } {
  const [channels, rows, columns] = tensor.shape;
  const all = tensor.read();
  const at = (channel: number, row: number, column: number): number =>
    all[(channel * rows + row) * columns + column] ?? 0;
  const edges: number[] = [];
  for (let row = 1; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      if (at(0, row, column) === 0) continue;
      edges.push(row - 1, column);
      for (let channel = 0; channel < channels; channel += 1) edges.push(at(channel, row, column));
    }
  }
  const gone = Array.from({ length: columns }, (_, column) => column).filter(
    (column) => at(1, 0, column) > at(2, 0, column),
  );
  return { edges: Int32Array.from(edges), gone: Int32Array.from(gone) };
}

/**
 * Follows games of a graph.
 * @throws UserError where an edge of a tensor graph lacks the peer's code
 */
export function observeAdjacency({ graph }: CostedGraph): PositionObserver<AdjacencyPosition> {
  const tensor = new AdjacencyTensor(graph);
  const inputs = graph.vertices.filter(({ kind }) => kind === 'input').length;
  const columnOf = new Map<Position, number>();
  graph.vertices.forEach(({ kind }, position) => {
    if (kind !== 'input') columnOf.set(position as Position, columnOf.size);
  });
  const all = eliminableVertices(graph);
  let vertices: readonly Position[] = all;
  return {
    reset: () => {
      tensor.reset();
      vertices = all;
    },
    eliminate: (vertex) => {
      tensor.eliminate(vertex);
      vertices = vertices.filter((one) => one !== vertex);
    },
    observe: () => ({
      vertices,
      inputs,
      width: columnOf.size,
      columns: Int32Array.from(vertices, (vertex) => columnOf.get(vertex) ?? 0),
      ...readAdjacency(tensor),
    }),
    dispose: () => undefined,
  };
}

/** Several positions in one frame. P positions, W windows, V columns, at most L vertices left. */
export interface AdjacencyBatch {
  readonly positions: number;
  readonly longest: number;
  /** [P · W, windowLength]: windows of rows, as the embedding takes them. */
  readonly windows: Float32Array;
  /** [P, V]: 0 for a column to look at, −10⁹ for one that is gone or beyond the graph. */
  readonly hidden: Float32Array;
  /** [P · L]: which column's logit is at each place; P · V where there is none. */
  readonly table: Int32Array;
  /** [P · V + 1]: the place of each column's logit; P · L of those that have none. */
  readonly places: Int32Array;
}

/** What is added where nobody may look. */
const never = -1e9;

/** Puts positions side by side. O(P·W·windowLength) memory. */
export function batchAdjacency(
  positions: readonly AdjacencyPosition[],
  frame: TransformerFrame,
): AdjacencyBatch {
  const longest = positions.reduce((most, { vertices }) => Math.max(most, vertices.length), 1);
  const [windows, length] = [windowCount(frame), windowLength(frame)];
  const { vertices: width } = frame;
  const batch = {
    positions: positions.length,
    longest,
    windows: new Float32Array(positions.length * windows * length),
    hidden: new Float32Array(positions.length * width),
    table: new Int32Array(positions.length * longest).fill(positions.length * width),
    places: new Int32Array(positions.length * width + 1).fill(positions.length * longest),
  };
  positions.forEach(({ edges, inputs, width: own, columns, gone }, position) => {
    batch.hidden.fill(never, position * width + own, (position + 1) * width);
    for (let edge = 0; edge < edges.length; edge += edgeLength) {
      const place = edges[edge] ?? 0;
      // Inputs first, vertices behind all inputs that there might be.
      const row = place < inputs ? place : place - inputs + frame.inputs;
      const column = edges[edge + 1] ?? 0;
      for (let within = 0; within < embeddingWindow; within += 1) {
        const window = (row - within) / embeddingStride;
        if (!Number.isInteger(window) || window < 0 || window >= windows) continue;
        const start = (position * windows + window) * length;
        for (let channel = 0; channel < adjacencyChannels; channel += 1) {
          const index = (column * adjacencyChannels + channel) * embeddingWindow + within;
          batch.windows[start + index] = edges[edge + 2 + channel] ?? 0;
        }
      }
    }
    for (const column of gone) batch.hidden[position * width + column] = never;
    columns.forEach((column, place) => {
      batch.table[position * longest + place] = position * width + column;
      batch.places[position * width + column] = position * longest + place;
    });
  });
  return batch;
}
