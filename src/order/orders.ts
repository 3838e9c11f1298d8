/**
 * Elimination orders, parsed once against their graph: every vertex that has to be eliminated stands
 * in the order exactly once, and no other does. Those are the intermediates (dead and constant ones
 * too, at cost 0) and the outputs that others use.
 */
import { printId } from '../graph/topological.ts';
import type { Graph, Position, VertexId } from '../graph/types.ts';
import { suggestion } from '../support/suggest.ts';
import { UserError } from '../support/user-error.ts';
import type { EliminationOrder } from './types.ts';

/** Positions of the vertices that an order has to hold, ascending; O(V + E). */
export function eliminableVertices(graph: Graph): readonly Position[] {
  const used = new Uint8Array(graph.vertices.length);
  for (const { from } of graph.edges) used[from] = 1;
  const result: Position[] = [];
  graph.vertices.forEach(({ kind }, index) => {
    const isEliminable = kind === 'intermediate' || (kind === 'output' && used[index] === 1);
    if (isEliminable) result.push(index as Position);
  });
  return result;
}

/**
 * Parses an order given by vertex ids.
 * @throws UserError order-unknown-vertex, order-forbidden-vertex (an input, or an output that no
 *   other vertex uses), order-double-vertex, order-missing-vertex; `at` is the place in the list.
 */
export function parseOrder(graph: Graph, ids: readonly VertexId[]): EliminationOrder {
  const known = new Map<VertexId, Position>();
  graph.vertices.forEach(({ id }, index) => known.set(id, index as Position));
  return orderFromPositions(
    graph,
    ids.map((id, index) => {
      const found = known.get(id);
      if (found === undefined) throw unknownVertex(graph, known, id, index);
      return found;
    }),
  );
}

/**
 * The same for positions in `graph.vertices`.
 * @throws UserError as parseOrder.
 */
export function orderFromPositions(graph: Graph, positions: readonly number[]): EliminationOrder {
  const eliminable = eliminableVertices(graph);
  /** 0 for what an order does not hold, 1 for what it has to; 2 + its place where it was found. */
  const places = new Float64Array(graph.vertices.length);
  for (const vertex of eliminable) places[vertex] = 1;
  positions.forEach((vertex, index) => {
    const place = places[vertex] ?? 0;
    if (place === 0) throw forbiddenVertex(graph, vertex, index);
    if (place > 1) {
      throw new UserError({
        code: 'order-double-vertex',
        message: `vertex ${name(graph, vertex)} stands at [${place - 2}] already; eliminate it once`,
        at: `[${index}]`,
      });
    }
    places[vertex] = 2 + index;
  });
  const missing =
    positions.length === eliminable.length
      ? []
      : eliminable.filter((vertex) => places[vertex] === 1);
  if (missing.length > 0) {
    const shown = missing.slice(0, 5).map((vertex) => name(graph, vertex));
    const more = missing.length > 5 ? ` and ${missing.length - 5} more` : '';
    throw new UserError({
      code: 'order-missing-vertex',
      message:
        `the order lacks ${missing.length === 1 ? 'vertex' : 'the vertices'} ` +
        `${shown.join(', ')}${more}; every intermediate has to be eliminated`,
    });
  }
  return positions as readonly Position[] as EliminationOrder;
}

/** The order as the graph's own ids. */
export function orderIds(graph: Graph, order: EliminationOrder): VertexId[] {
  return order.map((vertex) => {
    const found = graph.vertices[vertex];
    if (found === undefined) throw new Error(`the order is not one of graph ${graph.name}`);
    return found.id;
  });
}

function name(graph: Graph, vertex: number): string {
  const found = graph.vertices[vertex];
  return found === undefined ? `at position ${vertex}` : printId(found.id);
}

function unknownVertex(
  graph: Graph,
  known: ReadonlyMap<VertexId, Position>,
  id: VertexId,
  index: number,
): UserError {
  const twin = typeof id === 'number' ? String(id) : /^-?\d+$/.test(id) ? Number(id) : undefined;
  const hint =
    twin !== undefined && known.has(twin)
      ? ` Did you mean ${printId(twin)}? Strings and integers differ.`
      : typeof id === 'string'
        ? suggestion(
            id,
            [...known.keys()].filter((other) => typeof other === 'string'),
          )
        : '';
  return new UserError({
    code: 'order-unknown-vertex',
    message: `graph ${JSON.stringify(graph.name)} has no vertex ${printId(id)}; mend the id.${hint}`,
    at: `[${index}]`,
  });
}

function forbiddenVertex(graph: Graph, vertex: number, index: number): UserError {
  const found = graph.vertices[vertex];
  if (found === undefined) {
    return new UserError({
      code: 'order-unknown-vertex',
      message: `graph ${JSON.stringify(graph.name)} has no vertex at position ${vertex}; mend it`,
      at: `[${index}]`,
    });
  }
  const why = found.kind === 'input' ? 'is an input' : 'is an output that no other vertex uses';
  return new UserError({
    code: 'order-forbidden-vertex',
    message: `vertex ${printId(found.id)} ${why} and is never eliminated; take it out of the order`,
    at: `[${index}]`,
  });
}
