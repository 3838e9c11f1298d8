import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProgramBuilder } from '../../src/program/builder.ts';
import { dualJacobian } from '../../src/program/dual.ts';
import { interpret } from '../../src/program/interpret.ts';
import { printProgram } from '../../src/program/listing.ts';
import type { FragmentBuilder } from '../../src/program/primitive.ts';
import {
  abs,
  concatenate,
  cos,
  max,
  min,
  sin,
  stopGradient,
  sub,
  where,
} from '../../src/program/ops.ts';
import { dropDeadEquations, simplify } from '../../src/program/simplify.ts';
import { trace, type Traced, type TraceResult } from '../../src/program/trace.ts';
import type { Operand, Parameters, Program, Shape, Tensor } from '../../src/program/types.ts';
import { literal, literalTensor, realType } from '../../src/program/values.ts';
import { arbitraryProgram } from '../support/arbitrary-program.ts';
import { arbitraryTensorProgram } from '../support/arbitrary-tensor-program.ts';
import { expectJacobianClose, expectTensorClose } from '../support/compare.ts';

/** The equations and outputs that are left of a function of scalars x, y, z. */
function left(f: (inputs: { x: Traced; y: Traced; z: Traced }) => TraceResult): string[] {
  const [, , ...lines] = printProgram(simplify(trace(f, { x: [], y: [], z: [] }))).split('\n');
  return lines.slice(0, -1);
}

