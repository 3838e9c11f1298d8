/**
 * Linearises a Program: one vertex a value, one edge for each equation and each distinct value it
 * uses, carrying the elemental partial (Griewank and Walther, Evaluating Derivatives, 2nd ed.,
 * section 2.2). The partials' own computations are appended to the Program as fragments, so that an
 * edge is priced by its coefficient and index notation and valued by an operand of the Program.
 * O(equations · arity) besides the fragments.
 *
 * - A value used twice by one equation is one edge; its partials add up (block-value.ts): known
 *   numbers are added, otherwise equations are emitted. The class of a sum is that of the counting
 *   algebras: two units make a constant even where they sum to ±1 or 0.
 * - Literals are no vertices, and a partial that is the literal 0 makes no edge; nothing is computed
 *   for edges that do not exist.
 * - Equations without a path from an input or to an output stay as vertices; transforms drop them.
 */
import { ProgramBuilder } from '../program/builder.ts';
import type { Equation, Operand, Program } from '../program/types.ts';
import { valueId, reference } from '../program/values.ts';
import { type BlockValue, BlockValues } from './block-value.ts';
import { position } from './build.ts';
import { localPartial } from './local-partials.ts';
import { partialOf } from './partial.ts';
import type { Edge, Graph, Vertex } from './types.ts';

/** A Program, its linearised graph, and what each edge is worth. */
export interface Linearisation {
  /** The original equations, then the fragments of the partials; outputs as the original's. */
  readonly program: Program;
  /** How many of the equations are the original's. */
  readonly originalEquations: number;
  /**
   * Vertices are the values of the original Program: position = ValueId. Ids are the inputs' names
   * and the equations' numbers 1, 2, 3, …
   */
  readonly graph: Graph;
  /** Aligned with `graph.edges`: what the edge is worth, with operands of `program`. */
  readonly partials: readonly BlockValue[];
}

/** Linearises a Program. */
export function linearise(program: Program): Linearisation {
  const builder = ProgramBuilder.extend(program);
  const values = new BlockValues(builder);
  const edges: Edge[] = [];
  const partials: BlockValue[] = [];
  program.equations.forEach((equation, number) => {
    const to = program.inputs.length + number;
    for (const [from, value] of differentiate(builder, values, equation, to)) {
      edges.push({ from: position(from), to: position(to), partial: partialOf(value) });
      partials.push(value);
    }
  });
  for (const output of program.outputs) builder.output(output.name, output.operand);
  return {
    program: builder.build(),
    originalEquations: program.equations.length,
    graph: { ...verticesOf(program), edges },
    partials,
  };
}

/** The edges into an equation's vertex, by the value they come from, in order of first use. */
function differentiate(
  builder: ProgramBuilder,
  values: BlockValues,
  equation: Equation,
  to: number,
): ReadonlyMap<number, BlockValue> {
  const partials = new Map<number, BlockValue>();
  const result: Operand = reference(valueId(to));
  equation.operands.forEach((operand, place) => {
    if (operand.kind === 'literal') return;
    const value = localPartial(builder, equation, result, place);
    if (value === undefined) return;
    const earlier = partials.get(operand.id);
    partials.set(operand.id, earlier === undefined ? value : values.add(earlier, value));
  });
  return partials;
}

function verticesOf(program: Program): Omit<Graph, 'edges'> {
  const isOutput = new Set<number>();
  const outputs = program.outputs.flatMap(({ operand }) => {
    if (operand.kind === 'literal') return [];
    isOutput.add(operand.id);
    return [position(operand.id)];
  });
  const inputs = program.inputs.map(({ name, type }): Vertex => ({
    id: name,
    kind: 'input',
    shape: type.shape,
  }));
  const equations = program.equations.map(({ primitive, type }, number): Vertex => ({
    id: number + 1,
    kind: isOutput.has(inputs.length + number) ? 'output' : 'intermediate',
    op: primitive,
    shape: type.shape,
  }));
  return {
    name: program.name,
    vertices: [...inputs, ...equations],
    inputs: inputs.map((_, index) => position(index)),
    outputs,
  };
}
