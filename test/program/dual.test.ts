import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProgramBuilder } from '../../src/program/builder.ts';
import { differentiatedPrimitives, localDerivatives } from '../../src/program/derivatives.ts';
import { centralDifferences } from '../../src/program/differences.ts';
import { dualJacobian, hyperDualHessian } from '../../src/program/dual.ts';
import { primitiveNamed, primitives } from '../../src/program/primitives.ts';
import type { Operand, Program, Tensor } from '../../src/program/types.ts';
import { scalarType } from '../../src/program/values.ts';
import { arbitraryProgram } from '../support/arbitrary-program.ts';
import { expectClose, expectJacobianClose, expectTensorClose } from '../support/compare.ts';

type Emit = (primitive: string, ...operands: readonly (Operand | number)[]) => Operand;

/** A program of scalar inputs x1, x2, … and one output. */
function scalarProgram(
  arity: number,
  body: (emit: Emit, ...inputs: readonly [Operand, Operand, Operand]) => Operand,
): Program {
  const builder = new ProgramBuilder('test');
  const inputs = Array.from({ length: arity }, (_, i) => builder.input(`x${i + 1}`, scalarType));
  const [x = inputs[0], y = x, z = x] = inputs;
  if (x === undefined || y === undefined || z === undefined) throw new Error('no inputs');
  builder.output(
    'f',
    body((name, ...operands) => builder.emit(name, operands), x, y, z),
  );
  return builder.build();
}

function scalars(...values: readonly number[]): Tensor[] {
  return values.map((value) => ({ shape: [], data: [value] }));
}

/** The gradient of the first output by scalar inputs. */
function gradient(program: Program, ...at: readonly number[]): number[] {
  return (dualJacobian(program, scalars(...at))[0] ?? []).map(({ data }) => data[0] ?? NaN);
}

/** The Hessian of the first output by scalar inputs, row by row. */
function hessian(program: Program, ...at: readonly number[]): number[][] {
  const rows = hyperDualHessian(program, scalars(...at))[0] ?? [];
  return rows.map((row) => row.map(({ data }) => data[0] ?? NaN));
}