describe('simplification', () => {
  it('shares common subexpressions, whatever the order of commuting operands', () => {
    expect(
      left(({ x, y }) => [x.mul(y).add(1), y.mul(x).add(1), sin(x.add(y)), sin(y.add(x))]),
    ).toEqual([
      'v1 = mul x y',
      'v2 = add v1 1.0',
      'v3 = add x y',
      'v4 = sin v3',
      'out 0 = v2',
      'out 1 = v2',
      'out 2 = v4',
      'out 3 = v4',
    ]);
    expect(left(({ x, y }) => [x.div(y), y.div(x)])).toHaveLength(4);
  });

  it('shares x·x with x² and 1/x with x⁻¹', () => {
    expect(left(({ x }) => x.mul(x).add(x.square()))).toEqual([
      'v1 = mul x x',
      'v2 = add v1 v1',
      'out out = v2',
    ]);
    expect(left(({ x }) => x.pow(-1).mul(x.reciprocal()))).toEqual([
      'v1 = integerPow[exponent=-1] x',
      'v2 = mul v1 v1',
      'out out = v2',
    ]);
  });

  it('shares what differs by its sign', () => {
    // (x − y) + z·(y − x): one difference.
    expect(left(({ x, y, z }) => x.sub(y).add(z.mul(y.sub(x))))).toEqual([
      'v1 = sub x y',
      'v2 = mul z v1',
      'v3 = sub v1 v2',
      'out out = v3',
    ]);
    expect(left(({ x, y }) => x.mul(2).add(y.div(x.mul(-2))))).toEqual([
      'v1 = mul 2.0 x',
      'v2 = div y v1',
      'v3 = sub v1 v2',
      'out out = v3',
    ]);
    expect(left(({ x, y }) => sub(1, x).mul(y).add(x.sub(1)))).toEqual([
      'v1 = sub 1.0 x',
      'v2 = mul v1 y',
      'v3 = sub v2 v1',
      'out out = v3',
    ]);
  });

  it('carries signs through products, quotients, powers, odd and even functions', () => {
    expect(left(({ x, y }) => x.neg().mul(y.neg()))).toEqual(['v1 = mul x y', 'out out = v1']);
    expect(left(({ x, y, z }) => z.add(sin(x.neg()).div(y)))).toEqual([
      'v1 = sin x',
      'v2 = div v1 y',
      'v3 = sub z v2',
      'out out = v3',
    ]);
    expect(left(({ x, y }) => [cos(x.sub(y)), cos(y.sub(x)), abs(x.neg())])).toHaveLength(6);
    expect(left(({ x, y }) => y.sub(x.neg().pow(3)))).toEqual([
      'v1 = integerPow[exponent=3] x',
      'v2 = add y v1',
      'out out = v2',
    ]);
    expect(left(({ x }) => x.neg().pow(4))).toHaveLength(2);
    expect(left(({ x }) => x.neg().neg())).toEqual(['out out = x']);
    expect(left(({ x, y, z }) => z.sub(where(x, y.neg(), z.neg())))).toEqual([
      'v1 = where x y z',
      'v2 = add z v1',
      'out out = v2',
    ]);
  });

  it('applies a sign where it has to, for nothing where that can be', () => {
    expect(left(({ x, y }) => x.mul(y).neg())).toEqual([
      'v1 = mul x y',
      'v2 = neg v1',
      'out out = v2',
    ]);
    expect(left(({ x, y }) => x.sub(y).neg())).toEqual(['v1 = sub y x', 'out out = v1']);
    expect(left(({ x }) => x.mul(2).neg())).toEqual(['v1 = mul -2.0 x', 'out out = v1']);
    expect(left(({ x }) => x.add(2).neg().exp())).toEqual([
      'v1 = sub -2.0 x',
      'v2 = exp v1',
      'out out = v2',
    ]);
    expect(left(({ x }) => max(x.neg(), 0))).toEqual([
      'v1 = neg x',
      'v2 = max v1 0.0',
      'out out = v2',
    ]);
  });

  it('swallows ones, zeros and decided choices', () => {
    const same = [
      ({ x }: { x: Traced }) => x.mul(1),
      ({ x }: { x: Traced }) => x.div(1),
      ({ x }: { x: Traced }) => x.add(0),
      ({ x }: { x: Traced }) => x.sub(0),
      ({ x }: { x: Traced }) => x.pow(1),
      ({ x }: { x: Traced }) => x.mul(-1).div(-1),
      ({ x }: { x: Traced }) => sub(0, sub(0, x)),
      ({ x }: { x: Traced }) => x.convert(),
      ({ x }: { x: Traced }) => where(1, x, x.exp()),
      ({ x }: { x: Traced }) => where(0, 5, x),
    ];
    for (const f of same) expect(left(f)).toEqual(['out out = x']);
    expect(left(({ x }) => x.pow(0))).toEqual(['out out = 1.0']);
  });

  it('computes what has no input in it', () => {
    expect(left(({ x }) => x.mul(1).pow(0).add(1).sqrt().mul(x))).toEqual([
      `v1 = mul ${Math.SQRT2} x`,
      'out out = v1',
    ]);
  });

  it('drops what no output needs and keeps inputs and outputs', () => {
    const program = trace(
      (x, y) => {
        y.exp().sin();
        return { a: x, b: 2, c: x.log() };
      },
      [[], []],
    );
    expect(printProgram(dropDeadEquations(program)).split('\n').slice(1, -1)).toEqual([
      'in i1, i2',
      'v1 = log i1',
      'out a = i1',
      'out b = 2.0',
      'out c = v1',
    ]);
  });

  it('keeps what NaN and infinities decide: x − x, x/x and 0·x', () => {
    expect(left(({ x }) => x.sub(x))).toHaveLength(2);
    expect(left(({ x }) => x.div(x))).toHaveLength(2);
    expect(left(({ x }) => x.mul(0))).toHaveLength(2);
    const zero = simplify(trace((x) => x.mul(0), [[]]));
    expect(interpret(zero, [{ shape: [], data: [Infinity] }])[0]?.data).toEqual([NaN]);
  });

  it('takes 0·x as 0 where it is told that zeros are structural', () => {
    const program = simplify(
      trace((x, y) => x.mul(0).add(y), [[], []]),
      { foldZeroProducts: true },
    );
    expect(program.equations).toHaveLength(0);
    const tensor = simplify(
      trace((x) => x.mul(0), [[2]]),
      { foldZeroProducts: true },
    );
    expect(tensor.outputs[0]?.operand).toEqual(literalTensor([2], [0, 0]));
  });

  it('keeps stopGradient, which differentiation sees', () => {
    expect(left(({ x }) => stopGradient(x.mul(2)))).toHaveLength(3);
  });

  it('keeps ones, zeros and powers that enlarge a shape', () => {
    const builder = new ProgramBuilder('p');
    const x = builder.input('x', realType([]));
    const ones = literalTensor([2], [1, 1]);
    const zeros = literalTensor([2], [0, 0]);
    builder.output('a', builder.emit('mul', [x, ones]));
    builder.output('b', builder.emit('add', [x, zeros]));
    builder.output('c', builder.emit('sub', [zeros, x]));
    builder.output('d', builder.emit('div', [x, ones]));
    builder.output('e', builder.emit('where', [ones, x, 3]));
    builder.output(
      'f',
      builder.emit('integerPow', [builder.emit('add', [x, zeros])], { exponent: 0 }),
    );
    const program = builder.build();
    const at = [{ shape: [], data: [7] }];
    const expected = [
      [7, 7],
      [7, 7],
      [-7, -7],
      [7, 7],
      [7, 7],
      [1, 1],
    ];
    expect(interpret(program, at).map(({ data }) => data)).toEqual(expected);
    expect(interpret(simplify(program), at).map(({ data }) => data)).toEqual(expected);
  });

  it('does not take a comparison for the number it is compared as', () => {
    const program = simplify(trace((x, y) => [x.lt(y).neg().neg(), x.lt(y).mul(1)], [[], []]));
    const kinds = program.outputs.map(
      ({ operand }) => ProgramBuilder.extend(program).typeOf(operand).kind,
    );
    expect(kinds).toEqual(['real', 'real']);
  });

  it('has no order of operands that it prefers for min and max of signs', () => {
    expect(left(({ x, y }) => [min(x, y), min(y, x), max(x.neg(), y.neg())])).toHaveLength(7);
  });
});

