import { describe, expect, it } from 'vitest';
import * as packageOps from '../../src/ops.ts';
import * as ops from '../../src/program/ops.ts';
import { binaryNames, unaryNames } from '../../src/program/primitive.ts';
import { trace, Traced } from '../../src/program/trace.ts';

const derived = ['square', 'reciprocal', 'where', 'maximum', 'minimum'];
const ofTensors = [
  ...['sum', 'mean', 'prod', 'logsumexp', 'softmax', 'logSoftmax', 'layerNorm'],
  ...['relu', 'gelu', 'silu', 'dot', 'matmul', 'dotGeneral', 'outer'],
  ...['transpose', 'reshape', 'squeeze', 'expandDims', 'broadcastTo', 'broadcastInDim'],
  ...['slice', 'split', 'at'],
];
/** Those without one value that they could be a method of. */
const free = ['concatenate', 'stack', 'einsum', 'vmap', 'tensor', 'full', 'zeros', 'ones', 'eye'];

describe('every operation', () => {
  it('is a function of ops and a method of traced values', () => {
    const names = [...unaryNames, ...binaryNames, ...derived, ...ofTensors];
    expect(Object.keys(ops).toSorted()).toEqual([...names, ...free].toSorted());
    for (const name of names) expect(Traced.prototype).toHaveProperty(name);
  });

  it.each([...unaryNames, 'square', 'reciprocal'] as const)(
    '%s is one equation, the same as a function and as a method',
    (name) => {
      const byFunction = trace((x) => ops[name](x), [[]]);
      expect(trace((x) => x[name](), [[]])).toEqual(byFunction);
      expect(byFunction.equations).toHaveLength(1);
    },
  );

  it.each(binaryNames)('%s is one equation, the same as a function and as a method', (name) => {
    const byFunction = trace((x, y) => ops[name](x, y), [[], []]);
    expect(trace((x, y) => x[name](y), [[], []])).toEqual(byFunction);
    expect(byFunction.equations).toHaveLength(1);
    const [equation] = trace((x) => ops[name](0.5, x), [[]]).equations;
    expect(equation?.operands[0]).toEqual({ kind: 'literal', shape: [], data: [0.5] });
  });

  it('where takes numbers in any place', () => {
    const program = trace(
      (c, a) => [ops.where(c, a, 1), ops.where(1, 2, a), ops.where(1, a, 2), c.where(1, a)],
      [[], []],
    );
    expect(program.equations).toHaveLength(4);
  });

  it('gives numbers for numbers', () => {
    expect(ops.sub(1, 3)).toBe(-2);
    expect(ops.square(3)).toBe(9);
    expect(ops.reciprocal(4)).toBe(0.25);
    expect(ops.pow(2, 0.5)).toBe(Math.SQRT2);
    expect(ops.where(0, 1, 2)).toBe(2);
    expect(ops.atan2(1, -1)).toBe(Math.atan2(1, -1));
    expect(ops.lt(1, 2)).toBe(1);
    expect(ops.sigmoid(0)).toBe(0.5);
  });

  it('stands in crosscountry/ops', () => {
    expect({ ...packageOps }).toEqual({ ...ops });
  });
});
