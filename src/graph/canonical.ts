/**
 * The canonical form of a graph and its SHA-256. It says the same for graphs that differ only in the
 * order in which vertices, edges, inputs and outputs are listed, in names (of the graph and of
 * operations) and in the letters of indices; ids, kinds, shapes, edges, notation, known numbers and
 * the paper's codes all count. O((V + E) log(V + E)).
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

import { printId } from './topological.ts';
import { canonicalPartial } from './partial.ts';
import type { AxisIndex, Coefficient, Edge, Graph, Position } from './types.ts';

/** SHA-256 of the canonical form, 64 hexadecimal digits. */
export function graphHash(graph: Graph): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalForm(graph))));
}

/**
 * The canonical form as text, one line a vertex, output and edge, each group sorted by UTF-16 code
 * units. Two graphs are the same to us exactly when these texts are equal.
 */
export function canonicalForm(graph: Graph): string {
  const id = (place: Position): string => {
    const vertex = graph.vertices[place];
    if (vertex === undefined) throw new Error(`no vertex at position ${place}`);
    return printId(vertex.id);
  };
  const vertices = graph.vertices.map(
    (vertex) => `vertex ${printId(vertex.id)} ${vertex.kind} ${vertex.shape.join(',')}`,
  );
  // A vertex's kind can't say that an input is an output too.
  const outputs = [...new Set(graph.outputs)].map((place) => `output ${id(place)}`);
  const edges = graph.edges.map(
    (edge) => `edge ${id(edge.from)} ${id(edge.to)} ${printEdge(edge)}`,
  );
  const lines = [...vertices.sort(), ...outputs.sort(), ...edges.sort()];
  return ['crosscountry canonical graph 1', ...lines, ''].join('\n');
}

function printEdge({ partial, paper }: Edge): string {
  const { to, from, value, sizes, coefficient } = canonicalPartial(partial);
  const notation = [printAxes(to), printAxes(from), value.join(',')].join('|');
  const code = paper === undefined ? '' : ` paper ${paper.join(',')}`;
  return `${notation} ${sizes.join(',')} ${printCoefficient(coefficient)}${code}`;
}

function printAxes(axes: readonly (readonly AxisIndex[])[]): string {
  return axes
    .map((factors) => factors.map(({ index, offset }) => `${index}+${offset}`).join('.'))
    .join(',');
}

function printCoefficient(coefficient: Coefficient): string {
  return coefficient.kind === 'variable' || coefficient.value === undefined
    ? coefficient.kind
    : `${coefficient.kind} ${coefficient.value}`;
}
