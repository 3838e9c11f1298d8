/** The compiled cost: what is counted is what the emitted Program does, in the core as in TypeScript. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { taskNamed } from '../../tasks/tasks.ts';
import { eliminateInterned } from '../../src/compiled/eliminate.ts';
import { emitJacobian, wantedValues } from '../../src/compiled/emit.ts';
import {
  internLinearisation,
  type InternedLinearisation,
} from '../../src/compiled/intern-linearisation.ts';
import { loadInterned } from '../../src/compiled/load.ts';
import { planOperations } from '../../src/compiled/plan.ts';
import { weightedOperations } from '../../src/compiled/weigh.ts';
import { linearise } from '../../src/graph/linearise.ts';
import { eliminableVertices, orderFromPositions } from '../../src/order/orders.ts';
import type { EliminationOrder } from '../../src/order/types.ts';
import { dualJacobian } from '../../src/program/dual.ts';
import { interpret } from '../../src/program/interpret.ts';
import { parseProgram } from '../../src/program/listing.ts';
import type { Program, Tensor } from '../../src/program/types.ts';
import { elementElimination } from '../../src/subject/granularity.ts';
import { taskSubject } from '../../src/subject/task-subject.ts';
import { createRandom } from '../../src/support/random.ts';
import { arbitraryProgram } from '../support/arbitrary-program.ts';
import { expectClose } from '../support/compare.ts';

/** Forward, reverse, then random orders. */
function someOrders(
  { linearisation: { graph } }: InternedLinearisation,
  number: number,
  seed: number,
): EliminationOrder[] {
  const forward = eliminableVertices(graph);
  const random = createRandom(seed);
  return Array.from({ length: number }, (_, k) =>
    orderFromPositions(
      graph,
      k === 0 ? forward : k === 1 ? forward.toReversed() : random.shuffle(forward),
    ),
  );
}

function referenceCount(interned: InternedLinearisation, order: EliminationOrder): number {
  const jacobian = eliminateInterned(interned, order);
  return planOperations(jacobian.values, wantedValues(jacobian)).weight;
}

function coreCounts(
  interned: InternedLinearisation,
  orders: readonly EliminationOrder[],
): number[] {
  const handle = loadInterned(interned);
  const counts = [...handle.count(orders)];
  handle.dispose();
  return counts;
}

/** Values, then the Jacobian row by row, by dual numbers. */
function expected(program: Program, point: readonly Tensor[]): number[] {
  return [...interpret(program, point), ...dualJacobian(program, point).flat()].flatMap(
    ({ data }) => [...data],
  );
}

describe('counting a random program', () => {
  it('gives the weighted operations of the program that is emitted, whose Jacobian is right', () => {
    fc.assert(
      fc.property(arbitraryProgram(), fc.nat(), ({ program, sample }, seed) => {
        const interned = internLinearisation(linearise(program));
        const wanted = expected(program, sample);
        for (const order of someOrders(interned, 4, seed)) {
          const jacobian = eliminateInterned(interned, order);
          const emitted = emitJacobian(interned, jacobian, (a, b) => `d${a} d${b}`);
          expect(weightedOperations(emitted)).toBe(referenceCount(interned, order));
          const numbers = interpret(emitted, sample).flatMap(({ data }) => [...data]);
          expectClose(numbers, wanted, 1e-10, 'values and Jacobian');
        }
      }),
      { seed: 51, numRuns: 300 },
    );
  });

  it('gives the same in the core', () => {
    fc.assert(
      fc.property(arbitraryProgram(), fc.nat(), ({ program }, seed) => {
        const interned = internLinearisation(linearise(program));
        const orders = someOrders(interned, 6, seed);
        const counts = orders.map((order) => referenceCount(interned, order));
        expect(coreCounts(interned, orders)).toEqual(counts);
      }),
      { seed: 52, numRuns: 400 },
    );
  });
});

describe('counting a task', () => {
  const scalarTasks = [
    'HumanHeartDipole',
    'PropaneCombustion',
    'RoeFlux_1d',
    'RobotArm_6DOF',
    'g',
    'BlackScholes_Jacobian',
  ];

  it.each(scalarTasks)('%s: the core, the emitted program and dual numbers agree', (name) => {
    const subject = taskSubject(taskNamed(name));
    const interned = internLinearisation(subject.linearisation());
    const orders = someOrders(interned, 60, 1);
    const counts = orders.map((order) => referenceCount(interned, order));
    expect(coreCounts(interned, orders)).toEqual(counts);

    const point = subject.sample ?? [];
    const wanted = expected(subject.program(), point);
    orders.slice(0, 10).forEach((order, index) => {
      const emitted = emitJacobian(interned, eliminateInterned(interned, order));
      expect(weightedOperations(emitted)).toBe(counts[index]);
      const numbers = interpret(emitted, point).flatMap(({ data }) => [...data]);
      expectClose(numbers, wanted, 1e-10, name);
    });
  });

  it('grows where a graph of elements fills in', () => {
    const subject = taskSubject(taskNamed('Perceptron'));
    const interned = internLinearisation(elementElimination(subject).linearisation);
    const orders = someOrders(interned, 2, 1);
    const counts = orders.map((order) => referenceCount(interned, order));
    expect(coreCounts(interned, orders)).toEqual(counts);
  });
});

describe('values that mean the same', () => {
  /** Weighted operations of the function's own values, in the forward order. */
  const weigh = (listing: string): number => {
    const interned = internLinearisation(linearise(parseProgram(listing)));
    return planOperations(interned.values, interned.results).weight;
  };

  it('are one however they are associated and distributed', () => {
    const listing = (last: string): string =>
      `program p\nin a, b, c\nv1 = mul a c\nv2 = mul b c\nv3 = add v1 v2\nv4 = add a b\n${last}\nout x = v3\nout y = v5\n`;
    // a·c + b·c = (a + b)·c: nothing is left of v4 and v5.
    expect(weigh(listing('v5 = mul v4 c'))).toBe(3);
    expect(weigh(listing('v5 = mul v4 b'))).toBe(5);
  });

  it('share their sign, and a negation is 1 where an output wants both', () => {
    const listing = (second: string): string =>
      `program p\nin a, b\nv1 = sub a b\nv2 = ${second}\nout x = v1\nout y = v2\n`;
    expect(weigh(listing('sub b a'))).toBe(2);
    expect(
      weigh(`program p\nin a, b\nv1 = sub b a\nv2 = mul v1 a\nv3 = neg v2\nout x = v3\n`),
    ).toBe(2);
  });

  it('cost 6 as a quotient, and 6 for a reciprocal that is used twice', () => {
    expect(weigh('program p\nin a, b\nv1 = div a b\nout x = v1\n')).toBe(6);
    expect(
      weigh('program p\nin a, b, c\nv1 = div a c\nv2 = div b c\nout x = v1\nout y = v2\n'),
    ).toBe(8);
  });

  it('are never equal by a root whose sign nobody knows', () => {
    expect(weigh('program p\nin a\nv1 = sqrt a\nv2 = mul v1 v1\nout x = v2\nout y = a\n')).toBe(7);
  });

  it('are not taken for equal because 2^61 is 1 in the field', () => {
    const large = String(2 ** 61);
    expect(
      weigh(
        `program p\nin a\nv1 = mul a ${large}.0\nv2 = mul v1 3.0\nv3 = mul a 3.0\nout x = v2\nout y = v3\n`,
      ),
    ).toBe(3);
  });
});
