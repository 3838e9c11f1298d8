/**
 * Random scalar Programs with a point at which values and derivatives are finite and moderate.
 *
 * A program is drawn as a list of steps and built while its values at the sample point are watched:
 * an operand outside the comfortable domain of the next primitive is first brought into it by a
 * guard (sqrt takes |x| + 1 where x is small or negative), kinks are kept away from the point, and
 * a result above 8 is scaled down. So local derivatives stay below about 10, and differences taken
 * at the point see no kink. Unused values, repeated operands, outputs that are inputs or literals
 * or stand twice, and stopGradient all occur (arbitrary-program.test.ts counts them).
 */
import fc from 'fast-check';
import { ProgramBuilder } from '../../src/program/builder.ts';
import { localDerivatives } from '../../src/program/derivatives.ts';
import type { Operand, Parameters, Program, Tensor } from '../../src/program/types.ts';
import { literal, scalarType } from '../../src/program/values.ts';

/** A Program and a point of its domain: one scalar tensor an input. */
export interface SampledProgram {
  readonly program: Program;
  readonly sample: readonly Tensor[];
}

/** What a step draws; every number is reduced to the range it is needed in. */
interface Step {
  readonly primitive: string;
  readonly picks: readonly [number, number, number];
  /** Where 0, the second operand is a literal; where 1, it is the first operand again. */
  readonly second: number;
  readonly number: number;
}

interface OutputChoice {
  /** 0 literal, 1 an input, 2 the output before again, else any value. */
  readonly kind: number;
  readonly pick: number;
}

/** A value and what it is at the sample point. */
interface Watched {
  readonly operand: Operand;
  readonly at: number;
}

const LARGEST_VALUE = 8;
const KINK_DISTANCE = 0.05;
const MOST_EQUATIONS = 25;
/** Guards, the primitive itself and its rescaling. */
const MOST_EQUATIONS_A_STEP = 5;

/** Builds a program and follows its values at the sample point. */
class WatchedBuilder {
  readonly builder = new ProgramBuilder('random');
  readonly inputs: Watched[] = [];
  readonly reals: Watched[] = [];
  readonly booleans: Watched[] = [];

  input(value: number): void {
    const operand = this.builder.input(`x${this.inputs.length + 1}`, scalarType);
    const watched = { operand, at: value };
    this.inputs.push(watched);
    this.reals.push(watched);
  }

  constant(value: number): Watched {
    return { operand: literal(value), at: value };
  }

  emit(primitive: string, operands: readonly Watched[], parameters: Parameters = {}): Watched {
    const operand = this.builder.emit(
      primitive,
      operands.map((watched) => watched.operand),
      parameters,
    );
    const values = operands.map((watched) => watched.at);
    return { operand, at: localDerivatives(primitive, values, parameters).value };
  }

  shifted(x: Watched, by: number): Watched {
    return this.emit('add', [x, this.constant(by)]);
  }

  /** x where it is at least `least`, else |x| + least. */
  atLeast(least: number, x: Watched): Watched {
    return x.at >= least ? x : this.shifted(this.emit('abs', [this.awayFromZero(x)]), least);
  }

  /** x where |x| ≤ limit, else limit · tanh(x). */
  within(limit: number, x: Watched): Watched {
    if (Math.abs(x.at) <= limit) return x;
    const bounded = this.emit('tanh', [x]);
    return limit === 1 ? bounded : this.emit('mul', [this.constant(limit), bounded]);
  }

  awayFromZero(x: Watched, distance = KINK_DISTANCE): Watched {
    return Math.abs(x.at) >= distance ? x : this.shifted(x, 1);
  }

  /** b, moved where it nearly equals a; the same value twice may stay. */
  apart(a: Watched, b: Watched): Watched {
    if (a.operand === b.operand || Math.abs(a.at - b.at) >= KINK_DISTANCE) return b;
    return this.shifted(b, 0.5);
  }

  moderate(x: Watched): Watched {
    const size = Math.abs(x.at);
    if (size <= LARGEST_VALUE) return x;
    return this.emit('mul', [x, this.constant(2 ** -Math.ceil(Math.log2(size)))]);
  }
}

