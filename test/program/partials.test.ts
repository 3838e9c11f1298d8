import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProgramBuilder } from '../../src/program/builder.ts';
import { dualJacobian } from '../../src/program/dual.ts';
import { interpret } from '../../src/program/interpret.ts';
import { elementwiseNamed, elementwisePrimitives } from '../../src/program/primitives.ts';
import type { ElementwisePrimitive } from '../../src/program/primitive.ts';
import type { Parameters, Program, Tensor } from '../../src/program/types.ts';
import { scalarType } from '../../src/program/values.ts';
import { expectClose } from '../support/compare.ts';

/** One equation, its value and its partials by each operand as outputs (0 where no edge is). */
function withPartials(
  primitive: ElementwisePrimitive,
  parameters: Parameters,
): { readonly equation: Program; readonly partials: Program } {
  const builder = new ProgramBuilder(primitive.name);
  const operands = Array.from({ length: primitive.arity }, (_, i) =>
    builder.input(`x${i + 1}`, scalarType),
  );
  const result = builder.emit(primitive.name, operands, parameters);
  const rules = ProgramBuilder.extend(builder.build());
  builder.output('value', result);
  primitive.partials.forEach((rule, i) => {
    const context = { m: rules.fragment, operands, result, parameters };
    rules.output(
      `by ${i}`,
      rule === null ? { kind: 'literal', shape: [], data: [0] } : rule(context),
    );
  });
  return { equation: builder.build(), partials: rules.build() };
}

/** Where the primitive's derivative is finite and its formula well conditioned. */
const domains: Readonly<Record<string, readonly [low: number, high: number]>> = {
  sqrt: [1e-3, 1e3],
  log: [1e-3, 1e3],
  log2: [1e-3, 1e3],
  log10: [1e-3, 1e3],
  log1p: [-0.99, 1e3],
  pow: [1e-2, 10],
  acosh: [1.01, 1e3],
  asin: [-0.99, 0.99],
  acos: [-0.99, 0.99],
  atanh: [-0.99, 0.99],
  tan: [-1.5, 1.5],
  // 1 − tanh² cancels further out: see below.
  tanh: [-4, 4],
};

function scalars(values: readonly number[]): Tensor[] {
  return values.map((value) => ({ shape: [], data: [value] }));
}

function expectPartialsAgree(
  primitive: ElementwisePrimitive,
  parameters: Parameters,
  point: readonly number[],
): void {
  const { equation, partials } = withPartials(primitive, parameters);
  const given = interpret(partials, scalars(point)).map(({ data }) => data[0] ?? NaN);
  const expected = (dualJacobian(equation, scalars(point))[0] ?? []).map(
    ({ data }) => data[0] ?? NaN,
  );
  given.forEach((partial, i) => {
    const wanted = expected[i] ?? NaN;
    // Relative to the partial itself where it is small, unlike a whole row.
    const unit = wanted === 0 || !Number.isFinite(wanted) ? 1 : Math.abs(wanted);
    const what = `∂${primitive.name}/∂x${i + 1} at (${point.join(', ')}) relative`;
    expectClose([partial / unit], [wanted / unit], 1e-12, what);
  });
}

describe.each([...elementwisePrimitives])('the partial rules of $name', (primitive) => {
  const [low, high] = domains[primitive.name] ?? [-5, 5];
  const parameterSets: readonly Parameters[] = primitive.parameters.includes('exponent')
    ? [-3, -2, -1, 0, 1, 2, 3, 7].map((exponent) => ({ exponent }))
    : [{}];

  it('has one rule an operand', () => {
    expect(primitive.partials).toHaveLength(primitive.arity);
  });

  it('agree with dual numbers', () => {
    // Even over the domain: fc.double prefers numbers near 0, where one form overflows before another.
    const coordinate = fc.nat({ max: 2 ** 20 }).map((k) => low + ((high - low) * k) / 2 ** 20);
    const point = fc.array(coordinate, { minLength: primitive.arity, maxLength: primitive.arity });
    fc.assert(
      fc.property(point, fc.constantFrom(...parameterSets), (at, parameters) => {
        // 0⁻¹ is no point of the domain.
        fc.pre(at.every((x) => x !== 0));
        expectPartialsAgree(primitive, parameters, at);
      }),
      { seed: 23, numRuns: 300 },
    );
  });
});

describe('partial rules at kinks and edges of domains', () => {
  it.each(['min', 'max'])('%s gives half to each operand at a tie', (name) => {
    const primitive = elementwiseNamed(name);
    for (const x of [-2, 0, 3]) expectPartialsAgree(primitive, {}, [x, x]);
  });

  it.each(['abs', 'sign'])('%s has derivative 0 at 0', (name) => {
    const primitive = elementwiseNamed(name);
    expectPartialsAgree(primitive, {}, [0]);
  });

  it('where hands its derivative to the branch that is taken alone', () => {
    for (const condition of [0, 1])
      expectPartialsAgree(elementwiseNamed('where'), {}, [condition, 2, 3]);
  });

  it('a power is flat in its exponent at base 0, and x⁰ in its base', () => {
    const primitive = elementwiseNamed('pow');
    expectPartialsAgree(primitive, {}, [0, 2]);
    expectPartialsAgree(primitive, {}, [0, 1]);
    expectPartialsAgree(primitive, {}, [3, 0]);
  });

  it.each(['erf', 'erfc', 'asinh', 'atan', 'atan2', 'sinh', 'cosh', 'exp', 'cbrt'])(
    '%s keeps its derivative’s digits far from 0',
    (name) => {
      const primitive = elementwiseNamed(name);
      const [x, y] = [12, -17];
      for (const sign of [-1, 1]) {
        expectPartialsAgree(primitive, {}, [sign * x, sign * y].slice(0, primitive.arity));
      }
    },
  );

  it.each(['tanh', 'sigmoid', 'expm1'])(
    '%s, whose rule reuses its value, keeps an absolute precision far from 0',
    (name) => {
      const { equation, partials } = withPartials(elementwiseNamed(name), {});
      for (const x of [-700, -30, -12, 12, 30]) {
        const given = interpret(partials, scalars([x]))[0]?.data ?? [];
        const expected = dualJacobian(equation, scalars([x]))[0]?.[0]?.data ?? [];
        expectClose(given, expected, 1e-15, `∂${name} at ${x}`);
      }
    },
  );
});
