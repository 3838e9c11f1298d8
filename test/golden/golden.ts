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

const block = z.object({
  out: z.array(z.string()),
  in: z.array(z.string()),
  values: z.array(z.string()).nullable(),
  sizes: z.record(z.string(), z.number().int()),
  coef: z.enum(['unit', 'const', 'var']),
});

const golden = z.object({
  task: z.string(),
  inputs: z.array(z.string()),
  outputs: z.array(z.string()),
  vertices: z.array(
    z.object({
      id: z.string(),
      prim: z.string(),
      shape: z.array(z.number().int()),
      operands: z.array(z.union([z.string(), z.object({ literal: z.number() })])).optional(),
      params: z.record(z.string(), z.string()).optional(),
      dead: z.boolean().optional(),
    }),
  ),
  edges: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      true: block.nullable(),
      /** AlphaGrad's code: sparsity type and padded shapes. */
      ag: z.tuple([z.number(), z.number(), z.number(), z.number(), z.number()]),
    }),
  ),
  edges_only_in_true_graph: z.array(z.tuple([z.string(), z.string()])),
  orders: z.object({ fwd: order, rev: order, markowitz: order, published: order }),
});

/** One golden file. */
export type Golden = z.infer<typeof golden>;

/** An elemental partial of a golden file: index classes by letter, `a+2` for a window. */
export type GoldenBlock = z.infer<typeof block>;

/** The scalar tasks of the paper. */
export const scalarTasks = [
  'HumanHeartDipole',
  'PropaneCombustion',
  'RoeFlux_1d',
  'RobotArm_6DOF',
  'g',
  'BlackScholes_Jacobian',
] as const;

/** The tensor tasks of the paper. */
export const tensorTasks = ['RoeFlux_3d', 'f', 'Perceptron', 'Encoder'] as const;

/** All ten. */
export const paperTasks = [...scalarTasks, ...tensorTasks] as const;

/** Their names for the orders of a golden file. */
export const orderNames = {
  fwd: 'forward',
  rev: 'reverse',
  markowitz: 'markowitz',
  published: 'published',
} as const;

/**
 * Reads one file. Some scalar functions stand there with batch axes of length 1, which are dropped.
 */
export function readGolden(task: string): Golden {
  const file = new URL(`data/${task}.json`, import.meta.url);
  const found = golden.parse(JSON.parse(readFileSync(file, 'utf8')));
  return scalarTasks.some((name) => name === task) ? withoutAxes(found) : found;
}

function withoutAxes(found: Golden): Golden {
  return {
    ...found,
    vertices: found.vertices.map((vertex) => ({ ...vertex, shape: [] })),
    edges: found.edges.map((edge) => {
      if (edge.true === null) return edge;
      const values = edge.true.values === null ? null : [];
      return { ...edge, true: { ...edge.true, out: [], in: [], values, sizes: {} } };
    }),
  };
}

/**
 * An equation in words, the same for both sides: `mul v3 2 → [1,4]`,
 * `sum{"axes":[1]} v5 → [1]`.
 */
export type EquationText = string;

/** A parameter as Python prints it: a number, a tuple of them, `None`. */
function pythonValue(text: string): unknown {
  const json = text
    .replaceAll('(', '[')
    .replaceAll(')', ']')
    .replaceAll(',]', ']')
    .replaceAll('None', 'null');
  return JSON.parse(json);
}

/** Our name of one of JAX's primitives, and its parameters under our names. */
function ownPrimitive(prim: string, params: Readonly<Record<string, string>>): [string, object] {
  const value = (name: string): unknown => pythonValue(params[name] ?? 'null');
  switch (prim) {
    case 'integer_pow':
      return ['integerPow', { exponent: value('y') }];
    case 'logistic':
      return ['sigmoid', {}];
    case 'convert_element_type':
      return ['convert', {}];
    case 'stop_gradient':
      return ['stopGradient', {}];
    case 'reduce_sum':
      return ['sum', { axes: value('axes') }];
    case 'reduce_max':
      return ['reduceMax', { axes: value('axes') }];
    case 'reduce_min':
      return ['reduceMin', { axes: value('axes') }];
    case 'broadcast_in_dim':
      return ['broadcast', { shape: value('shape'), axes: value('broadcast_dimensions') }];
    case 'transpose':
      return ['transpose', { permutation: value('permutation') }];
    case 'reshape':
      return ['reshape', { shape: value('new_sizes') }];
    case 'slice':
      return ['slice', { start: value('start_indices'), limit: value('limit_indices') }];
    case 'concatenate':
      return ['concatenate', { axis: value('dimension') }];
    case 'dot_general': {
      const numbers = z.array(z.array(z.array(z.number())));
      const [contract, batch] = numbers.parse(value('dimension_numbers'));
      return [
        'dot',
        {
          leftContract: contract?.[0],
          rightContract: contract?.[1],
          leftBatch: batch?.[0],
          rightBatch: batch?.[1],
        },
      ];
    }
    default:
      return [prim, params];
  }
}

function equationText(
  [primitive, parameters]: readonly [string, object],
  operands: readonly string[],
  shape: readonly number[],
): EquationText {
  const sorted = Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = sorted.length === 0 ? '' : JSON.stringify(Object.fromEntries(sorted));
  return [primitive + text, ...operands, '→', JSON.stringify(shape)].join(' ');
}

/** The golden equation list in words. */
export function goldenEquations({ vertices }: Golden): EquationText[] {
  return vertices
    .filter(({ prim }) => prim !== 'input')
    .map(({ prim, operands = [], params = {}, shape }) => {
      const words = operands.map((o) => (typeof o === 'string' ? o : String(o.literal)));
      return equationText(ownPrimitive(prim, params), words, shape);
    });
}

/** Our equation list in the same words. */
export function programEquations(program: Program): EquationText[] {
  const words = (operand: Program['outputs'][number]['operand']): string => {
    if (operand.kind === 'literal') return operand.data.join(',');
    return valueName(program, operand.id);
  };
  return program.equations.map(({ primitive, operands, parameters, type }) =>
    equationText([primitive, parameters], operands.map(words), type.shape),
  );
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
