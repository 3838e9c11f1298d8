/**
 * A stencil, 10 wide: each cell of a row is computed from its own place in the row before and from
 * the neighbours on both sides (a three-point scheme in time, without wrapping round). The first
 * row is the input, the last the output.
 */
import { scalarPartial, variable } from '../../graph/partial.ts';
import type { FamilyEdge, GraphFamily } from './types.ts';

/** Cells of a row. */
export const stencilWidth = 10;

const general = scalarPartial(variable);

function* rowEdges(row: number): Iterable<FamilyEdge> {
  for (let cell = 0; cell < stencilWidth; cell += 1) {
    const first = Math.max(0, cell - 1);
    const last = Math.min(stencilWidth - 1, cell + 1);
    for (let before = first; before <= last; before += 1) {
      const from = (row - 1) * stencilWidth + before;
      yield { from, to: row * stencilWidth + cell, partial: general };
    }
  }
}

/** The family. */
export const stencil: GraphFamily = {
  name: 'stencil',
  summary: 'rows of 10 cells, each computed from three cells of the row before',
  standardVertices: 1_000_000,
  leastVertices: 3 * stencilWidth,
  make: (count) => {
    const rows = Math.floor(count / stencilWidth);
    return {
      name: `stencil-${stencilWidth}x${rows}`,
      *vertices() {
        for (let row = 0; row < rows; row += 1) {
          const kind = row === 0 ? 'input' : row === rows - 1 ? 'output' : 'intermediate';
          for (let cell = 0; cell < stencilWidth; cell += 1) yield { kind };
        }
      },
      *edges() {
        for (let row = 1; row < rows; row += 1) yield* rowEdges(row);
      },
    };
  },
};
