import { describe, expect, it } from 'vitest';
import { ProgramBuilder } from '../../src/program/builder.ts';
import { interpret } from '../../src/program/interpret.ts';
import { scalarise, type ScalariseOptions } from '../../src/program/scalarise.ts';
import type { Program, Tensor } from '../../src/program/types.ts';
import { literal, literalTensor, realType, reference, valueId } from '../../src/program/values.ts';
import { createRandom } from '../../src/support/random.ts';
import { randomTensorProgram } from '../accumulate/tensor-programs.ts';
import { expectClose } from '../support/compare.ts';

const scalars = (tensors: readonly Tensor[]): Tensor[] =>
  tensors.flatMap(({ data }) => data.map((x): Tensor => ({ shape: [], data: [x] })));

/** x: [2, 2], y: [2]; equation 1 is x·y, 2 its first element, 3 that times y. */
function small(): Program {
  const builder = new ProgramBuilder('small');
  const x = builder.input('x', realType([2, 2]));
  const y = builder.input('y', realType([2]));
  const product = builder.emit('dot', [x, y], {
    leftContract: [1],
    rightContract: [0],
    leftBatch: [],
    rightBatch: [],
  });
  const first = builder.emit('slice', [product], { start: [0], limit: [1] });
  builder.output('a', builder.emit('mul', [first, y]));
  builder.output('b', builder.emit('sum', [x], { axes: [0, 1] }));
  return builder.build();
}

const combinations: readonly ScalariseOptions[] = [
  {},
  { dots: 'split' },
  { copies: true },
  { dots: 'split', copies: true },
];

describe('a scalarised program', () => {
  it.each(combinations)('has the values of the original, element by element: %j', (options) => {
    const random = createRandom(11);
    for (let round = 0; round < 150; round += 1) {
      const { program, sample } = randomTensorProgram(random);
      const { program: unrolled } = scalarise(program, options);
      const shapes = [
        ...unrolled.inputs.map(({ type }) => type.shape),
        ...unrolled.equations.map(({ type }) => type.shape),
      ];
      expect(shapes.every((shape) => shape.length === 0)).toBe(true);
      const expected = interpret(program, sample).flatMap(({ data }) => data);
      const actual = interpret(unrolled, scalars(sample)).flatMap(({ data }) => data);
      expectClose(actual, expected, 1e-13, `round ${round}`);
    }
  });

  it('says of every value which element of which value it is', () => {
    const random = createRandom(12);
    for (let round = 0; round < 60; round += 1) {
      const { program, sample } = randomTensorProgram(random);
      const { program: unrolled, origins, ids } = scalarise(program, { copies: true });
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toHaveLength(unrolled.inputs.length + unrolled.equations.length);
      const watched = (watch: Program): Program => ({
        ...watch,
        outputs: [...watch.inputs, ...watch.equations].map((_, id) => ({
          name: String(id),
          operand: reference(valueId(id)),
        })),
      });
      const tensors = interpret(watched(program), sample);
      const elements = interpret(watched(unrolled), scalars(sample));
      origins.forEach(({ value, element }, place) => {
        expect(elements[place]?.data[0]).toBeCloseTo(tensors[value]?.data[element] ?? NaN, 12);
      });
      // In order: by equation, then row-major.
      for (const [place, { value, element }] of origins.entries()) {
        const next = origins[place + 1];
        if (next === undefined) continue;
        expect(next.value > value || (next.value === value && next.element > element)).toBe(true);
      }
    }
  });

  it('has one equation a sum and one an inner product, and none for what only moves', () => {
    const { program, ids } = scalarise(small());
    expect(program.inputs.map(({ name }) => name)).toEqual([
      'x[0,0]',
      'x[0,1]',
      'x[1,0]',
      'x[1,1]',
      'y[0]',
      'y[1]',
    ]);
    expect(program.equations.map(({ primitive }) => primitive)).toEqual([
      'dotOf',
      'dotOf',
      'mul',
      'mul',
      'sumOf',
    ]);
    expect(ids.slice(6)).toEqual(['1[0]', '1[1]', '3[0]', '3[1]', 4]);
    expect(program.outputs.map(({ name }) => name)).toEqual(['a[0]', 'a[1]', 'b']);
  });

  it('has products and a sum where inner products are split', () => {
    const { program, ids, origins } = scalarise(small(), { dots: 'split' });
    expect(ids.slice(6, 12)).toEqual(['1[0].1', '1[0].2', '1[0]', '1[1].1', '1[1].2', '1[1]']);
    expect(program.equations.slice(0, 3).map(({ primitive }) => primitive)).toEqual([
      'mul',
      'mul',
      'sumOf',
    ]);
    expect(origins[6]).toEqual({ value: 2, element: 0 });
  });

  it('has a convert for each moved element where copies are kept', () => {
    const { program, ids } = scalarise(small(), { copies: true });
    expect(program.equations.map(({ primitive }) => primitive)).toEqual([
      'dotOf',
      'dotOf',
      'convert',
      'mul',
      'mul',
      'sumOf',
    ]);
    expect(ids[8]).toBe('2[0]');
  });

  it('keeps literals, and makes no equation of a sum of one element', () => {
    const builder = new ProgramBuilder('literals');
    const x = builder.input('x', realType([1]));
    const joined = builder.emit('concatenate', [x, literalTensor([2], [0, 1])], { axis: 0 });
    builder.output('a', builder.emit('mul', [joined, literal(3)]));
    builder.output('b', builder.emit('sum', [x], { axes: [0] }));
    const { program } = scalarise(builder.build());
    expect(program.equations.map(({ operands }) => operands)).toEqual([
      [{ kind: 'value', id: 0 }, literal(3)],
      [literal(0), literal(3)],
      [literal(1), literal(3)],
    ]);
    expect(program.outputs.at(-1)).toEqual({ name: 'b', operand: { kind: 'value', id: 0 } });
  });

  it('takes the largest and smallest elements in one equation each', () => {
    const builder = new ProgramBuilder('extremes');
    const x = builder.input('x', realType([3]));
    builder.output('a', builder.emit('reduceMax', [x], { axes: [0] }));
    builder.output('b', builder.emit('reduceMin', [x], { axes: [0] }));
    const { program } = scalarise(builder.build());
    expect(program.equations.map(({ primitive }) => primitive)).toEqual(['maxOf', 'minOf']);
  });

  it('gives names that are taken another form', () => {
    const builder = new ProgramBuilder('names');
    const x = builder.input('x', realType([1]));
    const taken = builder.input('x[0]', realType([]));
    const other = builder.input('1[0]', realType([]));
    const sum = builder.emit('add', [x, taken]);
    builder.output('a', builder.emit('add', [sum, other]));
    builder.output('a[0]', taken);
    const { ids, program } = scalarise(builder.build());
    expect(ids).toEqual(['x[0]', 'x[0]′', '1[0]', '1[0]′', '2[0]']);
    expect(program.outputs.map(({ name }) => name)).toEqual(['a[0]', 'a[0]′']);
  });
});
