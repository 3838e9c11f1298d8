/**
 * A graph as Graphviz text (https://graphviz.org/doc/info/lang.html): inputs on top, outputs at the
 * bottom, ±1 partials dashed and constants labelled.
 */
import type { Edge, Graph, Vertex } from './types.ts';

/** A quoted Graphviz string: only quotes and backslashes need escapes, line ends become `\n`. */
function quoted(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replace(/\r\n|\r|\n/g, '\\n')
    // No other control character is allowed in a picture's text.
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0009\u000b-\u001f]/g, '\ufffd');
  return `"${escaped}"`;
}

const shapes: Readonly<Record<Vertex['kind'], string>> = {
  input: 'box, style="filled,rounded", fillcolor="#dceefb"',
  intermediate: 'ellipse',
  output: 'box, style=filled, fillcolor="#fde9c9"',
};

function labelOf({ id, op, shape }: Vertex): string {
  const size = shape.length === 0 ? '' : ` [${shape.join('×')}]`;
  return op === undefined || op === 'input' ? `${String(id)}${size}` : `${String(id)} ${op}${size}`;
}

function edgeAttributes({ partial: { coefficient } }: Edge): string {
  switch (coefficient.kind) {
    case 'unit':
      return ` [style=dashed, label="${coefficient.value === 1 ? '' : '−1'}"]`;
    case 'constant':
      return ` [label=${quoted(coefficient.value === undefined ? 'c' : String(coefficient.value))}]`;
    case 'variable':
      return '';
  }
}

/** Writes a graph as Graphviz text; nodes are called by position, labels carry the ids. */
export function writeDot(graph: Graph): string {
  const row = (positions: Iterable<number>): string =>
    [...new Set(positions)].map((position) => `n${position};`).join(' ');
  const isInput = new Set<number>(graph.inputs);
  const sinks = graph.outputs.filter((position) => !isInput.has(position));
  return [
    `digraph ${quoted(graph.name)} {`,
    '  rankdir=TB;',
    '  node [fontname="Helvetica", fontsize=10];',
    '  edge [fontname="Helvetica", fontsize=8];',
    ...graph.vertices.map(
      (vertex, position) =>
        `  n${position} [label=${quoted(labelOf(vertex))}, shape=${shapes[vertex.kind]}];`,
    ),
    ...graph.edges.map((edge) => `  n${edge.from} -> n${edge.to}${edgeAttributes(edge)};`),
    ...(graph.inputs.length > 0 ? [`  { rank=source; ${row(graph.inputs)} }`] : []),
    ...(sinks.length > 0 ? [`  { rank=same; ${row(sinks)} }`] : []),
    '}',
    '',
  ].join('\n');
}
