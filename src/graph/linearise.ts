/**
 * Linearises a Program: one vertex a value, one edge for each equation and each distinct value it
 * uses, carrying the elemental partial (Griewank and Walther, Evaluating Derivatives, 2nd ed.,
 * section 2.2). The partials' own computations are appended to the Program as fragments, so that an
 * edge is priced by its coefficient and index notation and valued by an operand of the Program.
 * O(equations · arity) besides the fragments.
 *
 * - A value used twice by one equation is one edge; its partials add up: known numbers are added,
 *   otherwise `add` equations are emitted. The class of a sum is that of the counting algebras: two
 *   units make a constant even where they sum to ±1 or 0.
 * - Literals are no vertices, and a partial that is the literal 0 makes no edge; nothing is computed
 *   for edges that do not exist.
 * - Equations without a path from an input or to an output stay as vertices; transforms drop them.
 */
import { ProgramBuilder } from '../program/builder.ts';
import type { ElementwisePrimitive } from '../program/primitive.ts';
import { primitiveNamed } from '../program/primitives.ts';
import type { Equation, Literal, Operand, Program, Shape } from '../program/types.ts';
import { literal, reference, valueId } from '../program/values.ts';
import { position } from './build.ts';
import {
  addCoefficients,
  coefficientOf,
  constant,
  elementwisePartial,
  isScalarShape,
  variable,
} from './partial.ts';
import type { Coefficient, Edge, Graph, PaperCode, Vertex } from './types.ts';

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
  /**
   * Aligned with `graph.edges`: a literal for units and constants, a value for variables, of a shape
   * that broadcasts to the equation's.
   */
  readonly partials: readonly Operand[];
}

/** AlphaGrad's code of a copy between scalars. */
const scalarCopy: PaperCode = [-1, 1, 1, 1, 1];

/** The partials of one equation with respect to one of its operands, summed. */
interface Term {
  readonly operand: Operand;
  readonly coefficient: Coefficient;
  /** Shapes that the stored value is broadcast from; none where it is one number. */
  readonly value: readonly Shape[];
}

/** Linearises a Program of element-wise equations. */
export function linearise(program: Program): Linearisation {
  const builder = ProgramBuilder.extend(program);
  const edges: Edge[] = [];
  const partials: Operand[] = [];
  program.equations.forEach((equation, number) => {
    const to = program.inputs.length + number;
    for (const [from, term] of differentiate(builder, equation, to)) {
      const operandShape = builder.typeOf(reference(valueId(from))).shape;
      const edge = {
        from: position(from),
        to: position(to),
        partial: elementwisePartial(
          equation.type.shape,
          operandShape,
          term.value,
          term.coefficient,
        ),
      };
      const copies = equation.primitive === 'convert' && isScalarShape(equation.type.shape);
      edges.push(copies ? { ...edge, paper: scalarCopy } : edge);
      partials.push(term.operand);
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
  equation: Equation,
  to: number,
): ReadonlyMap<number, Term> {
  const primitive: ElementwisePrimitive = primitiveNamed(equation.primitive);
  const terms = new Map<number, Term>();
  equation.operands.forEach((operand, place) => {
    const rule = primitive.partials[place];
    if (operand.kind === 'literal' || rule === undefined || rule === null) return;
    const value = rule({
      m: builder.fragment,
      operands: equation.operands,
      result: reference(valueId(to)),
      parameters: equation.parameters,
    });
    const term = makeTerm(builder, value);
    if (term === undefined) return;
    const earlier = terms.get(operand.id);
    terms.set(operand.id, earlier === undefined ? term : addTerms(builder, earlier, term));
  });
  return terms;
}

/** `undefined` for a literal zero. */
function makeTerm(builder: ProgramBuilder, operand: Operand): Term | undefined {
  if (operand.kind === 'value') {
    return { operand, coefficient: variable, value: [builder.typeOf(operand).shape] };
  }
  const number = uniformValue(operand);
  if (number === 0) return undefined;
  return number === undefined
    ? { operand, coefficient: constant(), value: [operand.shape] }
    : { operand: literal(number), coefficient: coefficientOf(number), value: [] };
}

/** The one number a literal repeats; `undefined` where it holds several or none. */
function uniformValue({ data }: Literal): number | undefined {
  const first = data[0];
  return data.every((number) => Object.is(number, first)) ? first : undefined;
}

function addTerms(builder: ProgramBuilder, a: Term, b: Term): Term {
  const sum = addCoefficients(a.coefficient, b.coefficient);
  if (sum.kind !== 'variable' && sum.value !== undefined) {
    return { operand: literal(sum.value), coefficient: sum, value: [] };
  }
  // Constant tensors are added when the Program runs, so their sum counts as variable.
  const operand = builder.emit('add', [a.operand, b.operand]);
  return { operand, coefficient: variable, value: [...a.value, ...b.value] };
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
