/**
 * The graph file, format `crosscountry/graph` version 1. Reading checks everything: a file that is
 * read is a graph, and one that isn't gets one line that names the place and the remedy. Writing
 * lists vertices in the graph's order and always says their kind; what was written reads back as the
 * same graph up to the names of indices. Fields that the format does not know are passed over,
 * unless they look like a misspelt one.
 *
 * Beyond the numbers of `"value"`, a constant whose number is not kept (or that JSON can't hold) is
 * `"value": "constant"`, and a number ±1 that counts as a constant, not as a unit, has
 * `"class": "constant"` beside it.
 */
import { parseJson } from '../support/json.ts';
import { UserError } from '../support/user-error.ts';
import { buildGraph } from './build.ts';
import { type ListedEdge, readEdge, writeEdge } from './file-edges.ts';
import {
  type Fields,
  fieldsOf,
  limits,
  list,
  one,
  type Place,
  refuse,
  show,
} from './file-fields.ts';
import type { VertexSpecification } from './build.ts';
import type { Graph, Position, Vertex, VertexId, VertexKind } from './types.ts';

const format = 'crosscountry/graph';
const version = 1;

const topNames = ['format', 'version', 'name', 'vertices', 'edges', 'inputs', 'outputs'];
const vertexNames = ['id', 'kind', 'op', 'shape'];
const kinds: ReadonlyMap<unknown, VertexKind> = new Map(
  (['input', 'intermediate', 'output'] as const).map((kind) => [kind, kind]),
);

/**
 * Reads a graph file's text.
 * @param text JSON
 * @param file its path, for errors
 * @throws UserError json-syntax, graph-format, graph-version, graph-type, graph-limit, notation-…
 *   and the codes of buildGraph; `at` is the place, such as `edges[3].from`.
 */
export function readGraph(text: string, file?: string): Graph {
  return readGraphValue(parseJson(text, file), file);
}

/**
 * Reads a graph from the value of a graph file's JSON.
 * @param file its path, for errors
 * @throws UserError as readGraph, but for what is no JSON.
 */
export function readGraphValue(value: unknown, file?: string): Graph {
  try {
    return readDocument(value);
  } catch (error) {
    throw file !== undefined && error instanceof UserError ? error.inFile(file) : error;
  }
}

/**
 * Reads a graph file's bytes.
 * @param bytes UTF-8, with or without a byte order mark
 * @param file its path, for errors
 * @throws UserError file-not-utf8, and as readGraph.
 */
export function readGraphBytes(bytes: Uint8Array, file?: string): Graph {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new UserError({
      code: 'file-not-utf8',
      message: 'the file is not UTF-8 text; save it as UTF-8',
      cause,
      ...(file === undefined ? {} : { file }),
    });
  }
  return readGraph(text, file);
}

/** The graph as a file's text: JSON, one line a vertex and an edge, with a line feed at the end. */
export function writeGraph(graph: Graph): string {
  return [...graphFileText(partsOf(graph))].join('');
}

/** What a graph file lists; vertices and edges are walked once. */
export interface GraphFileParts {
  readonly name: string;
  readonly vertices: Iterable<VertexSpecification>;
  readonly edges: Iterable<ListedEdge>;
  /** Left out where the kinds of the vertices say it all. */
  readonly inputs?: readonly VertexId[];
  readonly outputs?: readonly VertexId[];
}

function partsOf(graph: Graph): GraphFileParts {
  const ids = (places: readonly Position[]): VertexId[] =>
    places.map((place) => vertexAt(graph, place).id);
  return {
    name: graph.name,
    vertices: graph.vertices,
    edges: graph.edges.map(({ from, to, partial, paper }) => ({
      from: vertexAt(graph, from),
      to: vertexAt(graph, to),
      partial,
      ...(paper === undefined ? {} : { paper }),
    })),
    inputs: ids(graph.inputs),
    outputs: ids(graph.outputs),
  };
}

/** A graph file's text in pieces of some tens of kilobytes, so that no graph is too large. */
export function* graphFileText(parts: GraphFileParts): Iterable<string> {
  const { name, vertices, edges, inputs, outputs } = parts;
  yield `{\n  "format": ${JSON.stringify(format)},\n  "version": ${version},\n`;
  yield `  "name": ${JSON.stringify(name)},\n  "vertices": `;
  yield* lines(vertices, writeVertex);
  yield ',\n  "edges": ';
  yield* lines(edges, writeEdge);
  if (inputs !== undefined) yield `,\n  "inputs": ${JSON.stringify(inputs)}`;
  if (outputs !== undefined) yield `,\n  "outputs": ${JSON.stringify(outputs)}`;
  yield '\n}\n';
}

