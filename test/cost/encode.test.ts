import { describe, expect, it } from 'vitest';
import { type EncodedEquation, paperCode } from '../../src/cost/paper/encode.ts';
import { type GoldenTensors, readGoldenTensors, tensorTasks } from '../golden/tensor-graphs.ts';
import type { Parameters } from '../../src/program/types.ts';

const names = new Map([
  ['reduce_sum', 'sum'],
  ['broadcast_in_dim', 'broadcast'],
  ['dot_general', 'dot'],
  ['reduce_max', 'reduceMax'],
  ['reduce_min', 'reduceMin'],
  ['integer_pow', 'integerPow'],
  ['logistic', 'sigmoid'],
  ['stop_gradient', 'stopGradient'],
  ['convert_element_type', 'convert'],
]);

/** A Python tuple of integers, flat. */
const integers = (text = ''): number[] => (text.match(/\d+/g) ?? []).map(Number);

/** The parameters that the rules read. */
function parametersOf(params: Readonly<Record<string, string>> = {}): Parameters {
  // (((1,), (0,)), ((), ())): contracted axes of both sides, then batch axes.
  const [left, right] = (params.dimension_numbers ?? '').matchAll(/\(([\d, ]*)\)/g);
  return {
    axes: integers(params.axes),
    leftContract: integers(left?.[1]),
    rightContract: integers(right?.[1]),
  };
}

function equationOf(file: GoldenTensors, name: string): EncodedEquation & { names: string[] } {
  const vertex = file.vertices.find(({ id }) => id === name);
  if (vertex === undefined) throw new Error(`no vertex ${name}`);
  const operands = vertex.operands ?? [];
  return {
    primitive: names.get(vertex.prim) ?? vertex.prim,
    parameters: parametersOf(vertex.params),
    operands: operands.map((operand) => ({
      shape: file.vertices.find(({ id }) => id === operand)?.shape ?? [],
      isLiteral: typeof operand !== 'string',
    })),
    shape: vertex.shape,
    names: operands.map((operand) => (typeof operand === 'string' ? operand : '')),
  };
}

describe.each(tensorTasks)('the edges of %s', (task) => {
  const file = readGoldenTensors(task);

  it("have the codes that the paper's program gives them", () => {
    const codes = file.edges.map(({ from, to }) => {
      const equation = equationOf(file, to);
      return [from, to, paperCode(equation, equation.names.lastIndexOf(from))];
    });
    expect(codes).toEqual(file.edges.map(({ from, to, ag }) => [from, to, ag]));
  });
});
