/** Seeded random Programs over small tensors, with a point where every value is smooth and finite. */
import type { Random } from '../../src/support/random.ts';
import { ProgramBuilder } from '../../src/program/builder.ts';
import { reshapeBlock } from '../../src/program/structure.ts';
import type { Operand, Program, Shape, Tensor } from '../../src/program/types.ts';
import { literal, literalTensor, realType } from '../../src/program/values.ts';

/** A Program and a point to evaluate it at. */
export interface TensorProgram {
  readonly program: Program;
  readonly sample: readonly Tensor[];
}

const count = (shape: Shape): number => shape.reduce((product, length) => product * length, 1);

function pick<T>(random: Random, list: readonly T[]): T {
  const item = list[random.integer(list.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

function shapesInto(from: Shape): Shape[] {
  const total = count(from);
  const candidates: Shape[] = [[total], [1, total], [total, 1], [...from, 1], [1, ...from]];
  for (let first = 2; first < total; first += 1) {
    if (total % first === 0) candidates.push([first, total / first]);
  }
  return candidates.filter((to) => reshapeBlock(from, to) !== undefined);
}

function fits(a: Shape, b: Shape): boolean {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, k) => k).every((k) => {
    const [x, y] = [a[a.length - 1 - k] ?? 1, b[b.length - 1 - k] ?? 1];
    return x === y || x === 1 || y === 1;
  });
}

/** Makes a Program of about `steps` equations. */
export function randomTensorProgram(random: Random, steps = 7): TensorProgram {
  const builder = new ProgramBuilder('random');
  const sizes = random.shuffle([1, 2, 3]).slice(0, 2);
  const randomShape = (): Shape =>
    Array.from({ length: pick(random, [0, 1, 1, 2, 2, 2, 3]) }, () => pick(random, sizes));
  const randomNumbers = (shape: Shape): number[] =>
    Array.from({ length: count(shape) }, () => 0.2 + 1.3 * random.next());
  const values: Operand[] = [];
  const sample = Array.from({ length: 1 + random.integer(3) }, (_, k) => {
    const shape = randomShape();
    values.push(builder.input(`x${k}`, realType(shape)));
    return { shape, data: randomNumbers(shape) };
  });
  const shapeOf = (operand: Operand): Shape => builder.typeOf(operand).shape;
  const recent = (): Operand => pick(random, random.integer(2) === 0 ? values.slice(-3) : values);

  const someAxes = (shape: Shape): number[] => {
    const axes = shape.map((_, axis) => axis).filter(() => random.integer(2) === 0);
    return axes.length === 0 && shape.length > 0 ? [random.integer(shape.length)] : axes;
  };
  const unary = (): Operand => {
    const name = pick(random, ['sin', 'tanh', 'neg', 'sigmoid', 'cos', 'convert', 'stopGradient']);
    return builder.emit(name, [recent()]);
  };
  const binary = (): Operand => {
    const x = recent();
    const partners = values.filter((value) => fits(shapeOf(value), shapeOf(x)));
    const shape = shapeOf(x);
    const known = pick<() => Operand>(random, [
      () => literal(pick(random, [1, -1, 2, 0.5])),
      () => literalTensor(shape, randomNumbers(shape)),
      () => {
        const short = shape.slice(random.integer(shape.length + 1));
        return literalTensor(short, randomNumbers(short));
      },
    ]);
    const y = random.integer(4) === 0 ? known() : pick(random, partners);
    const pair = random.integer(2) === 0 ? [x, y] : [y, x];
    const name = pick(random, ['add', 'sub', 'mul', 'mul', 'mul', 'div', 'max', 'where', 'atan2']);
    if (name === 'where') {
      return builder.emit('where', [builder.emit('lt', pair), ...pair]);
    }
    if (name !== 'div' && name !== 'atan2') return builder.emit(name, pair);
    // 1.5 + sin stays away from 0.
    const [top, bottom] = pair;
    if (top === undefined || bottom === undefined) throw new Error('a pair has two');
    return builder.emit(name, [top, builder.emit('add', [1.5, builder.emit('sin', [bottom])])]);
  };
  const linear = (): Operand | undefined => {
    const x = recent();
    const shape = shapeOf(x);
    switch (random.integer(9)) {
      case 0:
        return shape.length === 0 ? undefined : builder.emit('sum', [x], { axes: someAxes(shape) });
      case 1:
        return builder.emit('transpose', [x], {
          permutation: random.shuffle(shape.map((_, axis) => axis)),
        });
      case 2:
      case 3:
        return builder.emit('reshape', [x], { shape: pick(random, shapesInto(shape)) });
      case 4: {
        if (shape.length >= 3) return undefined;
        const axis = random.integer(shape.length + 1);
        const length = pick(random, sizes);
        const to = [...shape.slice(0, axis), length, ...shape.slice(axis)];
        const axes = shape.map((_, k) => (k < axis ? k : k + 1));
        return builder.emit('broadcast', [x], { shape: to, axes });
      }
      case 5:
      case 6: {
        if (shape.length === 0) return undefined;
        const start = shape.map((length) => random.integer(length));
        const limit = shape.map((length, k) => {
          const low = start[k] ?? 0;
          return low + 1 + random.integer(length - low);
        });
        return builder.emit('slice', [x], { start, limit });
      }
      case 7: {
        if (shape.length === 0) return undefined;
        const axis = random.integer(shape.length);
        const others = values.filter((value) => {
          const other = shapeOf(value);
          return (
            other.length === shape.length && other.every((n, k) => k === axis || n === shape[k])
          );
        });
        return builder.emit('concatenate', [x, pick(random, others), x].slice(0, 2), { axis });
      }
      default:
        return builder.emit('expandDims', [x], { axes: [random.integer(shape.length + 1)] });
    }
  };
  const product = (): Operand => {
    const [x, y] = [recent(), recent()];
    const [left, right] = [shapeOf(x), shapeOf(y)];
    const lengths: number[] = [];
    const leftWord = left.map((length) => lengths.push(length) - 1);
    const taken = new Set<number>();
    const rightWord = right.map((length) => {
      const partner = leftWord.find((k) => lengths[k] === length && !taken.has(k));
      if (partner === undefined || random.integer(3) === 0) return lengths.push(length) - 1;
      taken.add(partner);
      return partner;
    });
    const all = lengths.map((_, k) => k).filter(() => random.integer(2) === 0);
    const out = random.shuffle(all).slice(0, 3);
    return builder.emit('einsum', [x, y], { left: leftWord, right: rightWord, out });
  };
  const extreme = (): Operand | undefined => {
    const x = recent();
    const shape = shapeOf(x);
    if (shape.length === 0) return undefined;
    const name = pick(random, ['reduceMax', 'reduceMin']);
    return builder.emit(name, [x], { axes: someAxes(shape) });
  };
  const makers = [unary, binary, binary, linear, linear, product, extreme];
  while (values.length < sample.length + steps) {
    const made = pick<() => Operand | undefined>(random, makers)();
    if (made !== undefined && count(shapeOf(made)) <= 36) values.push(made);
  }
  const outputs = random.shuffle(values.slice(sample.length)).slice(0, 1 + random.integer(2));
  const last = values.at(-1);
  if (last !== undefined && !outputs.includes(last)) outputs.push(last);
  outputs.forEach((operand, k) => {
    builder.output(`y${k}`, operand);
  });
  return { program: builder.build(), sample };
}