/** Characters of a piece. */
const pieceLength = 65536;

function* lines<T>(items: Iterable<T>, write: (item: T) => object): Iterable<string> {
  let piece = '[';
  let separator = '\n';
  for (const item of items) {
    piece += `${separator}    ${JSON.stringify(write(item))}`;
    separator = ',\n';
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  yield separator === '\n' ? '[]' : `${piece}\n  ]`;
}

function vertexAt(graph: Graph, place: Position): Vertex {
  const vertex = graph.vertices[place];
  if (vertex === undefined) throw new Error(`no vertex at position ${place}`);
  return vertex;
}

function writeVertex({ id, kind, op, shape = [] }: VertexSpecification): object {
  return {
    id,
    ...(kind === undefined ? {} : { kind }),
    ...(op === undefined ? {} : { op }),
    ...(shape.length === 0 ? {} : { shape }),
  };
}

function readDocument(document: unknown): Graph {
  const top = fieldsOf(document, () => '', topNames);
  if (top.get('format') !== format) {
    throw refuse(
      'graph-format',
      'format',
      `a graph file has "format": ${JSON.stringify(format)}, not ${show(top.get('format'))}; ` +
        'add it or give another file',
    );
  }
  if (top.get('version') !== version) {
    throw refuse(
      'graph-version',
      'version',
      `this program reads "version": ${version}, not ${show(top.get('version'))}; ` +
        'write the file again in that version',
    );
  }
  const vertices = list(top, 'vertices', 'vertices', limits.vertices).map((vertex, index) =>
    readVertex(vertex, () => `vertices[${index}]`),
  );
  const shapes = new Map(vertices.map(({ id, shape = [] }) => [id, shape]));
  const edges = list(top, 'edges', 'edges', limits.edges).map((edge, index) =>
    readEdge(edge, () => `edges[${index}]`, shapes),
  );
  return buildGraph({
    name: readName(top),
    vertices,
    edges,
    ...readIds(top, 'inputs'),
    ...readIds(top, 'outputs'),
  });
}

function readName(top: Fields): string {
  const name = top.get('name') ?? 'graph';
  if (typeof name === 'string' && name.length <= limits.name) return name;
  throw refuse(
    'graph-type',
    'name',
    `"name" is a text of at most ${limits.name} characters, not ${show(name)}; mend it`,
  );
}

function readIds(
  top: Fields,
  name: 'inputs' | 'outputs',
): Readonly<Partial<Record<'inputs' | 'outputs', readonly VertexId[]>>> {
  if (!top.has(name)) return {};
  const ids = list(top, name, name, limits.vertices).map((id, index) =>
    one.id(id, () => `${name}[${index}]`),
  );
  return { [name]: ids };
}

function readVertex(value: unknown, where: Place): VertexSpecification {
  const vertex = fieldsOf(value, where, vertexNames);
  const id = one.id(vertex.get('id'), () => `${where()}.id`);
  const shape = vertex.has('shape') ? one.shape(vertex.get('shape'), () => `${where()}.shape`) : [];
  const op = vertex.get('op');
  if (op !== undefined && (typeof op !== 'string' || op.length > limits.name)) {
    throw refuse(
      'graph-type',
      `${where()}.op`,
      `"op" is the name of an operation, not ${show(op)}; mend it or leave it out`,
    );
  }
  const named = vertex.get('kind');
  const kind = kinds.get(named);
  if (vertex.has('kind') && kind === undefined) {
    throw refuse(
      'graph-type',
      `${where()}.kind`,
      `"kind" is "input", "intermediate" or "output", not ${show(named)}; mend it or leave it out`,
    );
  }
  if (shape.length === 0) {
    // A million of them: without a field that says nothing.
    if (op === undefined) return kind === undefined ? { id } : { id, kind };
    return kind === undefined ? { id, op } : { id, kind, op };
  }
  return {
    id,
    shape,
    ...(op === undefined ? {} : { op }),
    ...(kind === undefined ? {} : { kind }),
  };
}
