/**
 * Random Programs on tensors with a point at which values and derivatives are finite and moderate.
 *
 * As in arbitrary-program.ts, a program is drawn as a list of steps and built while its values at
 * the sample point are watched: an operand outside the comfortable domain of a primitive is first
 * brought into it, elements that a maximum compares are first spread apart, and a result above 8 is
 * scaled down. Every class of primitive occurs, with literal operands, repeated operands, lengths
 * of 1 that broadcast, reshapes that merge and split axes, products over any indices, outputs that
 * are inputs, literals or used by others (arbitrary-tensor-program.test.ts counts them).
 */
import fc from 'fast-check';
import { doubles } from '../../src/program/arithmetic.ts';
import { ProgramBuilder } from '../../src/program/builder.ts';
import { interpretEquation } from '../../src/program/interpret.ts';
import { rearrangeParameters } from '../../src/program/primitives/linear.ts';
import { broadcastTensor, elementCount } from '../../src/program/shapes.ts';
import { reshapeBlock, single, unitBlock } from '../../src/program/structure.ts';
import type { Literal, Operand, Parameters, Shape, Tensor } from '../../src/program/types.ts';
import { literal, literalTensor, realType } from '../../src/program/values.ts';
import type { SampledProgram } from './arbitrary-program.ts';

/** A value and what it is at the sample point. */
interface Watched {
  readonly operand: Operand;
  readonly at: Tensor;
}

/** Gives natural numbers, one after the other, from what a step has drawn. */
type Draw = (below: number) => number;

/** What a step draws. */
interface Step {
  readonly kind: string;
  readonly choices: readonly number[];
}

const LARGEST_VALUE = 8;
const DISTANCE = 0.05;
const MOST_ELEMENTS = 64;
const MOST_AXES = 4;
const MOST_EQUATIONS = 18;
/** Guards, the primitive itself and its rescaling. */
const MOST_EQUATIONS_A_STEP = 5;

const upTo = (count: number): number[] => Array.from({ length: count }, (_, k) => k);

function pick<T>(items: readonly T[], draw: Draw): T {
  const item = items[draw(items.length)];
  if (item === undefined) throw new Error('there is nothing to pick from');
  return item;
}

function shuffled<T>(items: readonly T[], draw: Draw): T[] {
  const rest = [...items];
  return items.flatMap(() => rest.splice(draw(rest.length), 1));
}

/** Builds a program and follows its values at the sample point. */
class WatchedBuilder {
  readonly builder = new ProgramBuilder('random');
  readonly inputs: Watched[] = [];
  readonly reals: Watched[] = [];

  input(at: Tensor): void {
    const name = `x${this.inputs.length + 1}`;
    const watched = { operand: this.builder.input(name, realType(at.shape)), at };
    this.inputs.push(watched);
    this.reals.push(watched);
  }

  emit(primitive: string, operands: readonly Watched[], parameters: Parameters = {}): Watched {
    const own = operands.map(({ operand }) => operand);
    const operand = this.builder.emit(primitive, own, parameters);
    const equation = { primitive, operands: own, parameters, type: this.builder.typeOf(operand) };
    const values = operands.map(({ at }) => at);
    return { operand, at: interpretEquation(equation, values, doubles) };
  }

  /** x where all elements are at least `least`, else x² + least. */
  atLeast(least: number, x: Watched): Watched {
    if (x.at.data.every((number) => number >= least)) return x;
    return this.emit('add', [this.emit('mul', [x, x]), constant(literal(least))]);
  }

  /** x where no element is larger than `limit`, else its tanh, scaled. */
  within(limit: number, x: Watched): Watched {
    if (x.at.data.every((number) => Math.abs(number) <= limit)) return x;
    return this.emit('mul', [this.emit('tanh', [x]), constant(literal(limit))]);
  }

  awayFromZero(x: Watched): Watched {
    return x.at.data.every((number) => Math.abs(number) >= DISTANCE) ? x : this.atLeast(0.25, x);
  }

