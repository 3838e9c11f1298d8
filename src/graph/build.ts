/**
 * Makes graphs from lists of vertices and edges that are named by ids. The only way from outside
 * data into a Graph: ids are unique, edges join vertices that exist and no input, no pair has two
 * edges, there is no cycle. The vertices are sorted topologically by Kahn's algorithm, always taking
 * the first listed vertex that is ready, so a listing that is in order already stays as it is.
 * O((V + E) log V).
 */
import type { Shape } from '../program/types.ts';
import { UserError } from '../support/user-error.ts';
import { isScalarShape, numberPartial, variable } from './partial.ts';
import { edgesBySource, type Ends, printId, topologicalOrder } from './topological.ts';
import type {
  Edge,
  ElementalPartial,
  Graph,
  PaperCode,
  Position,
  Vertex,
  VertexId,
  VertexKind,
} from './types.ts';

/** A vertex as it is listed; a missing kind is inferred, a missing shape is a scalar's. */
export interface VertexSpecification {
  readonly id: VertexId;
  readonly kind?: VertexKind;
  readonly op?: string;
  readonly shape?: Shape;
}

/** An edge between listed vertices; a missing partial is a general scalar. */
export interface EdgeSpecification {
  readonly from: VertexId;
  readonly to: VertexId;
  readonly partial?: ElementalPartial;
  readonly paper?: PaperCode;
}

/** What a graph is made from. `inputs` and `outputs` win over the kinds of the vertices. */
export interface GraphSpecification {
  readonly name: string;
  readonly vertices: readonly VertexSpecification[];
  readonly edges: readonly EdgeSpecification[];
  readonly inputs?: readonly VertexId[];
  readonly outputs?: readonly VertexId[];
}

/** Brands an index into `Graph.vertices`; the caller knows that it is one. */
export function position(index: number): Position {
  return index as Position;
}

/**
 * Checks and sorts.
 * @param specification vertices in any order
 * @throws UserError with the codes graph-double-vertex, graph-unknown-vertex, graph-self-loop,
 *   graph-double-edge, graph-edge-into-input, graph-cycle, graph-missing-partial; `at` is the place
 *   in the specification.
 */
export function buildGraph(specification: GraphSpecification): Graph {
  const listed = indexIds(specification.vertices);
  const ends = resolveEdges(specification, listed);
  const inputs = specification.inputs && resolveList('inputs', specification.inputs, listed);
  const outputs = specification.outputs && resolveList('outputs', specification.outputs, listed);
  const kinds = inferKinds(specification.vertices, ends, inputs, outputs);
  refuseEdgesIntoInputs(specification, kinds, ends);
  const sorted = topologicalOrder(
    specification.vertices.map(({ id }) => id),
    ends,
  );

  const places = new Int32Array(sorted.length);
  sorted.forEach((index, place) => {
    places[index] = place;
  });
  const place = (index: number): Position => {
    const found = places[index];
    if (found === undefined) throw new Error(`vertex ${index} was not sorted`);
    return position(found);
  };
  const vertices = Array.from(sorted, (index) => finish(specification.vertices, kinds, index));
  const ofKind = (kind: VertexKind): number[] =>
    kinds.flatMap((own, index) => (own === kind ? [index] : []));
  return {
    name: specification.name,
    vertices,
    edges: specification.edges.map((edge, index) =>
      finishEdge(edge, index, place(end(ends.from, index)), place(end(ends.to, index)), vertices),
    ),
    inputs: (inputs ?? ofKind('input')).map(place),
    outputs: (outputs ?? ofKind('output')).map(place),
  };
}

/** The end of a listed edge. */
function end(ends: Int32Array, edge: number): number {
  const found = ends[edge];
  if (found === undefined) throw new Error(`no edge ${edge}`);
  return found;
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new Error(`no item ${index}`);
  return item;
}

function indexIds(vertices: readonly VertexSpecification[]): ReadonlyMap<VertexId, number> {
  const listed = new Map<VertexId, number>();
  vertices.forEach(({ id }, index) => {
    const earlier = listed.get(id);
    if (earlier !== undefined) {
      throw new UserError({
        code: 'graph-double-vertex',
        message: `the id ${printId(id)} is vertices[${earlier}] already; give each vertex its own id`,
        at: `vertices[${index}].id`,
      });
    }
    listed.set(id, index);
  });
  return listed;
}

function resolve(id: VertexId, where: () => string, listed: ReadonlyMap<VertexId, number>): number {
  const index = listed.get(id);
  if (index !== undefined) return index;
  const twin = typeof id === 'number' ? String(id) : Number(id);
  const hint =
    typeof id === 'string' && !/^-?\d+$/.test(id)
      ? ''
      : listed.has(twin)
        ? ` (there is a vertex ${printId(twin)}: strings and integers differ)`
        : '';
  throw new UserError({
    code: 'graph-unknown-vertex',
    message: `there is no vertex ${printId(id)}${hint}; list it under "vertices" or mend the id`,
    at: where(),
  });
}

/** Resolves and checks the edges; of several faults, the one that is listed first is told. */
function resolveEdges(
  { vertices, edges }: GraphSpecification,
  listed: ReadonlyMap<VertexId, number>,
): Ends {
  const from = new Int32Array(edges.length);
  const to = new Int32Array(edges.length);
  let index = 0;
  try {
    for (const edge of edges) {
      const start = resolve(edge.from, () => `edges[${index}].from`, listed);
      const end = resolve(edge.to, () => `edges[${index}].to`, listed);
      if (start === end) {
        throw new UserError({
          code: 'graph-self-loop',
          message: `vertex ${printId(edge.to)} depends on itself; take this edge out`,
          at: `edges[${index}]`,
        });
      }
      from[index] = start;
      to[index] = end;
      index += 1;
    }
  } finally {
    const before = { from: from.subarray(0, index), to: to.subarray(0, index) };
    refuseDoubleEdges(edges, vertices.length, before);
  }
  return { from, to };
}