describe('simplification of tensors', () => {
  /** The equations that are left of a function of matrices x and y. */
  function leftOf(f: (inputs: { x: Traced; y: Traced }) => TraceResult): string[] {
    const lines = printProgram(simplify(trace(f, { x: [2, 2], y: [2, 2] }))).split('\n');
    return lines.filter((line) => /^v\d/.test(line));
  }

  it('drops what gives back its operand', () => {
    const same: Readonly<Record<string, Parameters>> = {
      transpose: { permutation: [0, 1] },
      reshape: { shape: [2, 3] },
      broadcast: { shape: [2, 3], axes: [0, 1] },
      slice: { start: [0, 0], limit: [2, 3] },
      sum: { axes: [] },
      squeeze: { axes: [] },
      expandDims: { axes: [] },
      concatenate: { axis: 1 },
      rearrange: {
        to: [
          [1, 0],
          [0, 0],
        ],
        from: [
          [1, 0],
          [0, 0],
        ],
        sizes: [3, 2],
        shape: [2, 3],
      },
    };
    const builder = new ProgramBuilder('same');
    let value: Operand = builder.input('x', realType([2, 3]));
    for (const [name, parameters] of Object.entries(same)) {
      value = builder.emit(name, [value], parameters);
    }
    builder.output('y', value);
    expect(builder.equationCount).toBe(9);
    expect(simplify(builder.build()).equations).toEqual([]);
  });

  it('keeps what moves, repeats or sums elements of a square', () => {
    expect(leftOf(({ x }) => x.transpose())).toHaveLength(1);
    const builder = new ProgramBuilder('repeated');
    const x = builder.input('x', realType([2]));
    const axis = [[0, 0]];
    // Index 1 stands nowhere: the operand is summed three times.
    const parameters = { to: axis, from: axis, sizes: [2, 3], shape: [2] };
    builder.output('y', builder.emit('rearrange', [x], parameters));
    expect(simplify(builder.build()).equations).toHaveLength(1);
  });

  it('carries signs through linear primitives, products and extremes', () => {
    expect(
      leftOf(({ x, y }) => {
        const parts = concatenate([x.neg(), y.neg()]).reshape([2, 4]);
        return parts.neg().matmul(parts.transpose()).sum().neg();
      }),
    ).toEqual([
      'v1 = concatenate[axis=0] x y',
      'v2 = reshape[shape=[2,4]] v1',
      'v3 = transpose[permutation=[1,0]] v2',
      'v4 = dot[leftContract=[1], rightContract=[0], leftBatch=[], rightBatch=[]] v2 v3',
      'v5 = sum[axes=[0,1]] v4',
    ]);
    expect(leftOf(({ x }) => max(x.neg(), { axes: 0 }).neg())).toEqual([
      'v1 = reduceMin[axes=[0]] x',
    ]);
    // Only one operand is negated: no sign is shared.
    expect(leftOf(({ x, y }) => concatenate([x.neg(), y]))).toHaveLength(2);
  });

  it('shares equal equations with their parameters', () => {
    expect(
      leftOf(({ x }) => [x.sum({ axes: 0 }), x.sum({ axes: [-2] }), x.sum({ axes: 1 })]),
    ).toEqual(['v1 = sum[axes=[0]] x', 'v2 = sum[axes=[1]] x']);
  });
});