type Guard = (b: WatchedBuilder, x: Watched, y: Watched, step: Step) => readonly Watched[];

const asItIs: Guard = (_, x) => [x];
const atLeast =
  (least: number): Guard =>
  (b, x) => [b.atLeast(least, x)];
const within =
  (limit: number): Guard =>
  (b, x) => [b.within(limit, x)];
const awayFromZero =
  (distance: number): Guard =>
  (b, x) => [b.awayFromZero(x, distance)];
const bothAsTheyAre: Guard = (_, x, y) => [x, y];
const keptApart: Guard = (b, x, y) => [x, b.apart(x, y)];

const third = (b: WatchedBuilder, step: Step): Watched => {
  const drawn = pick(b.reals, step.picks[2]);
  if (drawn === undefined) throw new Error('a program has an input');
  return drawn;
};
const severalApart: Guard = (b, x, y, step) => {
  const pair = [x, b.apart(x, y)];
  const more = third(b, step);
  const clear = pair.every((each) => each === more || Math.abs(each.at - more.at) >= KINK_DISTANCE);
  return clear ? [...pair, more] : pair;
};

/** Every primitive with the guard that keeps its operands in a comfortable domain. */
const guards: Readonly<Record<string, Guard>> = {
  add: bothAsTheyAre,
  sub: bothAsTheyAre,
  mul: bothAsTheyAre,
  div: (b, x, y) => [x, b.atLeast(0.5, y)],
  neg: asItIs,
  integerPow: (b, x, _, step) => [exponentOf(step) < 0 ? b.atLeast(0.75, x) : b.within(2, x)],
  pow: (b, x, y) => [b.atLeast(0.5, x), b.within(2, y)],
  sqrt: atLeast(0.25),
  cbrt: awayFromZero(0.25),
  exp: within(2),
  expm1: within(2),
  log: atLeast(0.25),
  log1p: atLeast(-0.5),
  log2: atLeast(0.25),
  log10: atLeast(0.25),
  sin: asItIs,
  cos: asItIs,
  tan: within(1),
  asin: within(0.75),
  acos: within(0.75),
  atan: asItIs,
  atan2: (b, x, y) => [x, b.atLeast(0.5, y)],
  sinh: within(2),
  cosh: within(2),
  tanh: asItIs,
  asinh: asItIs,
  acosh: atLeast(1.25),
  atanh: within(0.75),
  erf: asItIs,
  erfc: asItIs,
  sigmoid: asItIs,
  abs: awayFromZero(KINK_DISTANCE),
  sign: awayFromZero(KINK_DISTANCE),
  min: keptApart,
  max: keptApart,
  lt: keptApart,
  le: keptApart,
  gt: keptApart,
  ge: keptApart,
  eq: keptApart,
  ne: keptApart,
  where: (b, x, y, step) => [
    pick(b.booleans, step.picks[2]) ?? b.emit('lt', [x, b.apart(x, y)]),
    x,
    y,
  ],
  stopGradient: asItIs,
  convert: asItIs,
  sumOf: (b, x, y, step) => [x, y, third(b, step)],
  dotOf: (b, x, y, step) => [x, y, third(b, step), x],
  maxOf: severalApart,
  minOf: severalApart,
};

const comparisons: ReadonlySet<string> = new Set(['lt', 'le', 'gt', 'ge', 'eq', 'ne']);

/** Names of the primitives the generator draws from. */
export const generatedPrimitives: readonly string[] = Object.keys(guards);

function pick<T>(items: readonly T[], choice: number): T | undefined {
  return items[choice % items.length];
}

/** Draws favour the latest values, so that programs grow deep as well as wide. */
function pickRecent(items: readonly Watched[], choice: number): Watched | undefined {
  const recent = choice % 3 === 0 ? items : items.slice(-4);
  return pick(recent, Math.floor(choice / 3));
}

function exponentOf({ number }: Step): number {
  return Math.round(number * 2);
}