  /** x where all elements differ, else shifted by literals until they do. */
  distinct(x: Watched, draw: Draw): Watched {
    const sorted = x.at.data.toSorted((a, b) => a - b);
    if (sorted.every((number, k) => k === 0 || number - (sorted[k - 1] ?? 0) >= DISTANCE)) return x;
    const count = x.at.data.length;
    const wanted = shuffled(upTo(count), draw).map((place) => (place - count / 2) / 4);
    const shifts = x.at.data.map(
      (number, k) => Math.round(1000 * ((wanted[k] ?? 0) - number)) / 1000,
    );
    return this.emit('add', [x, constant(literalTensor(x.at.shape, shifts))]);
  }

  moderate(x: Watched): Watched {
    const size = x.at.data.reduce((largest, number) => Math.max(largest, Math.abs(number)), 0);
    if (size <= LARGEST_VALUE) return x;
    const factor = 2 ** -Math.ceil(Math.log2(size / LARGEST_VALUE));
    return this.emit('mul', [x, constant(literal(factor))]);
  }

  /** Draws favour the latest values, so that programs grow deep as well as wide. */
  recent(draw: Draw): Watched {
    return pick(draw(3) === 0 ? this.reals : this.reals.slice(-4), draw);
  }
}

function constant(operand: Literal): Watched {
  return { operand, at: operand };
}

function randomConstant(shape: Shape, draw: Draw): Watched {
  const data = upTo(elementCount(shape)).map(() => (draw(31) - 15) / 8);
  return constant(literalTensor(shape, data));
}

/** The shape both broadcast to; undefined where they don't. */
function common(a: Shape, b: Shape): Shape | undefined {
  const rank = Math.max(a.length, b.length);
  const lengths = upTo(rank).map((k) => {
    const [x, y] = [a[k - rank + a.length] ?? 1, b[k - rank + b.length] ?? 1];
    return x === y || y === 1 ? x : x === 1 ? y : -1;
  });
  const fits = lengths.every((length) => length > 0) && elementCount(lengths) <= MOST_ELEMENTS;
  return fits ? lengths : undefined;
}

/** Another operand for an element-wise primitive beside x: a value, x itself, or a literal. */
function partner(b: WatchedBuilder, x: Watched, draw: Draw): Watched {
  const kind = draw(8);
  if (kind === 0) return constant(literal((draw(61) - 30) / 10));
  if (kind === 1) return x;
  const { shape } = x.at;
  if (kind === 2) {
    const own = shape.slice(draw(shape.length + 1)).map((n) => (draw(4) === 0 ? 1 : n));
    return randomConstant(own, draw);
  }
  const fitting = b.reals.filter(({ at }) => common(at.shape, shape) !== undefined);
  return pick(draw(3) === 0 ? fitting : fitting.slice(-3), draw);
}

function isApart(x: Watched, y: Watched): boolean {
  const shape = common(x.at.shape, y.at.shape) ?? [];
  const [left, right] = [broadcastTensor(x.at, shape), broadcastTensor(y.at, shape)];
  return left.data.every((number, k) => Math.abs(number - (right.data[k] ?? 0)) >= DISTANCE);
}

type Rule = (b: WatchedBuilder, x: Watched, draw: Draw) => Watched;

const alone =
  (name: string): Rule =>
  (b, x) =>
    b.emit(name, [x]);
const onPositive =
  (name: string): Rule =>
  (b, x) =>
    b.emit(name, [b.atLeast(0.25, x)]);
const onBounded =
  (name: string, limit: number): Rule =>
  (b, x) =>
    b.emit(name, [b.within(limit, x)]);
const offZero =
  (name: string): Rule =>
  (b, x) =>
    b.emit(name, [b.awayFromZero(x)]);
const pair =
  (name: string): Rule =>
  (b, x, draw) => {
    const y = partner(b, x, draw);
    return b.emit(name, draw(2) === 0 ? [x, y] : [y, x]);
  };
