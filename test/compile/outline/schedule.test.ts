/** Statements in another order: each behind what it needs, few values waiting, and the same bits. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compactJacobian } from '../../../src/accumulate/jacobian-layout.ts';
import { laneProgram } from '../../../src/compile/lanes/program.ts';
import type { LaneValue } from '../../../src/compile/lanes/types.ts';
import { lowerWithCalls } from '../../../src/compile/outline/outline.ts';
import { schedule } from '../../../src/compile/outline/schedule.ts';
import {
  definedBy,
  isLiteral,
  operandsOf,
  type OutlinedProgram,
} from '../../../src/compile/outline/statements.ts';
import { schedules } from '../../../src/compile/schedules.ts';
import { trace } from '../../../src/program/trace.ts';
import { arbitraryProgram } from '../../support/arbitrary-program.ts';
import { accumulatedTask } from '../wasm/accumulated-task.ts';
import { scalarProgram } from '../../../src/compile/wasm/unrolling.ts';
import { naiveFewLive } from './naive-few-live.ts';
import { registerMoves } from './register-moves.ts';

const simplified = { strict: false, simplified: true };
const options = { precision: 'f64', fused: false } as const;

/** Most values of statements that wait for a use at once; literals and inputs are elsewhere. */
function mostWaiting({ statements }: OutlinedProgram): number {
  const lastUse = new Map<LaneValue, number>();
  statements.forEach((statement, index) => {
    for (const operand of operandsOf(statement)) lastUse.set(operand, index);
  });
  let most = 0;
  const waiting = new Set<LaneValue>();
  statements.forEach((statement, index) => {
    // A result may take the place of an operand that is used for the last time.
    for (const operand of operandsOf(statement)) {
      if (lastUse.get(operand) === index) waiting.delete(operand);
    }
    if (isLiteral(statement)) return;
    for (const value of definedBy(statement)) if (lastUse.has(value)) waiting.add(value);
    most = Math.max(most, waiting.size);
  });
  return most;
}

/** An expression without shared values: an input's square root, or a sum. */
type Tree = 'leaf' | readonly [Tree, Tree];

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 7 },
    fc.constant<Tree>('leaf'),
    fc.tuple(tie('tree'), tie('tree')) as fc.Arbitrary<Tree>,
  ),
}));

/** Its label: the registers that it needs (Sethi and Ullman 1970; Ershov 1958). */
function label(of: Tree): number {
  if (of === 'leaf') return 1;
  const [a, b] = [label(of[0]), label(of[1])];
  return a === b ? a + 1 : Math.max(a, b);
}

function treeProgram(of: Tree): OutlinedProgram {
  const lanes = laneProgram('tree', options, ['x'], (b, [x]) => {
    if (x === undefined) throw new Error('there is an input');
    let count = 0;
    const emit = (part: Tree): LaneValue =>
      // Numbers tell leaves apart, so that none is shared.
      part === 'leaf'
        ? b.unary('sqrt', b.mul(x, b.real((count += 1))))
        : b.binary('add', emit(part[0]), emit(part[1]));
    return [{ name: 'y', value: emit(of) }];
  });
  return { ...lanes, functions: [] };
}

describe.each(schedules.filter((how) => how !== 'as found'))(
  'statements in the order "%s"',
  (how) => {
    it('are the same, each behind what it needs and literals first, in random programs', () => {
      fc.assert(
        fc.property(
          arbitraryProgram(),
          fc.integer({ min: 20, max: 400 }),
          ({ program }, inlined) => {
            const lanes = lowerWithCalls(program, options, inlined);
            const { statements, ...rest } = schedule(lanes, how);
            const { statements: before, ...same } = lanes;
            expect(rest).toEqual(same);
            expect(new Set(statements)).toEqual(new Set(before));
            expect(statements).toHaveLength(before.length);
            const made = new Set<LaneValue>(lanes.arguments.map((_, k) => k as LaneValue));
            let isPastLiterals = false;
            for (const statement of statements) {
              for (const operand of operandsOf(statement)) expect(made.has(operand)).toBe(true);
              for (const value of definedBy(statement)) made.add(value);
              if (!isLiteral(statement)) isPastLiterals = true;
              else expect(isPastLiterals).toBe(false);
            }
          },
        ),
        { seed: 81, numRuns: 1500 },
      );
    });

    it('move less between memory and registers in Jacobians of tasks, by a seventh in all', () => {
      let before = 0;
      let after = 0;
      for (const task of ['RoeFlux_1d', 'RobotArm_6DOF', 'BlackScholes_Jacobian', 'RoeFlux_3d']) {
        const { program } = compactJacobian(accumulatedTask(task).accumulation, { values: false });
        const lanes = lowerWithCalls(scalarProgram(program, 'f64', simplified), options);
        before += registerMoves(lanes);
        after += registerMoves(schedule(lanes, how));
      }
      expect(after).toBeLessThan((6 / 7) * before);
    });
  },
);

describe('as found', () => {
  it('is the order that there was', () => {
    const { dense } = accumulatedTask('RoeFlux_1d');
    const lanes = lowerWithCalls(dense, options);
    expect(schedule(lanes, 'as found')).toBe(lanes);
  });
});

describe('by need', () => {
  it('an expression without shared values needs as many registers as its label says', () => {
    fc.assert(
      fc.property(tree, (of) => {
        expect(mostWaiting(schedule(treeProgram(of), 'by need'))).toBe(
          // The last value of all is stored at once.
          of === 'leaf' ? 1 : label(of),
        );
      }),
      { seed: 83, numRuns: 1000 },
    );
  });
});

describe('few live', () => {
  it('is what its words say, step by step', () => {
    fc.assert(
      fc.property(arbitraryProgram(), fc.integer({ min: 20, max: 400 }), ({ program }, inlined) => {
        const lanes = lowerWithCalls(program, options, inlined);
        expect(schedule(lanes, 'few live').statements).toEqual(naiveFewLive(lanes));
      }),
      { seed: 84, numRuns: 1500 },
    );
  });

  it('is by need where code is longer than 4,000 statements', () => {
    const long = trace(
      (x) => {
        let y = x;
        for (let k = 0; k < 2100; k += 1) y = y.mul(y).add(k);
        return [y, y.mul(x)];
      },
      [[]],
    );
    const lanes = lowerWithCalls(long, options);
    expect(lanes.statements.length).toBeGreaterThan(4000 + 2100);
    expect(schedule(lanes, 'few live')).toEqual(schedule(lanes, 'by need'));
  });

  it('has the fewest where every sum ends a life', () => {
    // All square roots first would need eight places.
    const comb = Array.from({ length: 8 }).reduce<Tree>((of) => [of, 'leaf'], 'leaf');
    expect(mostWaiting(schedule(treeProgram(comb), 'few live'))).toBe(2);
  });
});