function applyStep(b: WatchedBuilder, step: Step): void {
  const guard = guards[step.primitive];
  const x = pickRecent(b.reals, step.picks[0]);
  const drawn = pickRecent(b.reals, step.picks[1]);
  if (guard === undefined || x === undefined || drawn === undefined) {
    throw new Error('a step needs a known primitive and an input');
  }
  let y = drawn;
  if (step.second === 0) y = b.constant(step.number);
  if (step.second === 1) y = x;
  // Literals stand on either side, and alone in an equation that no input leads to.
  const [left, right] = step.picks[2] % 2 === 0 ? [x, y] : [y, x];
  const operands = guard(b, left, right, step);
  const parameters: Parameters =
    step.primitive === 'integerPow' ? { exponent: exponentOf(step) } : {};
  const result = b.emit(step.primitive, operands, parameters);
  if (comparisons.has(step.primitive)) b.booleans.push(result);
  else b.reals.push(b.moderate(result));
}

function build(
  sample: readonly number[],
  steps: readonly Step[],
  outputs: readonly OutputChoice[],
): SampledProgram {
  const b = new WatchedBuilder();
  for (const value of sample) b.input(value);
  for (const step of steps) {
    if (b.builder.equationCount + MOST_EQUATIONS_A_STEP > MOST_EQUATIONS) break;
    applyStep(b, step);
  }
  let before: Operand | undefined;
  outputs.forEach(({ kind, pick: choice }, o) => {
    let operand: Operand | undefined;
    if (kind === 0) operand = literal((choice % 9) - 4);
    else if (kind === 1) operand = pick(b.inputs, choice)?.operand;
    else if (kind === 2 && before !== undefined) operand = before;
    operand ??= pickRecent(b.reals, choice)?.operand;
    if (operand === undefined) throw new Error('a program has an input');
    b.builder.output(`y${o + 1}`, operand);
    before = operand;
  });
  return {
    program: b.builder.build(),
    sample: sample.map((value) => ({ shape: [], data: [value] })),
  };
}

/** What the programs are to be used for. */
export interface ProgramOptions {
  /** False where the derivatives are to be those of the values, as differences see them. */
  readonly stopGradient?: boolean;
  /** At most this many steps; each makes 1 to 5 equations, 25 in all. */
  readonly steps?: number;
}

/**
 * Scalar programs of 2 to 6 inputs, up to 25 equations and 1 to 5 outputs, with a sample point in
 * [−2, 2]. Shrinks to fewer and simpler equations.
 */
export function arbitraryProgram(options: ProgramOptions = {}): fc.Arbitrary<SampledProgram> {
  const names = generatedPrimitives.filter(
    (name) => name !== 'stopGradient' || options.stopGradient !== false,
  );
  const nat = fc.nat({ max: 999_999 });
  const step: fc.Arbitrary<Step> = fc.record({
    // Sums and products are what real programs are made of.
    primitive: fc.oneof(
      { weight: 2, arbitrary: fc.constantFrom('add', 'sub', 'mul') },
      { weight: 5, arbitrary: fc.constantFrom(...names) },
    ),
    picks: fc.tuple(nat, nat, nat),
    second: fc.integer({ min: 0, max: 7 }).map((choice) => 7 - choice),
    number: fc.integer({ min: -3000, max: 3000 }).map((thousandths) => thousandths / 1000),
  });
  const output: fc.Arbitrary<OutputChoice> = fc.record({
    kind: fc.integer({ min: 0, max: 11 }).map((choice) => 11 - choice),
    pick: nat,
  });
  const value = fc.integer({ min: -2000, max: 2000 }).map((thousandths) => thousandths / 1000);
  return fc
    .tuple(
      fc.array(value, { minLength: 2, maxLength: 6 }),
      fc.array(step, { maxLength: options.steps ?? 20, size: 'max' }),
      fc.array(output, { minLength: 1, maxLength: 5, size: 'max' }),
    )
    .map(([sample, steps, outputs]) => build(sample, steps, outputs));
}
