/** Every primitive on every target: ordinary numbers, and how NaN and infinities pass through. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { targets } from '../../src/compile/targets.ts';
import { interpret } from '../../src/program/interpret.ts';
import { elementwisePrimitives } from '../../src/program/primitives.ts';
import { ProgramBuilder } from '../../src/program/builder.ts';
import type { Program } from '../../src/program/types.ts';
import { scalarType } from '../../src/program/values.ts';
import { arbitraryProgram } from '../support/arbitrary-program.ts';
import { expectClose } from '../support/compare.ts';

const special = [0, -0, 0.5, -0.5, 1, -1, 2, -3, 7.25, 1e30, -1e30, Infinity, -Infinity, NaN];

const cases = targets.flatMap((target) =>
  target.precisions.map((precision) => [target.name, precision, target] as const),
);

/** The primitive of its own operands; `where` by a comparison. */
function programOf(name: string, arity: number, parameters: Record<string, number>): Program {
  const builder = new ProgramBuilder(name);
  const inputs = Array.from({ length: arity }, (_, k) => builder.input(`x${k}`, scalarType));
  const [first = 0, ...others] = inputs;
  const operands = name === 'where' ? [builder.emit('gt', [first, 0]), ...others] : inputs;
  builder.output('y', builder.emit(name, operands, parameters));
  return builder.build();
}

describe.each(cases)('target %s in %s', (_, precision, target) => {
  const round = (x: number): number => (precision === 'f64' ? x : Math.fround(x));
  const tolerance = precision === 'f64' ? 1e-14 : 1e-6;

  it.each(elementwisePrimitives.map((primitive) => [primitive.name, primitive] as const))(
    'gives %s of special numbers the value, or the NaN or infinity, that it has',
    (name, primitive) => {
      const exponents = primitive.parameters.length === 0 ? [0] : [-3, -2, 0, 1, 2, 3, 5];
      for (const exponent of exponents) {
        const parameters = Object.fromEntries(
          primitive.parameters.map((parameter) => [parameter, exponent] as const),
        );
        const program = programOf(name, primitive.arity, parameters);
        const points = special.flatMap((x) =>
          primitive.arity === 1 ? [[x]] : special.map((y) => [x, y, -x].slice(0, primitive.arity)),
        );
        const columns = program.inputs.map((__, k) => points.map((point) => point[k] ?? NaN));
        const [results] = target.compile(program, { precision }).batch(columns, points.length);
        points.forEach((point, k) => {
          const tensors = point.map((x) => ({ shape: [], data: [round(x)] }));
          const wanted = round(interpret(program, tensors)[0]?.data[0] ?? 0);
          const given = results?.[k] ?? 0;
          const what = `${name}(${point.join(', ')}) is ${given}, not ${wanted}`;
          if (!Number.isFinite(wanted)) {
            expect(Object.is(given, wanted), what).toBe(true);
          } else {
            const allowed = tolerance * Math.max(Math.abs(wanted), 1e-30);
            expect(Math.abs(given - wanted) <= allowed, what).toBe(true);
          }
        });
      }
    },
  );

  it('computes random programs as the interpreter does', () => {
    fc.assert(
      fc.property(arbitraryProgram(), ({ program, sample }) => {
        const compiled = target.compile(program, { precision });
        const expected = interpret(program, sample).map(({ data }) => data[0] ?? NaN);
        const given = compiled.point(sample.map(({ data }) => data[0] ?? NaN));
        // Values stay below 8 and local derivatives below about 10, over up to 25 equations.
        if (precision === 'f64') expectClose(given, expected, 1e-9, 'outputs ');
        else expect(given.map(Number.isFinite)).toEqual(expected.map(Number.isFinite));
      }),
      { numRuns: 150 },
    );
  });
});
