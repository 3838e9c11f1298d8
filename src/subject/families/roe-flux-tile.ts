/** The graph of the task RoeFlux_1d as a tile: from the six states beside a face to its three fluxes. */
import { roeFlux1d } from '../../../tasks/RoeFlux_1d.ts';
import { linearise } from '../../graph/linearise.ts';
import type { Graph } from '../../graph/types.ts';
import { once } from '../../support/once.ts';
import type { FamilyEdge, FamilyVertex } from './types.ts';

/** Conserved quantities: density, momentum, energy. */
export const quantities = 3;
const states = 2 * quantities;

const taskGraph = once((): Graph => linearise(roeFlux1d.program()).graph);

/** Vertices of a face: all of the task's but its inputs. */
export function verticesOfAFace(): number {
  return taskGraph().vertices.length - states;
}

/** Place of a flux in a face whose vertices begin at `first`. */
export function fluxOf(first: number, quantity: number): number {
  return first + (taskGraph().outputs[quantity] ?? NaN) - states;
}

/** The vertices of a face. */
export function* faceVertices(): Iterable<FamilyVertex> {
  for (const { op } of taskGraph().vertices.slice(states)) {
    yield op === undefined ? { kind: 'intermediate' } : { kind: 'intermediate', op };
  }
}

/**
 * The edges of a face.
 * @param sides places of the six states, those of the left cell first
 * @param first place of the face's first vertex
 */
export function* faceEdges(sides: readonly number[], first: number): Iterable<FamilyEdge> {
  const placeOf = (position: number): number => sides[position] ?? first + position - states;
  for (const { from, to, partial } of taskGraph().edges) {
    yield { from: placeOf(from), to: placeOf(to), partial };
  }
}