const positiveSecond =
  (name: string): Rule =>
  (b, x, draw) =>
    b.emit(name, [x, b.atLeast(0.5, partner(b, x, draw))]);
/** Where values nearly meet there would be a kink: a sum takes the place. */
const keptApart =
  (name: string): Rule =>
  (b, x, draw) => {
    const y = partner(b, x, draw);
    return b.emit(x === y || isApart(x, y) ? name : 'add', [x, y]);
  };

const choice: Rule = (b, x, draw) => {
  const y = partner(b, x, draw);
  const z = partner(b, x, draw);
  const shape = common(common(x.at.shape, y.at.shape) ?? [], z.at.shape);
  if (shape === undefined) return b.emit('mul', [x, y]);
  const condition = isApart(x, y)
    ? b.emit(pick(['lt', 'le', 'gt', 'ge', 'ne'], draw), [x, y])
    : constant(
        literalTensor(
          x.at.shape,
          upTo(elementCount(x.at.shape)).map(() => draw(2)),
        ),
      );
  return b.emit('where', draw(2) === 0 ? [condition, y, z] : [condition, z, x]);
};

const someAxes = (shape: Shape, draw: Draw): number[] => {
  const chosen = upTo(shape.length).filter(() => draw(2) === 0);
  return chosen.length > 0 || shape.length === 0 ? chosen : [draw(shape.length)];
};

const extreme =
  (name: string): Rule =>
  (b, x, draw) => {
    const axes = someAxes(x.at.shape, draw);
    return b.emit(name, [b.distinct(x, draw)], { axes });
  };

/** Shapes of as many elements that share factors with this one: merged, split, with ones. */
function reshaped(shape: Shape): Shape[] {
  const merged = shape
    .slice(1)
    .map((length, k) => [...shape.slice(0, k), (shape[k] ?? 1) * length, ...shape.slice(k + 2)]);
  const splits = shape.flatMap((length, k) =>
    upTo(length)
      .filter((factor) => factor > 1 && length % factor === 0)
      .map((factor) => [...shape.slice(0, k), factor, length / factor, ...shape.slice(k + 1)]),
  );
  const ones = [[...shape, 1], [1, ...shape], shape.filter((length) => length !== 1)];
  return [...merged, ...merged, ...splits, ...splits, [elementCount(shape)], ...ones].filter(
    (to) => to.length <= MOST_AXES && reshapeBlock(shape, to) !== undefined,
  );
}

const reshape: Rule = (b, x, draw) =>
  b.emit('reshape', [x], { shape: pick(reshaped(x.at.shape), draw) });

const transpose: Rule = (b, x, draw) =>
  b.emit('transpose', [x], { permutation: shuffled(upTo(x.at.shape.length), draw) });

const squeeze: Rule = (b, x, draw) => {
  const ones = x.at.shape.flatMap((length, axis) => (length === 1 ? [axis] : []));
  const axes = ones.filter(() => draw(3) > 0);
  return b.emit('squeeze', [x], { axes });
};

const expandDims: Rule = (b, x, draw) => {
  const { shape } = x.at;
  const count = Math.min(1 + draw(2), MOST_AXES - shape.length);
  const axes = shuffled(upTo(shape.length + count), draw).slice(0, count);
  return b.emit('expandDims', [x], { axes });
};

const broadcast: Rule = (b, x, draw) => {
  const { shape } = x.at;
  const extra = draw(MOST_AXES - shape.length + 1);
  const rank = shape.length + Math.min(2, extra);
  const axes = shuffled(upTo(rank), draw).slice(0, shape.length);
  const lengths = upTo(rank).map((axis) => {
    const own = shape[axes.indexOf(axis)];
    return own === undefined || own === 1 ? 1 + draw(3) : own;
  });
  if (elementCount(lengths) > MOST_ELEMENTS) return b.emit('sin', [x]);
  return b.emit('broadcast', [x], { shape: lengths, axes });
};