describe('simplification of n-ary primitives', () => {
  function simplified(
    primitive: string,
    operands: (m: FragmentBuilder, x: Operand, y: Operand) => (Operand | number)[],
  ): string[] {
    const builder = new ProgramBuilder('n-ary');
    const [x, y] = ['x', 'y'].map((name) => builder.input(name, realType([])));
    if (x === undefined || y === undefined) throw new Error('no inputs');
    builder.output('f', builder.emit(primitive, operands(builder.fragment, x, y)));
    return printProgram(simplify(builder.build())).split('\n').slice(2, -1);
  }

  it('drops zeros from sums and carries a shared sign out', () => {
    expect(simplified('sumOf', (_, x, y) => [0, x, 0, y])).toEqual([
      'v1 = sumOf x y',
      'out f = v1',
    ]);
    expect(simplified('sumOf', (_, x) => [0, x])).toEqual(['out f = x']);
    expect(simplified('sumOf', () => [0, 0])).toEqual(['out f = 0.0']);
    expect(simplified('sumOf', (m, x, y) => [m.neg(x), m.neg(y), m.neg(x)])).toEqual([
      'v1 = sumOf x y x',
      'v2 = neg v1',
      'out f = v2',
    ]);
  });

  it('multiplies signs of pairs', () => {
    // (−x)·(−y) + y·x
    expect(simplified('dotOf', (m, x, y) => [m.neg(x), y, m.neg(y), x])).toEqual([
      'v1 = dotOf x y y x',
      'out f = v1',
    ]);
    expect(simplified('dotOf', (m, x, y) => [m.neg(x), y, y, m.neg(x)])).toEqual([
      'v1 = dotOf x y y x',
      'v2 = neg v1',
      'out f = v2',
    ]);
  });
});

/** How many equations do more than add, subtract or negate. */
function costly({ equations }: Program): number {
  return equations.filter(({ primitive }) => !['add', 'sub', 'neg'].includes(primitive)).length;
}

/** Programs whose values are small integers, so that every rearrangement is exact. */
interface ExactStep {
  readonly primitive: string;
  readonly picks: readonly [number, number];
  readonly number: number | readonly [number, number];
  readonly place: number;
}

const exactSteps = fc.array(
  fc.record<ExactStep>({
    primitive: fc.constantFrom(
      'add',
      'sub',
      'mul',
      'neg',
      'integerPow',
      'convert',
      'abs',
      'where',
      'lt',
    ),
    picks: fc.tuple(fc.nat({ max: 99 }), fc.nat({ max: 99 })),
    number: fc.oneof(
      fc.integer({ min: -2, max: 2 }),
      fc.tuple(fc.integer({ min: -1, max: 1 }), fc.integer({ min: -1, max: 1 })),
    ),
    place: fc.integer({ min: 0, max: 5 }),
  }),
  { minLength: 1, maxLength: 12 },
);

