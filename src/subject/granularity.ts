/**
 * Subjects at scalar granularity: a vertex is one element of a tensor (src/program/scalarise.ts).
 *
 * The scalar graph has no vertices that no derivative passes: those without a path from an input or
 * to an output along edges, such as what only a stopGradient uses. At tensor granularity they stay,
 * as they do in the paper's programs. Element vertices stand row-major within an equation, equations
 * in order, which is what the forward and reverse orders and ties of heuristics go by.
 */
import { lineariseWithCodes } from '../cost/paper/encode.ts';
import type { Linearisation } from '../graph/linearise.ts';
import { isScalarShape } from '../graph/partial.ts';
import { dropConstantVertices, dropDeadVertices } from '../graph/transforms.ts';
import type { Graph, Position, VertexId } from '../graph/types.ts';
import type { EliminationOrder } from '../order/types.ts';
import type { Program } from '../program/types.ts';
import { scalarise, type ScalariseOptions } from '../program/scalarise.ts';
import { suggestion } from '../support/suggest.ts';
import { UserError } from '../support/user-error.ts';
import { once } from '../support/once.ts';
import type { FunctionSubject, Granularity, GraphSubject, Subject } from './types.ts';

/** Both, the default first. */
export const granularities: readonly Granularity[] = ['tensor', 'scalar'];

/**
 * The granularity of a name.
 * @throws UserError unknown-name
 */
export function granularityNamed(name: string): Granularity {
  const found = granularities.find((granularity) => granularity === name);
  if (found !== undefined) return found;
  throw new UserError({
    code: 'unknown-name',
    message:
      `there is no granularity ${JSON.stringify(name)}; use ${granularities.join(' or ')}.` +
      suggestion(name, granularities),
  });
}

/** A Program unrolled to scalars and linearised, every element a vertex under its own name. */
export function lineariseElements(
  program: Program,
  options: ScalariseOptions = {},
): { readonly linearisation: Linearisation; readonly elements: ElementsByValue } {
  const { program: scalar, ids, origins } = scalarise(program, options);
  const linearisation = lineariseWithCodes(scalar);
  const { graph } = linearisation;
  const vertices = graph.vertices.map((vertex, place) => ({
    ...vertex,
    id: ids[place] ?? vertex.id,
  }));
  const elements = [...program.inputs, ...program.equations].map((): Position[] => []);
  origins.forEach(({ value }, place) => elements[value]?.push(place as Position));
  return { linearisation: { ...linearisation, graph: { ...graph, vertices } }, elements };
}

/** For each value of a Program, the places of its elements in the graph of elements. */
export type ElementsByValue = readonly (readonly Position[])[];

/** The linearisation without the vertices that no derivative passes. */
export function withoutIdleVertices(linearisation: Linearisation): Linearisation {
  const { graph, partials } = linearisation;
  const kept = dropDeadVertices(dropConstantVertices(graph));
  // Transforms keep ids, and a pair of vertices has one edge at most.
  const key = (of: Graph, edge: { readonly from: Position; readonly to: Position }): string =>
    [edge.from, edge.to].map((end) => JSON.stringify(of.vertices[end]?.id)).join(' ');
  const byEnds = new Map(graph.edges.map((edge, index) => [key(graph, edge), partials[index]]));
  return {
    ...linearisation,
    graph: kept,
    partials: kept.edges.map((edge) => {
      const partial = byEnds.get(key(kept, edge));
      if (partial === undefined) throw new Error('an edge came from nowhere');
      return partial;
    }),
  };
}

/**
 * The subject with one vertex an element.
 * @throws UserError granularity-no-function for a graph file that has tensors
 */
export function scalarSubject(subject: Subject): Subject {
  if (subject.kind === 'graph') return scalarGraphSubject(subject);
  const linearisation = once(() =>
    withoutIdleVertices(lineariseElements(subject.program()).linearisation),
  );
  const scalar: FunctionSubject = {
    ...subject,
    granularity: 'scalar',
    linearisation,
    graph: () => linearisation().graph,
  };
  return scalar;
}

/** A graph of scalars is the same at both granularities. */
function scalarGraphSubject(subject: GraphSubject): GraphSubject {
  const refuseTensors = (graph: Graph): Graph => {
    const tensor = graph.vertices.find(({ shape }) => !isScalarShape(shape));
    if (tensor === undefined) return graph;
    throw new UserError({
      code: 'granularity-no-function',
      message:
        `vertex ${JSON.stringify(tensor.id)} has the shape [${tensor.shape.join(', ')}], and a ` +
        'graph file has no function to write out in scalars; name a task or a module',
      file: subject.file,
    });
  };
  return {
    ...subject,
    granularity: 'scalar',
    graph: (model) => refuseTensors(subject.graph(model)),
  };
}

/** The elements of a function, and which of them an elimination of a vertex eliminates. */
export interface ElementElimination {
  /** Of the function unrolled to scalars. */
  readonly linearisation: Linearisation;
  /** The elements of each vertex of an order, in its order. */
  readonly groups: (order: EliminationOrder) => (readonly Position[])[];
}

/**
 * An elimination of the subject's vertices as one of elements. At tensor granularity copies and
 * vertices that no derivative passes are elements too, because they stand in the order.
 */
export function elementElimination(subject: FunctionSubject): ElementElimination {
  if (subject.granularity === 'scalar') {
    const linearisation = subject.linearisation();
    return { linearisation, groups: (order) => order.map((vertex) => [vertex]) };
  }
  const { linearisation, elements } = lineariseElements(subject.program(), { copies: true });
  return { linearisation, groups: (order) => order.map((vertex) => elements[vertex] ?? []) };
}

/** The ids of an order that the graph still has; the others were vertices that no derivative passes. */
export function idsInGraph(graph: Graph, ids: readonly VertexId[]): VertexId[] {
  const known = new Set(graph.vertices.map(({ id }) => id));
  return ids.filter((id) => known.has(id));
}