const slice: Rule = (b, x, draw) => {
  const start = x.at.shape.map((length) => draw(length));
  const limit = x.at.shape.map((length, axis) => {
    const from = start[axis] ?? 0;
    return from + 1 + draw(length - from);
  });
  return b.emit('slice', [x], { start, limit });
};

const concatenate: Rule = (b, x, draw) => {
  const { shape } = x.at;
  if (shape.length === 0) return b.emit('cos', [x]);
  const axis = draw(shape.length);
  const fits = ({ at }: Watched): boolean =>
    at.shape.length === shape.length && shape.every((n, k) => k === axis || at.shape[k] === n);
  const others = [...b.reals.filter(fits), x];
  const parts = upTo(1 + draw(2)).map(() => {
    if (draw(4) > 0) return pick(others, draw);
    return randomConstant(
      shape.map((length, k) => (k === axis ? 1 + draw(2) : length)),
      draw,
    );
  });
  const all = shuffled([x, ...parts], draw);
  const count = all.reduce((total, { at }) => total + elementCount(at.shape), 0);
  return count > MOST_ELEMENTS ? b.emit('neg', [x]) : b.emit('concatenate', all, { axis });
};

/** The diagonal of two axes of equal length, or the tensor inside a larger one of zeros. */
const rearrange: Rule = (b, x, draw) => {
  const { shape } = x.at;
  const pairs = upTo(shape.length).flatMap((i) =>
    upTo(i)
      .filter((j) => shape[i] === shape[j])
      .map((j): readonly [number, number] => [j, i]),
  );
  if (pairs.length > 0 && draw(3) > 0) {
    const [low, high] = pick(pairs, draw);
    const kept = upTo(shape.length).filter((axis) => axis !== high);
    const lengths = kept.map((axis) => shape[axis] ?? 1);
    const to = kept.map((_, index) => single(index));
    const from = shape.map((_, axis) => single(kept.indexOf(axis === high ? low : axis)));
    const block = unitBlock(to, from, lengths, lengths, shape);
    return b.emit('rearrange', [x], rearrangeParameters(block));
  }
  const before = shape.map(() => draw(2));
  const lengths = shape.map((length, k) => length + (before[k] ?? 0) + draw(2));
  if (elementCount(lengths) > MOST_ELEMENTS) return b.emit('atan', [x]);
  const from = shape.map((_, axis) => single(axis));
  const to = shape.map((_, axis) => single(axis, before[axis]));
  return b.emit('rearrange', [x], rearrangeParameters(unitBlock(to, from, shape, lengths, shape)));
};

/** An operand for a product: a value, the same again, or a literal that shares a length. */
function factor(b: WatchedBuilder, x: Watched, draw: Draw): Watched {
  const kind = draw(5);
  if (kind === 0) return x;
  if (kind > 1) return b.recent(draw);
  const lengths = shuffled([...x.at.shape, 1 + draw(3)], draw);
  return randomConstant(lengths.slice(0, draw(3)), draw);
}

/** Axes of equal length, each at most once. */
function pairedAxes(x: Shape, y: Shape, draw: Draw): (readonly [number, number])[] {
  const free = new Set(upTo(y.length));
  return x.flatMap((length, axis) => {
    const mates = [...free].filter((other) => y[other] === length);
    if (mates.length === 0 || draw(3) === 0) return [];
    const mate = pick(mates, draw);
    free.delete(mate);
    return [[axis, mate] as const];
  });
}

const isSmall = (shape: Shape): boolean =>
  shape.length <= MOST_AXES && elementCount(shape) <= MOST_ELEMENTS;

