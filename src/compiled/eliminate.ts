/**
 * Vertex elimination over interned values. An edge holds the terms of a sum that is not made yet:
 * parallel paths are added when the edge is used, or at the end as an entry of the Jacobian, so that
 * the sum can be found whole, or in parts that exist (InternedValues.total). Σ in·out products.
 *
 * The core does the same (assembly/compiled.ts), edge by edge and term by term in the same order.
 */
import type { Position } from '../graph/types.ts';
import type { EliminationOrder } from '../order/types.ts';
import type { InternedLinearisation } from './intern-linearisation.ts';
import type { InternedValues, SignedNode } from './interned-values.ts';

/** One entry of the Jacobian that is not 0. */
export interface InternedEntry {
  readonly output: Position;
  readonly input: Position;
  readonly value: SignedNode;
}

/** What an elimination leaves. */
export interface InternedJacobian {
  /** All values met, needed or not. */
  readonly values: InternedValues;
  readonly results: readonly SignedNode[];
  readonly entries: readonly InternedEntry[];
}

interface PendingEdge {
  terms: SignedNode[];
}

type Edges = Map<Position, PendingEdge>;

function at(edges: readonly Edges[], vertex: Position): Edges {
  const found = edges[vertex];
  if (found === undefined) throw new Error(`the graph has no vertex at position ${vertex}`);
  return found;
}

/** Eliminates all vertices of an order. */
export function eliminateInterned(
  interned: InternedLinearisation,
  order: EliminationOrder,
): InternedJacobian {
  const { linearisation, outputs, results } = interned;
  const vertices = linearisation.graph.vertices.length;
  const values = interned.values.fork();
  const into = Array.from({ length: vertices }, (): Edges => new Map());
  const outOf = Array.from({ length: vertices }, (): Edges => new Map());
  const append = (from: Position, to: Position, term: SignedNode): void => {
    const existing = at(into, to).get(from);
    if (existing !== undefined) {
      existing.terms.push(term);
      return;
    }
    const edge = { terms: [term] };
    at(into, to).set(from, edge);
    at(outOf, from).set(to, edge);
  };
  const worth = (edge: PendingEdge): SignedNode => {
    const value = values.total(edge.terms);
    edge.terms = [value];
    return value;
  };
  for (const { from, to, worth: term } of interned.edges) append(from, to, term);

  const keepsIncoming = new Set(outputs);
  for (const vertex of order) {
    const incoming = [...at(into, vertex)].map(([from, edge]) => ({ from, value: worth(edge) }));
    const outgoing = [...at(outOf, vertex)].map(([to, edge]) => ({ to, value: worth(edge) }));
    for (const { to, value: after } of outgoing) {
      for (const { from, value: before } of incoming) {
        const product = values.product(after, before);
        if (product.node !== 0) append(from, to, product);
      }
      at(into, to).delete(vertex);
    }
    at(outOf, vertex).clear();
    if (keepsIncoming.has(vertex)) continue;
    for (const { from } of incoming) at(outOf, from).delete(vertex);
    at(into, vertex).clear();
  }

  const entries = outputs.flatMap((output) =>
    [...at(into, output)].map(([input, edge]) => ({ output, input, value: worth(edge) })),
  );
  return { values, results, entries };
}
