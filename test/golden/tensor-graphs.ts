/**
 * The graphs of the golden files themselves, their blocks and codes as written there: counts are
 * then checked without tracing anything.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { buildGraph, type EdgeSpecification } from '../../src/graph/build.ts';
import { constant, unit, variable } from '../../src/graph/partial.ts';
import type { AxisIndex, ElementalPartial, Graph } from '../../src/graph/types.ts';

const order = z.object({
  order: z.array(z.number().int()),
  paper_total: z.number(),
  paper_steps: z.array(z.number()),
  true_total: z.number(),
  true_steps: z.array(z.number()),
});

const block = z.object({
  out: z.array(z.string()),
  in: z.array(z.string()),
  values: z.array(z.string()).nullable(),
  sizes: z.record(z.string(), z.number()),
  coef: z.enum(['unit', 'const', 'var']),
});

const golden = z.object({
  task: z.string(),
  inputs: z.array(z.string()),
  outputs: z.array(z.string()),
  vertices: z.array(
    z.object({
      id: z.string(),
      n: z.number().optional(),
      prim: z.string(),
      shape: z.array(z.number()),
      operands: z.array(z.union([z.string(), z.object({ literal: z.number() })])).optional(),
      params: z.record(z.string(), z.string()).optional(),
    }),
  ),
  edges: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      ag: z.tuple([z.number(), z.number(), z.number(), z.number(), z.number()]),
      true: block.nullable(),
    }),
  ),
  orders: z.object({ fwd: order, rev: order, markowitz: order, published: order }),
});

/** What is read of a golden file here. */
export type GoldenTensors = z.infer<typeof golden>;

/** The tensor tasks of the paper. */
export const tensorTasks = ['RoeFlux_3d', 'f', 'Perceptron', 'Encoder'] as const;

/** Reads one file. */
export function readGoldenTensors(task: string): GoldenTensors {
  const file = new URL(`data/${task}.json`, import.meta.url);
  return golden.parse(JSON.parse(readFileSync(file, 'utf8')));
}

const coefficients = { unit: unit(), const: constant(), var: variable } as const;

/** A golden block as an elemental partial. */
export function partialOfBlock({
  out,
  in: inner,
  values,
  sizes,
  coef,
}: z.infer<typeof block>): ElementalPartial {
  const names = Object.keys(sizes);
  const axis = (word: string): readonly AxisIndex[] => {
    const [name = '', offset = '0'] = word.split('+');
    return [{ index: names.indexOf(name), offset: Number(offset) }];
  };
  return {
    to: out.map(axis),
    from: inner.map(axis),
    value: (values ?? []).map((name) => names.indexOf(name)),
    sizes: names.map((name) => sizes[name] ?? Number.NaN),
    coefficient: coefficients[coef],
  };
}

/** The graph of a golden file; ids are the equations' numbers and the inputs' names. */
export function goldenGraph(file: GoldenTensors): Graph {
  const ids = new Map(file.vertices.map(({ id, n }) => [id, n ?? id]));
  const idOf = (name: string): string | number => ids.get(name) ?? name;
  return buildGraph({
    name: file.task,
    vertices: file.vertices.map(({ id, prim, shape }) => ({ id: idOf(id), op: prim, shape })),
    edges: file.edges.map((edge): EdgeSpecification => {
      if (edge.true === null) throw new Error(`${edge.from} → ${edge.to} has no block`);
      return {
        from: idOf(edge.from),
        to: idOf(edge.to),
        partial: partialOfBlock(edge.true),
        paper: edge.ag,
      };
    }),
    inputs: file.inputs.map(idOf),
    outputs: file.outputs.map(idOf),
  });
}