const dot: Rule = (b, x, draw) => {
  const y = factor(b, x, draw);
  const pairs = shuffled(pairedAxes(x.at.shape, y.at.shape, draw), draw);
  const batches = pairs.filter(() => draw(3) === 0);
  const contracted = pairs.filter((each) => !batches.includes(each));
  const rest = (shape: Shape, side: 0 | 1): number[] =>
    shape.filter((_, axis) => !pairs.some((each) => each[side] === axis));
  const lengths = batches.map(([axis]) => x.at.shape[axis] ?? 1);
  if (!isSmall([...lengths, ...rest(x.at.shape, 0), ...rest(y.at.shape, 1)])) {
    return b.emit('tanh', [x]);
  }
  return b.emit('dot', [x, y], {
    leftContract: contracted.map(([axis]) => axis),
    rightContract: contracted.map(([, axis]) => axis),
    leftBatch: batches.map(([axis]) => axis),
    rightBatch: batches.map(([, axis]) => axis),
  });
};

const einsum: Rule = (b, x, draw) => {
  const y = factor(b, x, draw);
  const pairs = pairedAxes(x.at.shape, y.at.shape, draw);
  const left = upTo(x.at.shape.length);
  let next = left.length;
  const right = y.at.shape.map((_, axis) => pairs.find(([, own]) => own === axis)?.[0] ?? next++);
  const lengths = new Map(left.map((index) => [index, x.at.shape[index] ?? 1]));
  right.forEach((index, axis) => lengths.set(index, y.at.shape[axis] ?? 1));
  const out = shuffled([...lengths.keys()], draw).filter(() => draw(3) > 0);
  if (!isSmall(out.map((index) => lengths.get(index) ?? 1))) return b.emit('erf', [x]);
  return b.emit('einsum', [x, y], { left, right, out });
};

/** Every kind of step, with what keeps its operands in a comfortable domain. */
const rules: Readonly<Record<string, Rule>> = {
  add: pair('add'),
  sub: pair('sub'),
  mul: pair('mul'),
  div: positiveSecond('div'),
  neg: alone('neg'),
  integerPow: (b, x, draw) => {
    const exponent = draw(6) - 2;
    const operand = exponent < 0 ? b.atLeast(0.5, x) : b.within(2, x);
    return b.emit('integerPow', [operand], { exponent });
  },
  pow: (b, x, draw) => b.emit('pow', [b.atLeast(0.5, x), b.within(2, partner(b, x, draw))]),
  atan2: positiveSecond('atan2'),
  sqrt: onPositive('sqrt'),
  log: onPositive('log'),
  exp: onBounded('exp', 2),
  sinh: onBounded('sinh', 2),
  asin: onBounded('asin', 0.75),
  sin: alone('sin'),
  tanh: alone('tanh'),
  sigmoid: alone('sigmoid'),
  erf: alone('erf'),
  abs: offZero('abs'),
  sign: offZero('sign'),
  max: keptApart('max'),
  min: keptApart('min'),
  where: choice,
  convert: alone('convert'),
  stopGradient: alone('stopGradient'),
  sum: (b, x, draw) => b.emit('sum', [x], { axes: someAxes(x.at.shape, draw) }),
  reduceMax: extreme('reduceMax'),
  reduceMin: extreme('reduceMin'),
  transpose,
  reshape,
  squeeze,
  expandDims,
  broadcast,
  slice,
  concatenate,
  rearrange,
  dot,
  einsum,
};

/** Names of the primitives that a step is drawn for. */
export const generatedTensorPrimitives: readonly string[] = Object.keys(rules);

/** Those that act on whole tensors. */
const structural = generatedTensorPrimitives.slice(generatedTensorPrimitives.indexOf('sum'));

/** Numbers that a step has drawn, over and over. */
function drawFrom(choices: readonly number[]): Draw {
  let place = 0;
  return (below) => {
    const drawn = choices[place % choices.length] ?? 0;
    const round = Math.floor(place / choices.length);
    place += 1;
    return below <= 1 ? 0 : (drawn + 7 * round) % below;
  };
}

interface Drawn {
  readonly shapes: readonly Shape[];
  readonly numbers: readonly number[];
  readonly steps: readonly Step[];
  readonly outputs: readonly (readonly [kind: number, choice: number])[];
}

