/**
 * The paper's observation (Lohoff and Neftci, arXiv 2406.05027, section 4; laid out as their program
 * AlphaGrad does): the extended adjacency of a graph, integers [5, I + V + 1, V] for I inputs and V
 * other vertices, outputs among them.
 *
 *   [c, 1 + i, w]      channel c of the edge from input i to vertex w: its sparsity type, then the
 *                      padded out- and in-shape (o1, o2, i1, i2); all 0 where there is no edge
 *   [c, 1 + I + v, w]  likewise from vertex v
 *   [0, 0, 0 … 2]      I, V less outputs, outputs
 *   [1, 0, v]          1 for what is eliminated, and for outputs
 *   [2, 0, v]          1 for outputs
 *   [3, 0, t]          the vertex eliminated as number t, counted from 1; 0 where none was yet
 *
 * An output that others use is eliminated like any vertex and keeps its in-edges; the peer would give
 * it one more column instead. Products and sums of codes are those of src/cost/paper/machine.ts.
 */
import { productCode, scalarNumber, sumCode } from '../../cost/paper/machine.ts';
import { preparePaper } from '../../cost/paper/paper.ts';
import type { Graph, PaperCode, Position } from '../../graph/types.ts';

/** Numbers of a code, which are the channels. */
export const adjacencyChannels = 5;

/** Shape of the observation: [5, rows, columns]. */
export function adjacencyShape({ vertices }: Graph): readonly [number, number, number] {
  const inputs = vertices.filter(({ kind }) => kind === 'input').length;
  const others = vertices.length - inputs;
  return [adjacencyChannels, inputs + others + 1, others];
}

/** The observation of one game, kept up to date by eliminations. */
export class AdjacencyTensor {
  readonly shape: readonly [channels: number, rows: number, columns: number];
  readonly #graph: Graph;
  readonly #initial: Int32Array;
  readonly #tensor: Int32Array;
  /** By position: row of an edge from it, and column of an edge to it (−1 of inputs). */
  readonly #rows: Int32Array;
  readonly #columns: Int32Array;
  #moves = 0;

  /** @throws UserError where an edge of a tensor graph lacks the peer's code */
  constructor(graph: Graph) {
    // Checks that there are codes.
    preparePaper(graph);
    this.#graph = graph;
    this.shape = adjacencyShape(graph);
    const [, rows, columns] = this.shape;
    const inputs = rows - columns - 1;
    this.#rows = new Int32Array(graph.vertices.length);
    this.#columns = new Int32Array(graph.vertices.length).fill(-1);
    let [input, other] = [0, 0];
    graph.vertices.forEach(({ kind }, position) => {
      if (kind === 'input') {
        this.#rows[position] = 1 + input;
        input += 1;
      } else {
        this.#rows[position] = 1 + inputs + other;
        this.#columns[position] = other;
        other += 1;
      }
    });
    this.#tensor = new Int32Array(adjacencyChannels * rows * columns);
    this.#fill(inputs);
    this.#initial = this.#tensor.slice();
  }

  /** The tensor as it is, row-major; a copy. */
  read(): Int32Array {
    return this.#tensor.slice();
  }

  /** Nothing is eliminated any more. */
  reset(): void {
    this.#tensor.set(this.#initial);
    this.#moves = 0;
  }

  /** Eliminates a vertex that remains. O(V + |P|·|S|). */
  eliminate(vertex: Position): void {
    const [, rows, columns] = this.shape;
    const own = { row: this.#rows[vertex] ?? 0, column: this.#columns[vertex] ?? 0 };
    for (let to = 0; to < columns; to += 1) {
      const outgoing = this.#code(own.row, to);
      if (outgoing[0] === 0) continue;
      for (let from = 1; from < rows; from += 1) {
        const incoming = this.#code(from, own.column);
        if (incoming[0] === 0) continue;
        const product = productCode(outgoing, incoming);
        const existing = this.#code(from, to);
        this.#setCode(from, to, existing[0] === 0 ? product : sumCode(existing, product));
      }
    }
    const nothing: PaperCode = [0, 0, 0, 0, 0];
    for (let to = 0; to < columns; to += 1) this.#setCode(own.row, to, nothing);
    if (this.#graph.vertices[vertex]?.kind !== 'output') {
      for (let from = 1; from < rows; from += 1) this.#setCode(from, own.column, nothing);
    }
    this.#set(1, 0, own.column, 1);
    this.#set(3, 0, this.#moves, own.column + 1);
    this.#moves += 1;
  }

  #fill(inputs: number): void {
    const [, , columns] = this.shape;
    const outputs = this.#graph.vertices.flatMap(({ kind }, position) =>
      kind === 'output' ? [position] : [],
    );
    [inputs, columns - outputs.length, outputs.length].forEach((number, index) => {
      this.#set(0, 0, index, number);
    });
    for (const output of outputs) {
      this.#set(1, 0, this.#columns[output] ?? 0, 1);
      this.#set(2, 0, this.#columns[output] ?? 0, 1);
    }
    for (const { from, to, paper: code = scalarNumber } of this.#graph.edges) {
      this.#setCode(this.#rows[from] ?? 0, this.#columns[to] ?? 0, code);
    }
  }

  #place(channel: number, row: number, column: number): number {
    const [, rows, columns] = this.shape;
    return (channel * rows + row) * columns + column;
  }

  #get(channel: number, row: number, column: number): number {
    return this.#tensor[this.#place(channel, row, column)] ?? 0;
  }

  #set(channel: number, row: number, column: number, number: number): void {
    this.#tensor[this.#place(channel, row, column)] = number;
  }

  #code(row: number, column: number): PaperCode {
    const at = (channel: number): number => this.#get(channel, row, column);
    return [at(0), at(1), at(2), at(3), at(4)];
  }

  #setCode(row: number, column: number, code: PaperCode): void {
    code.forEach((number, channel) => {
      this.#set(channel, row, column, number);
    });
  }
}
