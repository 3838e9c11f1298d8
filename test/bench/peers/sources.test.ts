import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { cSource, casadiSource, jaxSource } from '../../../bench/peers/sources.ts';
import { compactJacobian } from '../../../src/accumulate/jacobian-layout.ts';
import { eliminableVertices, orderFromPositions } from '../../../src/order/orders.ts';
import { equationNumbers } from '../../../src/order/equation-numbers.ts';
import { interpret } from '../../../src/program/interpret.ts';
import { erf } from '../../../src/program/special.ts';
import type { Program } from '../../../src/program/types.ts';
import { taskSubject } from '../../../src/subject/task-subject.ts';
import { taskNamed } from '../../../tasks/tasks.ts';
import { arbitraryProgram } from '../../support/arbitrary-program.ts';
import { expectClose } from '../../support/compare.ts';
import { evaluateC } from '../../compile/c/evaluate.ts';
import { accumulatedTask } from '../../compile/wasm/accumulated-task.ts';

const scalarTasks = [
  ...['HumanHeartDipole', 'PropaneCombustion', 'RoeFlux_1d', 'RobotArm_6DOF', 'g'],
  'BlackScholes_Jacobian',
];

/** A function of Math. */
const mathNamed =
  (name: string) =>
  (x: number): number =>
    (Math as unknown as Record<string, (x: number) => number>)[name]?.(x) ?? NaN;

/** Names that jax.numpy and casadi have, as JavaScript has them. */
const jaxModule = {
  ...Object.fromEntries(
    [
      ...['sqrt', 'exp', 'expm1', 'log', 'log1p', 'sin', 'cos', 'tan', 'sinh', 'cosh', 'tanh'],
      'abs',
    ].map((name) => [name, mathNamed(name)]),
  ),
  ...Object.fromEntries(
    ['sin', 'cos', 'tan', 'sinh', 'cosh', 'tanh'].map((name) => [
      `arc${name}`,
      mathNamed(`a${name}`),
    ]),
  ),
  arctan2: (y: number, x: number) => Math.atan2(y, x),
  power: (x: number, y: number) => Math.pow(x, y),
};
const casadiModule = {
  ...jaxModule,
  ...Object.fromEntries(
    ['sin', 'cos', 'tan', 'sinh', 'cosh', 'tanh'].map((name) => [
      `a${name}`,
      mathNamed(`a${name}`),
    ]),
  ),
  atan2: (y: number, x: number) => Math.atan2(y, x),
  fabs: (x: number) => Math.abs(x),
  erf,
};

/** Runs a generated Python function: its statements read the same in JavaScript. */
function evaluatePython(source: string, module: object, point: readonly number[]): number[] {
  const lines = source.trimEnd().split('\n');
  const [, parameters = ''] = /^def f\((.*)\):$/.exec(lines[0] ?? '') ?? [];
  const body = lines.slice(1).map((line) => {
    expect(line).toMatch(/^ {4}(v\d+ = \S|return \()/);
    return line
      .trim()
      .replace(/^v/, 'const v')
      .replace(/^return \((.*)\)$/, 'return [$1]');
  });
  // The text is what the generator wrote.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const f = new Function('m', 'erf', ...parameters.split(', '), body.join('\n')) as (
    ...values: unknown[]
  ) => number[];
  return f(module, erf, ...point);
}

const valuesOf = (program: Program, point: readonly number[]): number[] =>
  interpret(
    program,
    point.map((x) => ({ shape: [], data: [x] })),
  ).flatMap(({ data }) => data);

describe('what the peers are given', () => {
  it.each(scalarTasks)('%s is the same function in Python', (name) => {
    const subject = taskSubject(taskNamed(name));
    const program = subject.program();
    const point = (subject.sample ?? []).flatMap(({ data }) => data);
    const wanted = valuesOf(program, point);
    expectClose(evaluatePython(jaxSource(program), jaxModule, point), wanted, 1e-13, 'jax');
    expectClose(
      evaluatePython(casadiSource(program), casadiModule, point),
      wanted,
      1e-13,
      'casadi',
    );
  });

  it.each(scalarTasks)(
    '%s has one statement an equation, so that Graphax numbers alike',
    (name) => {
      const subject = taskSubject(taskNamed(name));
      const program = subject.program();
      const { graph } = subject.linearisation();
      const statements = jaxSource(program)
        .split('\n')
        .filter((line) => line.includes(' = '));
      expect(statements).toHaveLength(program.equations.length);
      const numbers = equationNumbers(
        graph,
        orderFromPositions(graph, eliminableVertices(graph).toReversed()),
      );
      for (const number of numbers) {
        expect(number).toBeGreaterThanOrEqual(1);
        expect(number).toBeLessThanOrEqual(statements.length);
      }
    },
  );

  it('is right for random Programs, or refused by the primitive that is missing', () => {
    let written = 0;
    let refused = 0;
    fc.assert(
      fc.property(arbitraryProgram(), ({ program, sample }) => {
        const point = sample.flatMap(({ data }) => data);
        const wanted = valuesOf(program, point);
        for (const [source, module] of [
          [jaxSource, jaxModule],
          [casadiSource, casadiModule],
        ] as const) {
          let text: string;
          try {
            text = source(program);
          } catch (error) {
            expect(String(error)).toMatch(/has no \w+|infinite literals/);
            refused += 1;
            continue;
          }
          written += 1;
          expectClose(evaluatePython(text, module, point), wanted, 1e-9, 'random');
        }
      }),
      { seed: 11, numRuns: 500 },
    );
    expect(written).toBeGreaterThan(50);
    expect(refused).toBeGreaterThan(0);
  });

  it.each(scalarTasks)('%s has a compact Jacobian in C, entry by entry of the layout', (name) => {
    const { accumulation, subject } = accumulatedTask(name);
    const { program } = compactJacobian(accumulation, { values: false });
    const point = (subject.sample ?? []).flatMap(({ data }) => data);
    const found = program.outputs.map(() => NaN);
    evaluateC(cSource(program)).point(point, found);
    expectClose(found, valuesOf(program, point), 1e-11, name);
  });
});
