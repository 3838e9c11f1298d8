/**
 * Positions of several games side by side, as TensorFlow.js takes them: rows of all positions one
 * after the other, edges between rows as index lists, a padded table where a position needs its rows
 * to itself. Plain arrays; nothing here knows TensorFlow.js.
 */
import type { NetworkPosition } from '../../../core/network-types.ts';
import { networkSizes } from '../../../core/network-types.ts';

/**
 * For each row the rows that it takes a mean over: `sources[k]` belongs to `targets[k]`, ascending by
 * target. The last pair joins the row of zeros behind all others with itself, so that no list is
 * empty and the sums have one row each.
 */
export interface Neighbours {
  readonly sources: Int32Array;
  readonly targets: Int32Array;
  /** [rows]: 1 / number of sources; 0 where there are none. */
  readonly factors: Float32Array;
}

/** Several positions. N rows together, P positions, at most L rows in one. */
export interface PositionBatch {
  readonly positions: number;
  readonly rows: number;
  readonly longest: number;
  /** [N, 24]. */
  readonly features: Float32Array;
  readonly predecessors: Neighbours;
  readonly successors: Neighbours;
  /** [P, L]: which row is at each place; N where there is none. */
  readonly table: Int32Array;
  /** [N]: the place of each row in the table. */
  readonly places: Int32Array;
}

/** Pairs sorted by their second number, with the closing pair of zeros. */
function neighboursOf(rows: number, from: Int32Array, to: Int32Array): Neighbours {
  const counts = new Int32Array(rows + 1);
  for (const target of to) counts[target] = (counts[target] ?? 0) + 1;
  const next = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row += 1) next[row + 1] = (next[row] ?? 0) + (counts[row] ?? 0);
  const sources = new Int32Array(from.length + 1);
  const targets = new Int32Array(from.length + 1);
  from.forEach((source, pair) => {
    const target = to[pair] ?? 0;
    const place = next[target] ?? 0;
    next[target] = place + 1;
    sources[place] = source;
    targets[place] = target;
  });
  sources[from.length] = rows;
  targets[from.length] = rows;
  const factors = Float32Array.from(counts.subarray(0, rows), (count) =>
    count === 0 ? 0 : 1 / count,
  );
  return { sources, targets, factors };
}

/** Puts positions side by side. O(rows + edges). */
export function batchPositions(positions: readonly NetworkPosition[]): PositionBatch {
  const lengths = positions.map(({ vertices }) => vertices.length);
  const rows = lengths.reduce((sum, length) => sum + length, 0);
  const longest = Math.max(1, ...lengths);
  const edges = positions.reduce((sum, position) => sum + position.edges.length / 2, 0);
  const features = new Float32Array(rows * networkSizes.features);
  const from = new Int32Array(edges);
  const to = new Int32Array(edges);
  const table = new Int32Array(positions.length * longest).fill(rows);
  const places = new Int32Array(rows);
  let row = 0;
  let edge = 0;
  positions.forEach((position, index) => {
    features.set(position.features, row * networkSizes.features);
    for (let end = 0; end < position.edges.length; end += 2) {
      from[edge] = row + (position.edges[end] ?? 0);
      to[edge] = row + (position.edges[end + 1] ?? 0);
      edge += 1;
    }
    position.vertices.forEach((_, own) => {
      table[index * longest + own] = row + own;
      places[row + own] = index * longest + own;
    });
    row += position.vertices.length;
  });
  return {
    positions: positions.length,
    rows,
    longest,
    features,
    predecessors: neighboursOf(rows, from, to),
    successors: neighboursOf(rows, to, from),
    table,
    places,
  };
}
