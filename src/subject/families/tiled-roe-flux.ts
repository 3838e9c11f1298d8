/**
 * RoeFlux_1d tiled over a periodic grid of cells, 10 wide, with three conserved quantities each: one
 * step of a finite-volume scheme in two dimensions. Each cell has a face to its right and one below;
 * a face is one copy of the task's graph, from the states of the two cells beside it to its three
 * fluxes. Faces share the cells' states, cells the faces' fluxes: a cell's next state is its own plus
 * the balance of the fluxes at its four faces. 211 vertices a cell: 10,550 on 5 × 10 cells.
 */
import { constant, scalarPartial, unit } from '../../graph/partial.ts';
import { faceEdges, faceVertices, fluxOf, quantities, verticesOfAFace } from './roe-flux-tile.ts';
import type { FamilyEdge, FamilyVertex, GraphFamily } from './types.ts';

/** Cells of a row. */
const width = 10;
const facesACell = 2;

const one = scalarPartial(unit(1));
const minusOne = scalarPartial(unit(-1));
const stepLength = scalarPartial(constant(0.1));

/** States, faces, balances and next states follow one another, cell by cell in each. */
class Grid {
  readonly rows: number;
  readonly cells: number;

  constructor(rows: number) {
    this.rows = rows;
    this.cells = rows * width;
  }

  /** The cell at a place, which may lie outside by one: the grid is periodic. */
  cellAt(row: number, column: number): number {
    return ((row + this.rows) % this.rows) * width + ((column + width) % width);
  }

  state(cell: number, quantity: number): number {
    return cell * quantities + quantity;
  }

  /** First vertex of a cell's face to the right (0) or below (1). */
  face(cell: number, side: number): number {
    return this.cells * quantities + (facesACell * cell + side) * verticesOfAFace();
  }

  balance(cell: number, quantity: number): number {
    return this.face(this.cells, 0) + cell * quantities + quantity;
  }

  next(cell: number, quantity: number): number {
    return this.balance(this.cells, 0) + cell * quantities + quantity;
  }

  *vertices(): Iterable<FamilyVertex> {
    const values = this.cells * quantities;
    for (let value = 0; value < values; value += 1) yield { kind: 'input' };
    for (let face = 0; face < facesACell * this.cells; face += 1) yield* faceVertices();
    for (let value = 0; value < values; value += 1) yield { kind: 'intermediate', op: 'balance' };
    for (let value = 0; value < values; value += 1) yield { kind: 'output', op: 'add' };
  }

  *edges(): Iterable<FamilyEdge> {
    for (let cell = 0; cell < this.cells; cell += 1) {
      const [row, column] = [Math.floor(cell / width), cell % width];
      const beside = [this.cellAt(row, column + 1), this.cellAt(row + 1, column)];
      for (const [side, other] of beside.entries()) {
        const sides = [cell, other].flatMap((one) =>
          Array.from({ length: quantities }, (_, quantity) => this.state(one, quantity)),
        );
        yield* faceEdges(sides, this.face(cell, side));
      }
    }
    for (let cell = 0; cell < this.cells; cell += 1) {
      const [row, column] = [Math.floor(cell / width), cell % width];
      const before = [this.cellAt(row, column - 1), this.cellAt(row - 1, column)];
      for (let quantity = 0; quantity < quantities; quantity += 1) {
        const to = this.balance(cell, quantity);
        for (let side = 0; side < facesACell; side += 1) {
          const inflow = fluxOf(this.face(before[side] ?? 0, side), quantity);
          yield { from: inflow, to, partial: one };
          yield { from: fluxOf(this.face(cell, side), quantity), to, partial: minusOne };
        }
        const next = this.next(cell, quantity);
        yield { from: this.state(cell, quantity), to: next, partial: one };
        yield { from: to, to: next, partial: stepLength };
      }
    }
  }
}

/** The family. */
export const tiledRoeFlux: GraphFamily = {
  name: 'tiled-roe-flux',
  summary: 'RoeFlux_1d at the faces of a periodic grid of cells, 10 wide',
  standardVertices: 10_550,
  // Two rows would make a cell its own neighbour but one on both sides.
  leastVertices: 6_330,
  make: (count) => {
    const perCell = facesACell * verticesOfAFace() + 3 * quantities;
    const grid = new Grid(Math.floor(count / (width * perCell)));
    return {
      name: `tiled-roe-flux-${grid.rows}x${width}`,
      vertices: () => grid.vertices(),
      edges: () => grid.edges(),
    };
  },
};