describe('derivatives by dual numbers', () => {
  it('are right where Graphax is wrong', () => {
    const squareTimes = scalarProgram(2, (m, x, y) => m('mul', m('mul', x, x), y));
    expect(gradient(squareTimes, 3, 5)).toEqual([30, 9]);
    const twice = scalarProgram(1, (m, x) => m('add', x, x));
    expect(gradient(twice, 7)).toEqual([2]);
    const complement = scalarProgram(1, (m, w) => m('sub', 1, m('mul', w, w)));
    expect(gradient(complement, 3)).toEqual([-6]);
    const arsinh = scalarProgram(1, (m, x) => m('asinh', x));
    expectClose(gradient(arsinh, 2), [1 / Math.sqrt(5)], 1e-15, 'asinh′');
    const identity = scalarProgram(1, (_, x) => x);
    expect(gradient(identity, 4)).toEqual([1]);
  });

  it('know the second derivatives of Fike and Alonso’s test function', () => {
    // f(x) = eˣ / √(sin³x + cos³x) at 1.5 (AIAA 2011-886, section III). Derivatives: mpmath's
    // diff(f, mpf('1.5'), 1) and (…, 2) with 40 digits.
    const program = scalarProgram(1, (m, x) => {
      const cube = (y: Operand): Operand => m('mul', m('mul', y, y), y);
      const sum = m('add', cube(m('sin', x)), cube(m('cos', x)));
      return m('div', m('exp', x), m('sqrt', sum));
    });
    expectClose(gradient(program, 1.5), [4.053427893898621], 1e-14, 'f′');
    expectClose(hessian(program, 1.5)[0] ?? [], [9.463073681596603], 1e-14, 'f″');
  });

  it('know the Hessian of x·y/z', () => {
    const program = scalarProgram(3, (m, x, y, z) => m('div', m('mul', x, y), z));
    expect(gradient(program, 2, 3, 4)).toEqual([0.75, 0.5, -0.375]);
    expect(hessian(program, 2, 3, 4)).toEqual([
      [0, 0.25, -0.1875],
      [0.25, 0, -0.125],
      [-0.1875, -0.125, 0.1875],
    ]);
  });

  it('give half to each operand at a tie, and nothing at the kink of |x|', () => {
    for (const extremum of ['min', 'max']) {
      const program = scalarProgram(2, (m, x, y) => m(extremum, x, y));
      expect(gradient(program, 1, 1)).toEqual([0.5, 0.5]);
      expect(gradient(program, 1, 2)).toEqual(extremum === 'min' ? [1, 0] : [0, 1]);
    }
    expect(
      gradient(
        scalarProgram(1, (m, x) => m('abs', x)),
        0,
      ),
    ).toEqual([0]);
  });

  it('ignore the branch of where that is not taken, even where its derivative is infinite', () => {
    const program = scalarProgram(1, (m, x) =>
      m('where', m('gt', x, 0), m('sqrt', x), m('mul', x, 2)),
    );
    expect(gradient(program, 0)).toEqual([2]);
    expect(gradient(program, 4)).toEqual([0.25]);
    expect(hessian(program, 0)).toEqual([[0]]);
  });

  it('vanish behind stopGradient, comparisons and sign', () => {
    for (const name of ['stopGradient', 'sign']) {
      const program = scalarProgram(1, (m, x) => m('mul', m(name, x), x));
      expect(gradient(program, 3)).toEqual([name === 'sign' ? 1 : 3]);
    }
  });

  it('broadcast as NumPy does', () => {
    const builder = new ProgramBuilder('outer');
    const column = builder.input('a', { shape: [3, 1], kind: 'real' });
    const row = builder.input('b', { shape: [2], kind: 'real' });
    const scalar = builder.input('c', scalarType);
    builder.output('p', builder.emit('mul', [builder.emit('mul', [column, row]), scalar]));
    const program = builder.build();
    const a = [1, 2, 3];
    const b = [10, 20];
    const c = 2;
    const [blocks = []] = dualJacobian(program, [
      { shape: [3, 1], data: a },
      { shape: [2], data: b },
      { shape: [], data: [c] },
    ]);
    // p[i, j] = a[i, 0] b[j] c
    const places = a.flatMap((_, i) => b.map((__, j) => [i, j] as const));
    const byA = places.flatMap(([i, j]) => a.map((_, k) => (k === i ? (b[j] ?? 0) * c : 0)));
    const byB = places.flatMap(([i, j]) => b.map((_, k) => (k === j ? (a[i] ?? 0) * c : 0)));
    const byC = places.map(([i, j]) => (a[i] ?? 0) * (b[j] ?? 0));
    expect(blocks).toEqual([
      { shape: [3, 2, 3, 1], data: byA },
      { shape: [3, 2, 2], data: byB },
      { shape: [3, 2], data: byC },
    ]);
  });

  it('cover every primitive of the table', () => {
    expect([...differentiatedPrimitives].sort()).toEqual(
      [...primitives.values()]
        .filter((primitive) => primitive.class !== 'structural')
        .map(({ name }) => name)
        .sort(),
    );
  });

  it('agree with central differences on 500 random programs, loosely', () => {
    fc.assert(
      fc.property(arbitraryProgram({ stopGradient: false }), ({ program, sample }) => {
        const expected = dualJacobian(program, sample);
        expectJacobianClose(program, centralDifferences(program, sample), expected, 1e-4);
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  it('agree, the second ones, with differences of the first on 300 random programs, loosely', () => {
    fc.assert(
      fc.property(arbitraryProgram({ stopGradient: false }), ({ program, sample }) => {
        const seconds = hyperDualHessian(program, sample);
        sample.forEach((input, j) => {
          const at = input.data[0] ?? NaN;
          const step = 2 ** -17;
          const shifted = (by: number): Tensor[][] =>
            dualJacobian(
              program,
              sample.map((other, k) => (k === j ? { shape: [], data: [at + by] } : other)),
            );
          const high = shifted(step);
          const low = shifted(-step);
          seconds.forEach((rows, o) => {
            const wanted = rows.map((row) => row[j]?.data[0] ?? NaN);
            const differences = rows.map(
              (_, i) =>
                ((high[o]?.[i]?.data[0] ?? NaN) - (low[o]?.[i]?.data[0] ?? NaN)) / (2 * step),
            );
            expectClose(differences, wanted, 1e-3, `∂²y${o + 1}/∂x∂x${j + 1}`);
          });
        });
      }),
      { seed: 12, numRuns: 300 },
    );
  });

  it('have symmetric second derivatives', () => {
    fc.assert(
      fc.property(arbitraryProgram(), ({ program, sample }) => {
        for (const rows of hyperDualHessian(program, sample)) {
          rows.forEach((row, i) => {
            row.forEach((entry, j) => {
              const mirrored = rows[j]?.[i];
              if (mirrored === undefined) throw new Error('not square');
              expectTensorClose(entry, mirrored, 1e-12, `∂²/∂x${i + 1}∂x${j + 1}`);
            });
          });
        }
      }),
      { seed: 13, numRuns: 300 },
    );
  });
});

describe('local derivatives', () => {
  // x in a domain that suits the primitive; each formula against differences of the one before.
  const domains: Readonly<Record<string, readonly [low: number, high: number]>> = {
    acosh: [1.2, 9],
    asin: [-0.9, 0.9],
    acos: [-0.9, 0.9],
    atanh: [-0.9, 0.9],
    tan: [-1.2, 1.2],
  };

  it.each(differentiatedPrimitives)('of %s are the slopes of its values and slopes', (name) => {
    const [low, high] = domains[name] ?? [0.3, 3];
    const primitive = primitiveNamed(name);
    const arity = primitive.class === 'elementwise' ? primitive.arity : 4;
    const point = fc.array(fc.double({ min: low, max: high, noNaN: true }), {
      minLength: arity,
      maxLength: arity,
    });
    fc.assert(
      fc.property(point, fc.integer({ min: -3, max: 4 }), (at, exponent) => {
        // Kinks and the jumps of comparisons are no place for differences.
        fc.pre(at.every((x, i) => at.every((y, j) => i === j || Math.abs(x - y) > 0.01)));
        const parameters = name === 'integerPow' ? { exponent } : {};
        const here = localDerivatives(name, at, parameters);
        at.forEach((x, j) => {
          if (name === 'stopGradient' || (name === 'where' && j === 0)) return;
          const step = 2 ** -17;
          const high_ = localDerivatives(name, at.with(j, x + step), parameters);
          const low_ = localDerivatives(name, at.with(j, x - step), parameters);
          const slope = (high_.value - low_.value) / (2 * step);
          expectClose([here.first[j] ?? 0], [slope], 1e-7, `${name} by operand ${j}`);
          at.forEach((_, i) => {
            const bend = ((high_.first[i] ?? 0) - (low_.first[i] ?? 0)) / (2 * step);
            expectClose([here.second[i]?.[j] ?? 0], [bend], 1e-6, `${name} by ${i} and ${j}`);
          });
        });
      }),
      { seed: 17, numRuns: 100 },
    );
  });
});