function exactProgram(steps: readonly ExactStep[]): Program {
  const builder = new ProgramBuilder('exact');
  const shapes: readonly Shape[] = [[], [], [2]];
  const values: Operand[] = shapes.map((shape, k) => builder.input(`x${k}`, realType(shape)));
  const pick = (choice: number): Operand => {
    // Late values are picked more often, so that expressions grow.
    const value = values[values.length - 1 - (choice % Math.min(values.length, 5))];
    if (value === undefined) throw new Error('there is no value');
    return value;
  };
  for (const { primitive, picks, number, place } of steps) {
    const constant = typeof number === 'number' ? literal(number) : literalTensor([2], number);
    const a = place === 0 ? constant : pick(picks[0]);
    const b = place === 1 ? constant : pick(picks[1]);
    if (primitive === 'integerPow') {
      values.push(builder.emit('integerPow', [a], { exponent: place === 0 ? 0 : (place % 2) + 1 }));
    } else if (primitive === 'where') values.push(builder.emit('where', [a, b, pick(place)]));
    else if (['neg', 'convert', 'abs'].includes(primitive))
      values.push(builder.emit(primitive, [a]));
    else values.push(builder.emit(primitive, [a, b]));
  }
  values.slice(-4).forEach((value, k) => {
    builder.output(`y${k}`, value);
  });
  return builder.build();
}

describe('simplified random programs', () => {
  it('have exactly the same values where rearranging is exact', () => {
    const small = fc.integer({ min: -2, max: 2 });
    fc.assert(
      fc.property(exactSteps, fc.tuple(small, small, small, small), (steps, [a, b, c, d]) => {
        const program = exactProgram(steps);
        const inputs: Tensor[] = [
          { shape: [], data: [a] },
          { shape: [], data: [b] },
          { shape: [2], data: [c, d] },
        ];
        // + 0 turns −0 into 0: the sign of a zero is not kept.
        const plain = (tensors: readonly Tensor[]) =>
          tensors.map(({ shape, data }) => ({ shape, data: data.map((x) => x + 0) }));
        const expected = plain(interpret(program, inputs));
        // Twelve squarings can leave the exact integers.
        fc.pre(expected.every(({ data }) => data.every((x) => Math.abs(x) < 2 ** 50)));
        const simplified = simplify(program);
        expect(plain(interpret(simplified, inputs))).toEqual(expected);
        expect(costly(simplified)).toBeLessThanOrEqual(costly(program));
      }),
      { numRuns: 1500, seed: 11 },
    );
  });

  it('have the same values, derivatives and names', () => {
    fc.assert(
      fc.property(fc.oneof(arbitraryProgram(), arbitraryTensorProgram()), ({ program, sample }) => {
        const simplified = simplify(program);
        expect(simplified.inputs).toEqual(program.inputs);
        expect(simplified.outputs.map(({ name }) => name)).toEqual(
          program.outputs.map(({ name }) => name),
        );
        expect(costly(simplified)).toBeLessThanOrEqual(costly(program));
        const expected = interpret(program, sample);
        interpret(simplified, sample).forEach((actual, k) => {
          const wanted = expected[k];
          if (wanted === undefined) throw new Error('an output is missing');
          expectTensorClose(actual, wanted, 1e-12, `output ${k}`);
        });
        const jacobian = dualJacobian(program, sample);
        expectJacobianClose(program, dualJacobian(simplified, sample), jacobian, 1e-10);
      }),
      { numRuns: 400, seed: 12 },
    );
  });

  it('are left as they are by a second simplification', () => {
    fc.assert(
      fc.property(fc.oneof(arbitraryProgram(), arbitraryTensorProgram()), ({ program }) => {
        const once = simplify(program);
        expect(simplify(once).equations).toHaveLength(once.equations.length);
      }),
      { numRuns: 300, seed: 13 },
    );
  });
});
