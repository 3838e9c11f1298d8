/** Random lane programs in which every operation occurs, and numbers to run them on. */
import fc from 'fast-check';
import type { LaneBuilder } from '../../../src/compile/lanes/builder.ts';
import { laneProgram } from '../../../src/compile/lanes/program.ts';
import type {
  LaneOptions,
  LaneProgram,
  LaneTable,
  LaneValue,
} from '../../../src/compile/lanes/types.ts';

/** Values that were made so far, by type. */
interface Pools {
  readonly reals: LaneValue[];
  readonly integers: LaneValue[];
  readonly masks: LaneValue[];
}

type Pick = (pool: LaneValue[]) => LaneValue;
type Step = (b: LaneBuilder, pick: Pick, pools: Pools, amount: number) => void;

/** x, or a number where x is NaN, whose bits are not defined. */
function number(b: LaneBuilder, x: LaneValue): LaneValue {
  return b.select(b.compare('eq', x, x), x, b.real(0.25));
}

const unary = ['neg', 'abs', 'sqrt', 'floor', 'ceil', 'trunc', 'nearest'] as const;
const binary = [
  ...(['add', 'sub', 'mul', 'div', 'min', 'max'] as const),
  ...(['pseudoMin', 'pseudoMax'] as const),
];
const comparisons = ['lt', 'le', 'gt', 'ge', 'eq', 'ne'] as const;
const integerBinary = [
  ...(['integerAdd', 'integerSub', 'integerAnd', 'integerOr', 'integerXor'] as const),
];
const shifts = ['shiftLeft', 'shiftRightLogical', 'shiftRightArithmetic'] as const;

/** An integral real of moderate size, as `toInteger` wants it. */
function integral(b: LaneBuilder, x: LaneValue): LaneValue {
  const bounded = b.binary('min', b.binary('max', number(b, x), b.real(-1e6)), b.real(1e6));
  return b.unary('nearest', bounded);
}

/** Two tables of four rows and of one and three columns. */
const tables: readonly LaneTable[] = [
  { name: 'narrow', rows: [[0.5], [-3], [1e-3], [7]] },
  { name: 'wide', rows: [0, 1, 2, 3].map((row) => [row + 0.25, -row, 2 ** -row]) },
];

const steps: readonly Step[] = [
  ...unary.map(
    (op): Step =>
      (b, pick, { reals }) =>
        reals.push(b.unary(op, pick(reals))),
  ),
  ...binary.map(
    (op): Step =>
      (b, pick, { reals }) =>
        reals.push(b.binary(op, pick(reals), pick(reals))),
  ),
  ...comparisons.map(
    (op): Step =>
      (b, pick, { reals, masks }) =>
        masks.push(b.compare(op, pick(reals), pick(reals))),
  ),
  ...integerBinary.map(
    (op): Step =>
      (b, pick, { integers }) =>
        integers.push(b.integers(op, pick(integers), pick(integers))),
  ),
  ...shifts.map(
    (op): Step =>
      (b, pick, { integers }, amount) =>
        integers.push(b.shift(op, pick(integers), 1 + (amount % (b.format.width - 1)))),
  ),
  (b, pick, { integers, masks }) =>
    masks.push(b.compareIntegers('integerLt', pick(integers), pick(integers))),
  (b, pick, { integers, masks }) =>
    masks.push(b.compareIntegers('integerEq', pick(integers), pick(integers))),
  (b, pick, { masks }) => masks.push(b.and(pick(masks), pick(masks))),
  (b, pick, { masks }) => masks.push(b.or(pick(masks), pick(masks))),
  (b, pick, { masks }) => masks.push(b.not(pick(masks))),
  (b, pick, { reals, masks }) => reals.push(b.select(pick(masks), pick(reals), pick(reals))),
  (b, pick, { integers, masks }) =>
    integers.push(b.select(pick(masks), pick(integers), pick(integers))),
  (b, pick, { reals }) => reals.push(b.copysign(pick(reals), number(b, pick(reals)))),
  (b, pick, { reals, integers }) => integers.push(b.bitsOf(number(b, pick(reals)))),
  (b, pick, { reals, integers }) => reals.push(b.realOf(pick(integers))),
  (b, pick, { reals, integers }) => integers.push(b.toInteger(integral(b, pick(reals)))),
  (b, pick, { reals }) => reals.push(b.toReal(b.toInteger(integral(b, pick(reals))))),
  (b, pick, { reals, integers }, amount) => {
    const table = tables[amount % 2];
    if (table === undefined) throw new Error('there are two tables');
    const row = b.integers('integerAnd', pick(integers), b.integer(3n));
    reals.push(b.lookUp(table, amount % (table.rows[0]?.length ?? 1), row));
  },
  (b, pick, { reals }) => reals.push(b.multiplyAdd(pick(reals), pick(reals), pick(reals))),
  (b, pick, { reals }) => reals.push(b.multiplySubtract(pick(reals), pick(reals), pick(reals))),
  (b, pick, { reals, masks }, amount) => {
    // Two routines, so that one is shared by several guarded statements.
    const name = `routine ${amount % 2}`;
    const args = [pick(reals), pick(reals)];
    const made = b.guarded(pick(masks), name, args, [pick(reals), pick(reals)], (inner, own) => {
      const [x, y] = own;
      if (x === undefined || y === undefined) throw new Error('a routine of two arguments');
      const difference = inner.sub(x, y);
      return amount % 2 === 0
        ? [inner.mul(difference, difference), inner.add(x, inner.real(3))]
        : [inner.div(x, difference), y];
    });
    reals.push(...made);
  },
];

