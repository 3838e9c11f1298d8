import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { numberText } from '../../../src/compile/c/expressions.ts';
import { generateC } from '../../../src/compile/c/generate.ts';
import { compileWasm } from '../../../src/compile/wasm/compile.ts';
import { ProgramBuilder } from '../../../src/program/builder.ts';
import { interpret } from '../../../src/program/interpret.ts';
import { elementwisePrimitives, primitives } from '../../../src/program/primitives.ts';
import { trace } from '../../../src/program/trace.ts';
import { scalarType } from '../../../src/program/values.ts';
import { arbitraryProgram } from '../../support/arbitrary-program.ts';
import { accumulatedTask } from '../wasm/accumulated-task.ts';
import { evaluateC } from './evaluate.ts';

/** Numbers that decide how comparisons, minima and signs turn out. */
const special = [NaN, Infinity, -Infinity, 0, -0, 1, -1, 0.3, -0.3, 2.5, -2.5, 5e-324, 1e300];

describe('numbers in C', () => {
  it.each([0, -0, 1, -1, 0.1, -2.5e-308, 5e-324, 1.7976931348623157e308, 2 ** 53, 1e21])(
    '%d reads back bit for bit and is no integer',
    (value) => {
      const text = numberText(value);
      // The decimal digits of both languages are read alike, correctly rounded.
      expect(Number(text.replace(/[()]/g, ''))).toBe(value);
      expect(text).toMatch(/[.e]/);
    },
  );

  it('has names for what is no number', () => {
    expect([NaN, Infinity, -Infinity].map(numberText)).toEqual(['NAN', 'INFINITY', '(-INFINITY)']);
  });
});

describe('C from Programs', () => {
  it('says every primitive of scalars, special operands included', () => {
    for (const { name, arity, parameters } of elementwisePrimitives) {
      for (const exponent of parameters.length === 0 ? [0] : [-5, -2, -1, 0, 1, 2, 3, 4, 7]) {
        const builder = new ProgramBuilder(name);
        const inputs = Array.from({ length: arity }, (_, k) => builder.input(`x${k}`, scalarType));
        const result = builder.emit(name, inputs, parameters.length === 0 ? {} : { exponent });
        builder.output('y', result);
        const program = builder.build();
        const { point } = evaluateC(generateC(program, { strict: true }));
        for (let draw = 0; draw < special.length ** Math.min(arity, 2); draw += 1) {
          const values = [draw, Math.floor(draw / special.length), draw + 1]
            .slice(0, arity)
            .map((k) => special[k % special.length] ?? NaN);
          const found = [NaN];
          point(values, found);
          const [wanted] = interpret(
            program,
            values.map((value) => ({ shape: [], data: [value] })),
          );
          expect(found, `${name} of ${values.join(', ')}`).toEqual(wanted?.data);
        }
      }
    }
  });

  it('says sums, inner products and extremes of any number of scalars', () => {
    const variadic = [...primitives.values()].filter((entry) => entry.class === 'variadic');
    expect(variadic.length).toBeGreaterThan(0);
    for (const { name } of variadic) {
      const builder = new ProgramBuilder(name);
      const inputs = Array.from({ length: 6 }, (_, k) => builder.input(`x${k}`, scalarType));
      builder.output('y', builder.emit(name, inputs));
      const program = builder.build();
      const { point } = evaluateC(generateC(program, { strict: true }));
      const values = [0.5, -3, 7, 0.25, -11, 2];
      const found = [NaN];
      point(values, found);
      const tensors = values.map((value) => ({ shape: [], data: [value] }));
      expect(found).toEqual(interpret(program, tensors)[0]?.data);
    }
  });

  it('computes what the interpreter computes, to the bit where strict', () => {
    fc.assert(
      fc.property(arbitraryProgram(), ({ program, sample }) => {
        const { point } = evaluateC(generateC(program, { strict: true }));
        const found = program.outputs.map(() => NaN);
        point(
          sample.map(({ data }) => data[0] ?? NaN),
          found,
        );
        expect(found).toEqual(interpret(program, sample).flatMap(({ data }) => data));
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  it('runs tiles in the layout of the WebAssembly target', () => {
    const { dense: program, subject } = accumulatedTask('RoeFlux_1d');
    const { run } = evaluateC(generateC(program));
    const points = 32;
    const columns = (subject.sample ?? []).map(({ data: [x = NaN] }) =>
      Float64Array.from({ length: points }, (_, k) => x * (1 + 0.001 * k)),
    );
    const input = new Float64Array(points * columns.length);
    columns.forEach((column, row) => {
      column.forEach((x, p) => {
        input[(Math.floor(p / 16) * columns.length + row) * 16 + (p % 16)] = x;
      });
    });
    const rows = program.outputs.length;
    const output = new Float64Array(points * rows);
    run(points / 16, input, output);
    const wanted = compileWasm(program, { fusedMultiplyAdd: false }).batch(columns, points);
    wanted.forEach((column, row) => {
      column.forEach((x, p) => {
        const found = output[(Math.floor(p / 16) * rows + row) * 16 + (p % 16)] ?? NaN;
        // Elementary functions differ in their last bits.
        expect(Math.abs(found - x)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(x)));
      });
    });
  });

  it('unrolls tensors: their elements in a row', () => {
    const program = trace((x, y) => [x.mul(y), x.sum()], [[3], []]);
    const { point } = evaluateC(generateC(program));
    const found = [NaN, NaN, NaN, NaN];
    point([1, 2, 3, 10], found);
    expect(found).toEqual([10, 20, 30, 6]);
  });

  it('keeps names in comments that they can not end', () => {
    const builder = new ProgramBuilder('a */ b');
    const x = builder.input('x */ int main() {', scalarType);
    builder.output('y\n*/', x);
    const source = generateC(builder.build());
    const [, ...afterComment] = source.split('*/');
    expect(afterComment.join('*/').trimStart()).toMatch(/^#include <math\.h>/);
    expect(source.indexOf('int main')).toBeLessThan(source.indexOf('*/'));
  });
});
