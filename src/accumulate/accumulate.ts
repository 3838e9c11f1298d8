/**
 * Jacobian accumulation by vertex elimination (Griewank and Reese, On the calculation of Jacobian
 * matrices by the Markowitz rule, 1991; Griewank and Walther, Evaluating Derivatives, 2nd ed.,
 * section 9.2, rule 18).
 *
 * Eliminating vertex v replaces every path u → v → w by its product on the edge u → w, added to
 * what stands there. An intermediate vertex disappears with its edges; an output that others use
 * keeps its in-edges, which are part of the Jacobian, and loses its out-edges. When every vertex of
 * the order has been eliminated, each edge goes from an input to an output and is an entry.
 *
 * Work: Σ in·out over the order. The emitted multiplications are exactly those that the cost model
 * `multiplications` counts for the same order (block-value.ts). Every legal order gives the same
 * Jacobian up to rounding.
 */
import { type BlockValue, BlockValues } from '../graph/block-value.ts';
import type { Edge, Position } from '../graph/types.ts';
import type { Linearisation } from '../graph/linearise.ts';
import type { EliminationOrder } from '../order/types.ts';
import { ProgramBuilder } from '../program/builder.ts';
import { identityBlock } from '../program/structure.ts';
import type { Operand } from '../program/types.ts';
import { literal } from '../program/values.ts';
import { OutputNames } from './output-names.ts';
import type { Accumulation, JacobianBlock } from './types.ts';

export type { Accumulation, JacobianBlock } from './types.ts';
export { jacobianProgram, type JacobianProgramOptions } from './jacobian-program.ts';

/** The partly eliminated graph: in- and out-edges of each vertex by the vertex at the other end. */
class EliminationState {
  readonly #values: BlockValues;
  readonly #incoming: Map<Position, BlockValue>[];
  readonly #outgoing: Map<Position, BlockValue>[];

  constructor(values: BlockValues, vertexCount: number) {
    this.#values = values;
    this.#incoming = Array.from({ length: vertexCount }, () => new Map<Position, BlockValue>());
    this.#outgoing = Array.from({ length: vertexCount }, () => new Map<Position, BlockValue>());
  }

  incoming(vertex: Position): Map<Position, BlockValue> {
    return atVertex(this.#incoming, vertex);
  }

  outgoing(vertex: Position): Map<Position, BlockValue> {
    return atVertex(this.#outgoing, vertex);
  }

  set(from: Position, to: Position, value: BlockValue): void {
    this.outgoing(from).set(to, value);
    this.incoming(to).set(from, value);
  }

  eliminate(vertex: Position, keepsIncoming: boolean): void {
    const incoming = this.incoming(vertex);
    const outgoing = this.outgoing(vertex);
    for (const [to, second] of outgoing) {
      for (const [from, first] of incoming) {
        const product = this.#values.compose(second, first);
        if (product === undefined) continue;
        const existing = this.outgoing(from).get(to);
        this.set(from, to, existing === undefined ? product : this.#values.add(existing, product));
      }
      this.incoming(to).delete(vertex);
    }
    outgoing.clear();
    if (keepsIncoming) return;
    for (const from of incoming.keys()) this.outgoing(from).delete(vertex);
    incoming.clear();
  }
}

function atVertex<T>(items: readonly T[], vertex: Position): T {
  const item = items[vertex];
  if (item === undefined) throw new Error(`the graph has no vertex at position ${vertex}`);
  return item;
}

/**
 * Accumulates the Jacobian of a linearised function in an elimination order.
 * @param order legal for `linearisation.graph`
 * @returns the Program that computes values and Jacobian, not simplified
 */
export function accumulate(linearisation: Linearisation, order: EliminationOrder): Accumulation {
  const { graph, program, partials, originalEquations } = linearisation;
  const builder = ProgramBuilder.extend(program);
  const values = new BlockValues(builder);
  const state = new EliminationState(values, graph.vertices.length);
  graph.edges.forEach((edge: Edge, index) => {
    const partial = partials[index];
    if (partial === undefined) throw new Error(`edge ${index} has no partial`);
    state.set(edge.from, edge.to, partial);
  });

  const outputs = new Set(graph.outputs);
  for (const vertex of order) state.eliminate(vertex, outputs.has(vertex));

  const blocks = readBlocks(linearisation, state, values);
  const names = new OutputNames();
  for (const { name, operand } of program.outputs) builder.output(names.own(name), operand);
  for (const { output, input, value } of blocks) {
    builder.output(
      names.partial(program.outputs[output]?.name, program.inputs[input]?.name),
      value,
    );
  }
  return {
    program: builder.build(),
    primalEquations: originalEquations,
    partialEquations: program.equations.length - originalEquations,
    blocks,
    multiplications: values.multiplications,
    values: program.outputs,
  };
}

/** What is left of the graph, as entries: one list a named output, in the order of the inputs. */
function readBlocks(
  { program, graph }: Linearisation,
  state: EliminationState,
  values: BlockValues,
): JacobianBlock[] {
  const inputIndex = new Map(graph.inputs.map((position, index) => [position, index]));
  // An output named twice shares the operand of its entries.
  const resolved = new Map<BlockValue, Operand>();
  const resolve = (value: BlockValue): Operand => {
    const known = resolved.get(value) ?? values.stored(value);
    resolved.set(value, known);
    return known;
  };
  // Literal outputs are no vertices; the others stand in graph.outputs in the same order.
  const vertices = graph.outputs.values();
  return program.outputs.flatMap(({ operand }, output): JacobianBlock[] => {
    if (operand.kind === 'literal') return [];
    const vertex = vertices.next().value;
    if (vertex === undefined) throw new Error(`output ${output} is no vertex of the graph`);
    const itself = inputIndex.get(vertex);
    if (itself !== undefined) {
      const block = identityBlock(graph.vertices[vertex]?.shape ?? []);
      return [{ output, input: itself, block, value: literal(1) }];
    }
    return [...state.incoming(vertex)]
      .map(([from, value]) => {
        const input = inputIndex.get(from);
        if (input === undefined) {
          throw new Error(`vertex ${from} was not eliminated: the order is of another graph`);
        }
        return { output, input, value };
      })
      .sort((a, b) => a.input - b.input)
      .map(({ input, value }) => ({ output, input, block: value.block, value: resolve(value) }));
  });
}
