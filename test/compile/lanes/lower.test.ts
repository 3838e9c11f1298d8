import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundTo } from '../../../src/compile/lanes/format.ts';
import { interpretLane } from '../../../src/compile/lanes/interpret.ts';
import { lowerToLanes } from '../../../src/compile/lanes/lower.ts';
import type { LaneOptions } from '../../../src/compile/lanes/types.ts';
import { ProgramBuilder } from '../../../src/program/builder.ts';
import { interpret } from '../../../src/program/interpret.ts';
import { primitives } from '../../../src/program/primitives.ts';
import { scalarise } from '../../../src/program/scalarise.ts';
import type { Parameters, Program } from '../../../src/program/types.ts';
import { literal, scalarType } from '../../../src/program/values.ts';
import { createRandom } from '../../../src/support/random.ts';
import { tasks } from '../../../tasks/tasks.ts';
import { arbitraryProgram } from '../../support/arbitrary-program.ts';
import { expectClose } from '../../support/compare.ts';
import { anyNumber } from '../../support/elementary-cases.ts';
import { errorInUlps, pow, fromNumber } from '../../support/high-precision.ts';

const plain: LaneOptions = { precision: 'f64', fused: false };

function single(primitive: string, operands: number, parameters: Parameters = {}): Program {
  const builder = new ProgramBuilder(primitive);
  const inputs = Array.from({ length: operands }, (_, k) => builder.input(`x${k}`, scalarType));
  builder.output('y', builder.emit(primitive, inputs, parameters));
  return builder.build();
}

const evaluate = (program: Program, inputs: readonly number[]): number[] =>
  interpret(
    program,
    inputs.map((x) => ({ shape: [], data: [x] })),
  ).flatMap(({ data }) => data);

/** Primitives that are operations, so that both evaluations agree to the bit. */
const exact: readonly (readonly [string, number, Parameters])[] = [
  ...['neg', 'abs', 'sign', 'sqrt', 'stopGradient', 'convert'].map(
    (name) => [name, 1, {}] as const,
  ),
  ...['add', 'sub', 'mul', 'div', 'min', 'max'].map((name) => [name, 2, {}] as const),
  ...['lt', 'le', 'gt', 'ge', 'eq', 'ne'].map((name) => [name, 2, {}] as const),
  ['where', 3, {}],
  ['sumOf', 4, {}],
  ['dotOf', 6, {}],
  ['maxOf', 4, {}],
  ['minOf', 4, {}],
  ...[-2, -1, 0, 1, 2, 3, 4].map((exponent) => ['integerPow', 1, { exponent }] as const),
];

