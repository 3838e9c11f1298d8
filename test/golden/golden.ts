/**
 * The golden files: equation lists, edges, orders and costs of every elimination, as AlphaGrad's and
 * JAX's own programs give them (each file's `source`), and how they name things.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Graph, VertexId } from '../../src/graph/types.ts';
import type { Program } from '../../src/program/types.ts';

const order = z.object({
  order: z.array(z.number().int()),
  paper_total: z.number(),
  paper_steps: z.array(z.number()),
  published_figure: z.number(),
  true_total: z.number(),
  true_steps: z.array(z.number()),
});

const block = z.object({ coef: z.enum(['unit', 'const', 'var']) });

const golden = z.object({
  task: z.string(),
  inputs: z.array(z.string()),
  outputs: z.array(z.string()),
  vertices: z.array(
    z.object({
      id: z.string(),
      prim: z.string(),
      operands: z.array(z.union([z.string(), z.object({ literal: z.number() })])).optional(),
      params: z.record(z.string(), z.string()).optional(),
      dead: z.boolean().optional(),
    }),
  ),
  edges: z.array(z.object({ from: z.string(), to: z.string(), true: block.nullable() })),
  edges_only_in_true_graph: z.array(z.tuple([z.string(), z.string()])),
  orders: z.object({ fwd: order, rev: order, markowitz: order, published: order }),
});

/** One golden file. */
export type Golden = z.infer<typeof golden>;

/** The scalar tasks of the paper. */
export const scalarTasks = [
  'HumanHeartDipole',
  'PropaneCombustion',
  'RoeFlux_1d',
  'RobotArm_6DOF',
  'g',
  'BlackScholes_Jacobian',
] as const;

/** Their names for the orders of a golden file. */
export const orderNames = {
  fwd: 'forward',
  rev: 'reverse',
  markowitz: 'markowitz',
  published: 'published',
} as const;

/** Reads one file. */
export function readGolden(task: string): Golden {
  const file = new URL(`data/${task}.json`, import.meta.url);
  return golden.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** An equation in words, the same for both sides: `mul v3 2`, `integerPow[2] i1`. */
export type EquationText = string;

const primitiveNames = new Map([
  ['integer_pow', 'integerPow'],
  ['logistic', 'sigmoid'],
  ['convert_element_type', 'convert'],
]);

/** The golden equation list in words. */
export function goldenEquations({ vertices }: Golden): EquationText[] {
  return vertices
    .filter(({ prim }) => prim !== 'input')
    .map(({ prim, operands = [], params = {} }) => {
      const name = primitiveNames.get(prim) ?? prim;
      const parameter = prim === 'integer_pow' ? `[${params.y ?? ''}]` : '';
      const words = operands.map((o) => (typeof o === 'string' ? o : String(o.literal)));
      return [`${name}${parameter}`, ...words].join(' ');
    });
}

/** Our equation list in the same words. */
export function programEquations(program: Program): EquationText[] {
  const words = (operand: Program['outputs'][number]['operand']): string => {
    if (operand.kind === 'literal') return operand.data.join(',');
    return valueName(program, operand.id);
  };
  return program.equations.map(({ primitive, operands, parameters }) => {
    const parameter = Object.values(parameters).map((value) => `[${String(value)}]`);
    return [`${primitive}${parameter.join('')}`, ...operands.map(words)].join(' ');
  });
}

/** The golden name of a value: `i1`, … for inputs, `v1`, … for equations. */
export function valueName(program: Program, value: number): string {
  const inputs = program.inputs.length;
  return value < inputs ? `i${value + 1}` : `v${value - inputs + 1}`;
}

/** The golden name of a vertex by its place. */
export function vertexName(graph: Graph, place: number): string {
  const vertex: { readonly id: VertexId } | undefined = graph.vertices[place];
  return typeof vertex?.id === 'number' ? `v${vertex.id}` : `i${place + 1}`;
}
