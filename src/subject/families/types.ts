/**
 * Families of large graphs: seeded, of any size, listed in families.ts. A family tells its vertices
 * and edges one after the other, so that a file of a million vertices is written without holding it.
 */
import type { ElementalPartial, VertexKind } from '../../graph/types.ts';

/** A vertex: its id is its place in the list, from 0 on. */
export interface FamilyVertex {
  readonly kind: VertexKind;
  readonly op?: string;
}

/** An edge between places in the list of vertices; ascending, so the graph is acyclic. */
export interface FamilyEdge {
  readonly from: number;
  readonly to: number;
  readonly partial: ElementalPartial;
}

/** One graph of a family. Both lists can be walked more than once and are the same each time. */
export interface FamilyGraph {
  readonly name: string;
  vertices(): Iterable<FamilyVertex>;
  edges(): Iterable<FamilyEdge>;
}

/** A way of making graphs of any size. */
export interface GraphFamily {
  /** Name on the command line. */
  readonly name: string;
  /** One line for help texts. */
  readonly summary: string;
  /** Where no number is asked for. */
  readonly standardVertices: number;
  /** The smallest graph that has what is typical of the family. */
  readonly leastVertices: number;
  /**
   * The graph of a size and a seed.
   * @param vertices how many are asked for, ≥ leastVertices; the graph has as many as whole parts
   *   (steps, rows, tiles) allow, at most that many
   */
  make(vertices: number, seed: number): FamilyGraph;
}