describe('lowering to lanes', () => {
  it.each(exact)(
    '%s of %i operands %o is what the interpreter computes, to the bit',
    (name, operands, parameters) => {
      const program = single(name, operands, parameters);
      const lanes = lowerToLanes(program, plain);
      const random = createRandom(2);
      for (let k = 0; k < 400; k += 1) {
        const pool = [0, -0, NaN, Infinity, -Infinity, 1, random.next() - 0.5];
        const inputs = program.inputs.map(() =>
          k % 2 === 0 ? (pool[random.integer(pool.length)] ?? 0) : anyNumber('f64', random),
        );
        expect(interpretLane(lanes, inputs), inputs.join(', ')).toEqual(evaluate(program, inputs));
      }
    },
  );

  it.each(['add', 'sub', 'mul', 'div', 'sqrt', 'min', 'lt'])('%s is rounded to f32', (name) => {
    const program = single(name, name === 'sqrt' ? 1 : 2);
    const lanes = lowerToLanes(program, { precision: 'f32', fused: false });
    const random = createRandom(4);
    for (let k = 0; k < 300; k += 1) {
      const inputs = program.inputs.map(() => anyNumber('f32', random));
      expect(interpretLane(lanes, inputs)).toEqual(evaluate(program, inputs).map(Math.fround));
    }
  });

  it('knows every primitive on scalars', () => {
    for (const primitive of primitives.values()) {
      if (primitive.class === 'structural') continue;
      const operands = primitive.class === 'variadic' ? 2 : primitive.arity;
      const parameters: Parameters = primitive.name === 'integerPow' ? { exponent: 7 } : {};
      expect(
        lowerToLanes(single(primitive.name, operands, parameters), plain).results,
      ).toHaveLength(1);
    }
  });

  it.each([5, 6, 7, 11, 32, -3, -5, -13, 33, 100, -77])(
    'x to the power %i is within 2 ulp',
    (exponent) => {
      const program = single('integerPow', 1, { exponent });
      for (const precision of ['f64', 'f32'] as const) {
        const format =
          precision === 'f64' ? { fractionBits: 52, bias: 1023 } : { fractionBits: 23, bias: 127 };
        for (const fused of [false, true]) {
          const lanes = lowerToLanes(program, { precision, fused });
          const random = createRandom(exponent);
          for (let k = 0; k < 60; k += 1) {
            // Results of all exponents and some that over- or underflow.
            const spread = (1.1 * format.bias) / Math.abs(exponent);
            const size = 2 ** ((2 * random.next() - 1) * spread);
            const x = roundTo(precision, random.integer(2) === 0 ? size : -size);
            const wanted = pow(fromNumber(x), fromNumber(exponent));
            const [value = NaN] = interpretLane(lanes, [x]);
            expect(errorInUlps(value, wanted, format), `${x}`).toBeLessThanOrEqual(2);
          }
          for (const x of [0, -0, Infinity, -Infinity, NaN, 1, -1]) {
            expect(interpretLane(lanes, [x])).toEqual([x ** exponent]);
          }
        }
      }
    },
  );

  it('keeps a choice by a comparison a mask', () => {
    const builder = new ProgramBuilder('choice');
    const x = builder.input('x', scalarType);
    const small = builder.emit('lt', [x, literal(1)]);
    builder.output('y', builder.emit('where', [small, x, literal(2)]));
    const { statements } = lowerToLanes(builder.build(), plain);
    const names = statements.map((each) =>
      each.kind === 'define' ? each.operation.op : each.kind,
    );
    expect(names).toEqual(['realLiteral', 'lt', 'realLiteral', 'select']);
  });

  it('fuses a product that one sum or difference uses, and no other', () => {
    const builder = new ProgramBuilder('fusion');
    const [x, y, z] = ['x', 'y', 'z'].map((name) => builder.input(name, scalarType));
    if (x === undefined || y === undefined || z === undefined) throw new Error('no inputs');
    const product = builder.emit('mul', [x, y]);
    builder.output('a', builder.emit('sub', [z, product]));
    const shared = builder.emit('mul', [y, z]);
    builder.output('b', builder.emit('add', [shared, x]));
    builder.output('c', shared);
    const operations = (fused: boolean): string[] =>
      lowerToLanes(builder.build(), { precision: 'f64', fused }).statements.map((each) =>
        each.kind === 'define' ? each.operation.op : each.kind,
      );
    expect(operations(true)).toEqual(['fnma', 'mul', 'add']);
    expect(operations(false)).toEqual(['mul', 'sub', 'mul', 'add']);
  });

  it('agrees with the interpreter on random Programs', () => {
    fc.assert(
      fc.property(arbitraryProgram(), fc.boolean(), ({ program, sample }, fused) => {
        const inputs = sample.flatMap(({ data }) => data);
        const lanes = lowerToLanes(program, { precision: 'f64', fused });
        expectClose(interpretLane(lanes, inputs), evaluate(program, inputs), 1e-11, 'output');
      }),
      { numRuns: 300, seed: 9 },
    );
  });

  it.each(tasks.slice(0, 7).map((task) => [task.name, task] as const))(
    'agrees with the interpreter on %s',
    (_, task) => {
      const { program } = scalarise(task.program());
      const random = createRandom(8);
      const inputs = program.inputs.map(() => 0.5 + random.next());
      const wanted = evaluate(program, inputs);
      for (const fused of [false, true]) {
        const lanes = lowerToLanes(program, { precision: 'f64', fused });
        expectClose(interpretLane(lanes, inputs), wanted, 1e-11, task.name);
      }
    },
  );

  it('refuses tensors', () => {
    const builder = new ProgramBuilder('tensor');
    builder.output('y', builder.input('x', { shape: [2], kind: 'real' }));
    expect(() => lowerToLanes(builder.build(), plain)).toThrow('scalarise it first');
  });
});
