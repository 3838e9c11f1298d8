/**
 * What no elimination changes about a vertex, for its features: depth and height, the longest ways
 * from an input and to an output as shares of the longest in the graph; the logarithm of its number of
 * elements; 1 for an output. O(V + E).
 */
import type { Graph } from '../graph/types.ts';

/** Numbers a vertex: depth, height, ln(elements), whether it is an output. */
export const staticsPerVertex = 4;

/** [vertices, 4], by position. */
export function vertexStatics({ vertices, edges }: Graph): Float32Array {
  const depths = new Int32Array(vertices.length);
  const heights = new Int32Array(vertices.length);
  // Vertices stand after their predecessors, edges in no order.
  for (const { from, to } of edges.toSorted((a, b) => a.to - b.to)) {
    depths[to] = Math.max(depths[to] ?? 0, (depths[from] ?? 0) + 1);
  }
  for (const { from, to } of edges.toSorted((a, b) => b.from - a.from)) {
    heights[from] = Math.max(heights[from] ?? 0, (heights[to] ?? 0) + 1);
  }
  const deepest = depths.reduce((most, depth) => Math.max(most, depth), 1);
  const highest = heights.reduce((most, height) => Math.max(most, height), 1);
  const statics = new Float32Array(staticsPerVertex * vertices.length);
  vertices.forEach(({ shape, kind }, index) => {
    const elements = shape.reduce((product, size) => product * size, 1);
    const row = [
      (depths[index] ?? 0) / deepest,
      (heights[index] ?? 0) / highest,
      Math.log(Math.max(1, elements)),
      kind === 'output' ? 1 : 0,
    ];
    statics.set(row, staticsPerVertex * index);
  });
  return statics;
}