/** Edges of one source stand together, so that one mark a target tells of a second. O(V + E). */
function refuseDoubleEdges(
  listed: readonly EdgeSpecification[],
  vertices: number,
  { from, to }: Ends,
): void {
  const { starts, edges } = edgesBySource(vertices, from);
  /** One more than the edge that led here last. */
  const marks = new Int32Array(vertices);
  let first = Infinity;
  let earlier = 0;
  for (let source = 0; source < vertices; source += 1) {
    const start = starts[source] ?? 0;
    const stop = starts[source + 1] ?? 0;
    for (let next = start; next < stop; next += 1) {
      const edge = edges[next] ?? 0;
      const target = to[edge] ?? 0;
      const marked = (marks[target] ?? 0) - 1;
      if (marked >= 0 && from[marked] === source) {
        if (edge < first) [first, earlier] = [edge, marked];
      } else {
        marks[target] = edge + 1;
      }
    }
  }
  const edge = listed[first];
  if (edge === undefined) return;
  throw new UserError({
    code: 'graph-double-edge',
    message:
      `the edge ${printId(edge.from)} → ${printId(edge.to)} is edges[${earlier}] already; ` +
      'a pair of vertices has one edge, its partials add up',
    at: `edges[${first}]`,
  });
}

function resolveList(
  name: 'inputs' | 'outputs',
  ids: readonly VertexId[],
  listed: ReadonlyMap<VertexId, number>,
): readonly number[] {
  const resolved = ids.map((id, index) => resolve(id, () => `${name}[${index}]`, listed));
  if (name === 'inputs') {
    const seen = new Map<number, number>();
    resolved.forEach((vertex, index) => {
      const earlier = seen.get(vertex);
      seen.set(vertex, index);
      if (earlier === undefined) return;
      throw new UserError({
        code: 'graph-double-input',
        message: `inputs[${earlier}] names the same vertex; name each input once`,
        at: `inputs[${index}]`,
      });
    });
  }
  return resolved;
}

/**
 * The lists win; then what the vertex says; then no in-edge makes an input and no out-edge an
 * output (a vertex without any edge becomes an input). Where a list is given, a vertex that is not
 * on it is not of that kind.
 */
function inferKinds(
  vertices: readonly VertexSpecification[],
  ends: Ends,
  inputs: readonly number[] | undefined,
  outputs: readonly number[] | undefined,
): readonly VertexKind[] {
  const hasIn = new Uint8Array(vertices.length);
  const hasOut = new Uint8Array(vertices.length);
  for (const to of ends.to) hasIn[to] = 1;
  for (const from of ends.from) hasOut[from] = 1;
  const inputSet = inputs && new Set(inputs);
  const outputSet = outputs && new Set(outputs);
  return vertices.map(({ kind }, index) => {
    if (inputSet?.has(index) === true) return 'input';
    if (
      inputSet === undefined &&
      (kind === 'input' || (kind === undefined && hasIn[index] === 0))
    ) {
      return 'input';
    }
    if (outputSet !== undefined) return outputSet.has(index) ? 'output' : 'intermediate';
    if (kind === 'output' || (kind === undefined && hasOut[index] === 0)) return 'output';
    return 'intermediate';
  });
}

function refuseEdgesIntoInputs(
  { vertices, edges }: GraphSpecification,
  kinds: readonly VertexKind[],
  ends: Ends,
): void {
  const index = ends.to.findIndex((to) => kinds[to] === 'input');
  if (index < 0) return;
  const id = printId(at(vertices, end(ends.to, index)).id);
  throw new UserError({
    code: 'graph-edge-into-input',
    message:
      `the edge ${printId(at(edges, index).from)} → ${id} ends in an input; ` +
      `take the edge out or let ${id} be no input`,
    at: `edges[${index}].to`,
  });
}

const scalarShape: Shape = [];

function finish(
  vertices: readonly VertexSpecification[],
  kinds: readonly VertexKind[],
  index: number,
): Vertex {
  const { id, op, shape = scalarShape } = at(vertices, index);
  const kind = at(kinds, index);
  return op === undefined ? { id, kind, shape } : { id, kind, op, shape };
}

function finishEdge(
  edge: EdgeSpecification,
  index: number,
  from: Position,
  to: Position,
  vertices: readonly Vertex[],
): Edge {
  const partial = edge.partial ?? generalPartial(at(vertices, to).shape, at(vertices, from).shape);
  if (partial === undefined) {
    throw new UserError({
      code: 'graph-missing-partial',
      message:
        `the edge ${printId(edge.from)} → ${printId(edge.to)} joins tensors and has no "partial"; ` +
        'give its index notation, such as "i|i|i"',
      at: `edges[${index}]`,
    });
  }
  return edge.paper === undefined
    ? { from, to, partial }
    : { from, to, partial, paper: edge.paper };
}

/** One general number, where both ends count as scalars. */
function generalPartial(to: Shape, from: Shape): ElementalPartial | undefined {
  return isScalarShape(to) && isScalarShape(from) ? numberPartial(to, from, variable) : undefined;
}
