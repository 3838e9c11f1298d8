import { describe, expect, it } from 'vitest';
import { paper } from '../../src/cost/paper/paper.ts';
import {
  type EncodedEquation,
  lineariseWithCodes,
  paperCode,
} from '../../src/cost/paper/encode.ts';
import { type GoldenTensors, readGoldenTensors, tensorTasks } from '../golden/tensor-graphs.ts';
import type { PaperCode } from '../../src/graph/types.ts';
import { ProgramBuilder } from '../../src/program/builder.ts';
import type { Operand, Parameters } from '../../src/program/types.ts';

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

describe('a traced function', () => {
  const codes = (build: (builder: ProgramBuilder) => Operand): (PaperCode | undefined)[] => {
    const builder = new ProgramBuilder('function');
    builder.output('y', build(builder));
    return lineariseWithCodes(builder.build()).graph.edges.map(({ paper: code }) => code);
  };
  const scalar = { shape: [], kind: 'real' } as const;
  const vector = { shape: [3], kind: 'real' } as const;

  it('of scalars has codes at copies only', () => {
    expect(codes((b) => b.emit('neg', [b.emit('convert', [b.input('x', scalar)])]))).toEqual([
      [-1, 1, 1, 1, 1],
      undefined,
    ]);
  });

  it('of tensors has a code at every edge, between scalars too', () => {
    expect(
      codes((b) => b.emit('exp', [b.emit('sum', [b.input('x', vector)], { axes: [0] })])),
    ).toEqual([
      [1, 1, 1, 3, 1],
      [1, 1, 1, 1, 1],
    ]);
  });

  it('has one code where an operand stands twice, the one written last', () => {
    const matrix = { shape: [3, 3], kind: 'real' } as const;
    const parameters = { leftContract: [1], rightContract: [0], leftBatch: [], rightBatch: [] };
    expect(
      codes((b) => {
        const x = b.input('x', matrix);
        return b.emit('dot', [x, x], parameters);
      }),
    ).toEqual([[-3, 3, 3, 3, 3]]);
  });

  it('gives all parts of a concatenation the shape of the first', () => {
    const parts = { 2: { shape: [2], kind: 'real' }, 5: { shape: [5], kind: 'real' } } as const;
    expect(
      codes((b) =>
        b.emit('concatenate', [b.input('x', parts[2]), b.input('y', parts[5])], { axis: 0 }),
      ),
    ).toEqual([
      [11, 7, 1, 2, 1],
      [11, 7, 1, 2, 1],
    ]);
  });

  it.each([
    ['a primitive that the peer lacks', [3], 'erfc', {}],
    ['more than two axes', [3, 2, 2], 'exp', {}],
  ] as const)(
    'has no code at %s, and is refused with a remedy',
    (_, shape, primitive, parameters) => {
      const builder = new ProgramBuilder('function');
      const input = builder.input('x', { shape, kind: 'real' });
      builder.output('y', builder.emit(primitive, [input], parameters));
      const { graph } = lineariseWithCodes(builder.build());
      expect(graph.edges.map(({ paper: code }) => code)).toEqual([undefined]);
      expect(() => paper.prepare(graph)).toThrow(`no rule for ${primitive} there`);
      expect(() => paper.prepare(graph)).toThrow('use --cost multiplications');
    },
  );
});
