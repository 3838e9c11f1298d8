/** The list of families of large graphs. A new one is a file beside this and a line here. */
import type { EdgeSpecification, VertexSpecification } from '../../graph/build.ts';
import { buildGraph } from '../../graph/build.ts';
import type { Graph } from '../../graph/types.ts';
import { entryNamed } from '../../support/named.ts';
import { bundleAdjustment } from './bundle-adjustment.ts';
import { chain } from './chain.ts';
import { randomProgram } from './random-program.ts';
import { randomSparse } from './random-sparse.ts';
import { steppedRoeFlux } from './stepped-roe-flux.ts';
import { stencil } from './stencil.ts';
import { tiledRoeFlux } from './tiled-roe-flux.ts';
import type { FamilyGraph, GraphFamily } from './types.ts';
import { unrolledOde } from './unrolled-ode.ts';

/** Every family. */
export const graphFamilies: readonly GraphFamily[] = [
  chain,
  unrolledOde,
  stencil,
  bundleAdjustment,
  tiledRoeFlux,
  steppedRoeFlux,
  randomSparse,
  randomProgram,
];

/**
 * The family of a name.
 * @throws UserError unknown-name, with the nearest name.
 */
export function graphFamilyNamed(name: string): GraphFamily {
  return entryNamed(graphFamilies, 'family of graphs', name);
}

/** Ids are places in the list, from 0 on. */
export function* familyVertices(family: FamilyGraph): Iterable<VertexSpecification> {
  let id = 0;
  for (const vertex of family.vertices()) {
    yield { id, ...vertex };
    id += 1;
  }
}

/** The graph in memory, as reading its file gives it. */
export function graphOfFamily(family: FamilyGraph): Graph {
  const edges: EdgeSpecification[] = [...family.edges()];
  return buildGraph({ name: family.name, vertices: [...familyVertices(family)], edges });
}