function build({ shapes, numbers, steps, outputs }: Drawn): SampledProgram {
  const b = new WatchedBuilder();
  let next = 0;
  const sample = shapes.map((shape): Tensor => {
    const data = upTo(elementCount(shape)).map(() => {
      const number = numbers[next % numbers.length] ?? 0;
      // Drawn numbers come round again a little changed.
      const again = Math.floor(next / numbers.length);
      next += 1;
      return Math.round(1000 * (number + 0.173 * again)) / 1000;
    });
    return { shape, data };
  });
  for (const tensor of sample) b.input(tensor);
  for (const { kind, choices } of steps) {
    if (b.builder.equationCount + MOST_EQUATIONS_A_STEP > MOST_EQUATIONS) break;
    const draw = drawFrom(choices);
    const rule = rules[kind];
    if (rule === undefined) throw new Error(`there is no step ${kind}`);
    b.reals.push(b.moderate(rule(b, b.recent(draw), draw)));
  }
  let before: Operand | undefined;
  outputs.forEach(([kind, drawn], place) => {
    const draw = drawFrom([drawn]);
    let operand: Operand | undefined;
    if (kind === 0) operand = randomConstant([2, 1], draw).operand;
    else if (kind === 1) operand = pick(b.inputs, draw).operand;
    else if (kind === 2) operand = before;
    // The first output is the last value, so that little of a program is dead.
    operand ??= place === 0 ? b.reals.at(-1)?.operand : pick(b.reals.slice(-6), draw).operand;
    if (operand === undefined) throw new Error('a program has an input');
    b.builder.output(`y${place + 1}`, operand);
    before = operand;
  });
  return { program: b.builder.build(), sample };
}

/** What the programs are to be used for. */
export interface TensorProgramOptions {
  /** False where the derivatives are to be those of the values, as differences see them. */
  readonly stopGradient?: boolean;
  /** At most this many steps; each makes 1 to 5 equations, 18 in all. */
  readonly steps?: number;
}

/**
 * Programs of 2 to 4 inputs of up to 3 axes of lengths 1 to 4, of 1 to 3 outputs and mostly 4 to 15
 * equations, with a sample point in about [−2, 2]. No value has more than 64 elements or 4 axes.
 * Shrinks to fewer equations.
 */
export function arbitraryTensorProgram(
  options: TensorProgramOptions = {},
): fc.Arbitrary<SampledProgram> {
  const { stopGradient = true, steps = 10 } = options;
  const names = generatedTensorPrimitives.filter((name) => stopGradient || name !== 'stopGradient');
  const nat = fc.nat({ max: 999_999 });
  // Few lengths in one program, so that shapes meet.
  const shapes = fc
    .uniqueArray(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 2 })
    .chain((lengths) =>
      fc.array(
        fc.array(fc.constantFrom(...lengths, ...lengths, 1), { maxLength: 3, size: 'max' }),
        { minLength: 2, maxLength: 4, size: 'max' },
      ),
    );
  const step: fc.Arbitrary<Step> = fc.record({
    kind: fc.oneof(
      { weight: 2, arbitrary: fc.constantFrom('add', 'mul', 'dot', 'einsum') },
      { weight: 3, arbitrary: fc.constantFrom(...structural) },
      { weight: 3, arbitrary: fc.constantFrom(...names) },
    ),
    choices: fc.array(nat, { minLength: 13, maxLength: 13 }),
  });
  return fc
    .record({
      shapes,
      numbers: fc.array(
        fc.integer({ min: -2000, max: 2000 }).map((thousandths) => thousandths / 1000),
        { minLength: 17, maxLength: 17 },
      ),
      steps: fc.array(step, { minLength: 3, maxLength: steps, size: 'max' }),
      outputs: fc.array(
        fc.tuple(
          fc.integer({ min: 0, max: 9 }).map((kind) => 9 - kind),
          nat,
        ),
        {
          minLength: 1,
          maxLength: 3,
          size: 'max',
        },
      ),
    })
    .map(build);
}
