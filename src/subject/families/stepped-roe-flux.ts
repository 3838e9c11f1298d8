/**
 * RoeFlux_1d tiled over space and time: a line of 11 cells with three conserved quantities each. In
 * every step each face between two cells is one copy of the task's graph, from the six states beside
 * it to its three fluxes, and an inner cell's next state is its own minus λ times the difference of
 * the fluxes at its faces. The cells at both ends keep their states. The states at the start are
 * inputs, those of the inner cells at the end outputs.
 */
import { constant, scalarPartial, unit } from '../../graph/partial.ts';
import { faceEdges, faceVertices, fluxOf, quantities, verticesOfAFace } from './roe-flux-tile.ts';
import type { FamilyEdge, FamilyVertex, GraphFamily } from './types.ts';

const cells = 11;
const faces = cells - 1;
const inputs = cells * quantities;
const perStates = (cells - 2) * quantities;

const one = scalarPartial(unit(1));
const outflow = scalarPartial(constant(-0.1));
const inflow = scalarPartial(constant(0.1));

const perStep = (): number => faces * verticesOfAFace() + perStates;

/** Place of a quantity of a cell after so many steps. */
function stateAt(cell: number, quantity: number, step: number): number {
  const isInner = cell > 0 && cell < cells - 1;
  if (step === 0 || !isInner) return cell * quantities + quantity;
  return inputs + step * perStep() - perStates + (cell - 1) * quantities + quantity;
}

function faceAt(face: number, step: number): number {
  return inputs + step * perStep() + face * verticesOfAFace();
}

function* stepEdges(step: number): Iterable<FamilyEdge> {
  for (let face = 0; face < faces; face += 1) {
    const sides = [face, face + 1].flatMap((cell) =>
      Array.from({ length: quantities }, (_, quantity) => stateAt(cell, quantity, step)),
    );
    yield* faceEdges(sides, faceAt(face, step));
  }
  for (let cell = 1; cell < cells - 1; cell += 1) {
    for (let quantity = 0; quantity < quantities; quantity += 1) {
      const to = stateAt(cell, quantity, step + 1);
      yield { from: stateAt(cell, quantity, step), to, partial: one };
      yield { from: fluxOf(faceAt(cell - 1, step), quantity), to, partial: inflow };
      yield { from: fluxOf(faceAt(cell, step), quantity), to, partial: outflow };
    }
  }
}

function* vertices(steps: number): Iterable<FamilyVertex> {
  for (let input = 0; input < inputs; input += 1) yield { kind: 'input' };
  for (let step = 1; step <= steps; step += 1) {
    for (let face = 0; face < faces; face += 1) yield* faceVertices();
    const kind = step === steps ? 'output' : 'intermediate';
    for (let state = 0; state < perStates; state += 1) yield { kind, op: 'add' };
  }
}

/** The family. */
export const steppedRoeFlux: GraphFamily = {
  name: 'stepped-roe-flux',
  summary: 'RoeFlux_1d at the faces of 11 cells, step after step',
  standardVertices: 10_500,
  leastVertices: 1_100,
  make: (count) => {
    const steps = Math.floor((count - inputs) / perStep());
    return {
      name: `stepped-roe-flux-${cells}x${steps}`,
      vertices: () => vertices(steps),
      *edges() {
        for (let step = 0; step < steps; step += 1) yield* stepEdges(step);
      },
    };
  },
};
