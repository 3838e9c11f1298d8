/**
 * Value numbering as a way of counting: the multiplications of an element-level elimination in which
 * equal partials are one value and equal products are paid once (numbering.ts says what is equal).
 * Signs are free and constants are folded, as in the cost model `multiplications`.
 *
 * Vertices are eliminated in groups, one after the other; a group has no edges inside, such as the
 * elements of one tensor. What the group adds to an edge is one sum over its vertices, added to what
 * the edge held before: then a group elimination shares what a product of whole tensors shares, and
 * pays what it pays, unless values meet that are equal for other reasons.
 *
 * Never more than the plain count of the same order, and as much where no two products are equal.
 * Work: Σ in·out over the vertices, one look-up a product.
 */
import type { Linearisation } from '../graph/linearise.ts';
import { isScalarShape } from '../graph/partial.ts';
import type { Position } from '../graph/types.ts';
import { type NumberedValue, Numbering } from './numbering.ts';

/** What a value-numbered elimination costs. */
export interface NumberedCount {
  readonly count: number;
  /** By group: the products that were not paid before. */
  readonly steps: readonly number[];
}

type Edges = Map<Position, NumberedValue>;

/** The elements under elimination, both directions in step. */
class NumberedGraph {
  readonly #into: Edges[];
  readonly #outOf: Edges[];

  constructor(vertexCount: number) {
    this.#into = Array.from({ length: vertexCount }, (): Edges => new Map());
    this.#outOf = Array.from({ length: vertexCount }, (): Edges => new Map());
  }

  into(vertex: Position): Edges {
    return at(this.#into, vertex);
  }

  outOf(vertex: Position): Edges {
    return at(this.#outOf, vertex);
  }

  set(from: Position, to: Position, value: NumberedValue): void {
    this.outOf(from).set(to, value);
    this.into(to).set(from, value);
  }

  /** Takes away the out-edges, and the in-edges too unless the vertex is an output. */
  remove(vertex: Position, keepsIncoming: boolean): void {
    for (const to of this.outOf(vertex).keys()) this.into(to).delete(vertex);
    this.outOf(vertex).clear();
    if (keepsIncoming) return;
    for (const from of this.into(vertex).keys()) this.outOf(from).delete(vertex);
    this.into(vertex).clear();
  }
}

function at(edges: readonly Edges[], vertex: Position): Edges {
  const found = edges[vertex];
  if (found === undefined) throw new Error(`the graph has no vertex at position ${vertex}`);
  return found;
}

/**
 * Counts an elimination of single elements.
 * @param linearisation of a Program of scalars
 * @param groups vertices that are eliminated together, in the order of elimination
 * @throws Error where a group has an edge inside, or the graph a tensor
 */
export function countNumbered(
  linearisation: Linearisation,
  groups: readonly (readonly Position[])[],
): NumberedCount {
  const { graph, partials, program } = linearisation;
  if (!graph.vertices.every(({ shape }) => isScalarShape(shape))) {
    throw new Error(`${graph.name} has tensors; value numbering counts elements`);
  }
  const numbering = new Numbering(program);
  const state = new NumberedGraph(graph.vertices.length);
  graph.edges.forEach(({ from, to }, index) => {
    const partial = partials[index];
    if (partial === undefined) throw new Error(`edge ${index} has no partial`);
    state.set(from, to, numbering.partial(partial));
  });
  const outputs = new Set(graph.outputs);
  const steps = groups.map((group) => {
    const before = numbering.multiplications;
    eliminateGroup(state, group, numbering);
    for (const vertex of group) state.remove(vertex, outputs.has(vertex));
    return numbering.multiplications - before;
  });
  return { count: numbering.multiplications, steps };
}

function eliminateGroup(
  state: NumberedGraph,
  group: readonly Position[],
  numbering: Numbering,
): void {
  const members = new Set(group);
  const added = new Map<Position, Map<Position, NumberedValue[]>>();
  for (const vertex of group) {
    for (const [to, outgoing] of state.outOf(vertex)) {
      if (members.has(to)) throw new Error('two vertices of one group are joined by an edge');
      for (const [from, incoming] of state.into(vertex)) {
        const row = added.get(from) ?? new Map<Position, NumberedValue[]>();
        const terms = row.get(to) ?? [];
        terms.push(numbering.product(outgoing, incoming));
        added.set(from, row.set(to, terms));
      }
    }
  }
  for (const [from, row] of added) {
    for (const [to, terms] of row) {
      const sum = numbering.sum(terms);
      const existing = state.outOf(from).get(to);
      state.set(from, to, existing === undefined ? sum : numbering.sum([existing, sum]));
    }
  }
}