/** Random lane programs of up to 60 steps. */
export function arbitraryLanes(options: LaneOptions): fc.Arbitrary<LaneProgram> {
  const choice = fc.nat({ max: 999_999 });
  const step = fc.record({
    kind: fc.nat({ max: steps.length - 1 }),
    picks: fc.array(choice, { minLength: 4, maxLength: 4 }),
    amount: choice,
  });
  return fc
    .record({
      inputs: fc.integer({ min: 1, max: 4 }),
      list: fc.array(step, { minLength: 1, maxLength: 60, size: 'max' }),
      outputs: fc.array(choice, { minLength: 1, maxLength: 6 }),
      literal: fc.double({ noNaN: true, min: -4, max: 4 }),
    })
    .map(({ inputs, list, outputs, literal }) =>
      laneProgram(
        'random',
        options,
        Array.from({ length: inputs }, (_, k) => `x${k}`),
        (b, values) => {
          const reals = [...values, b.real(literal)];
          const first = b.bitsOf(number(b, values[0] ?? b.real(0)));
          const pools: Pools = {
            reals,
            integers: [first, b.integer(5n)],
            masks: [b.compare('lt', values[0] ?? b.real(0), b.real(0.5))],
          };
          for (const { kind, picks, amount } of list) {
            let next = 0;
            const pick: Pick = (pool) => {
              // Two thirds of the picks are among the latest values.
              const number = picks[next % picks.length] ?? 0;
              next += 1;
              const from = number % 3 === 0 ? 0 : Math.max(0, pool.length - 4);
              const place = from + (Math.floor(number / 3) % (pool.length - from));
              const picked = pool[place];
              if (picked === undefined) throw new Error('a pool is never empty');
              return picked;
            };
            steps[kind]?.(b, pick, pools, amount);
          }
          const ends = [...pools.reals, ...pools.integers.map((value) => b.realOf(value))];
          return outputs.map((number, k) => ({
            name: `y${k}`,
            value: ends[ends.length - 1 - (number % ends.length)] ?? b.real(0),
          }));
        },
      ),
    );
}

/** Numbers of all kinds. */
export const specialNumbers: readonly number[] = [
  ...[0, -0, 1, -1, 0.5, 3, -2.75, 1e-3, 12345.678, 1e300, -1e300, 1e38, 5e-324, 1e-310],
  ...[1e-40, Infinity, -Infinity, NaN],
];
