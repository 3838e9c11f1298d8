/** Sums of products of two tensors. */
import { UserError } from '../support/user-error.ts';
import type { Elementwise } from './elementwise-methods.ts';
import { shapeError } from './parameters.ts';
import { rearrangeParameters } from './primitives/linear.ts';
import { record } from './recording.ts';
import { single, unitBlock } from './structure.ts';
import { resolveAxes, upTo } from './tensor-axes.ts';
import { reshape, squeeze, transpose } from './tensor-shapes.ts';
import type { Shape } from './types.ts';

/** Axes of the left and of the right operand that are paired, place by place. */
export type AxisPairs = readonly [left: readonly number[], right: readonly number[]];

/** What `dotGeneral` pairs: contracted axes, then batch axes (none if left out). */
export type DimensionNumbers = readonly [contract: AxisPairs, batch?: AxisPairs];

/**
 * Sum of products over contracted axes, as lax.dot_general has it. Axes of the result: batch, the
 * others of the left operand, the others of the right one.
 * @throws UserError shape-mismatch
 */
export function dotGeneral<T extends Elementwise>(
  x: T,
  y: T,
  [contract, batch = [[], []]]: DimensionNumbers,
): T {
  const axes = (side: T, given: readonly number[]): number[] =>
    resolveAxes('dotGeneral', side.shape, given);
  return record(x, 'dot', [x, y], {
    leftContract: axes(x, contract[0]),
    rightContract: axes(y, contract[1]),
    leftBatch: axes(x, batch[0]),
    rightBatch: axes(y, batch[1]),
  });
}

/**
 * Last axis of x by the last but one of y (its only one if y is a vector); a product for scalars.
 * @throws UserError shape-mismatch
 */
export function dot<T extends Elementwise>(x: T, y: T): T {
  if (x.shape.length === 0 || y.shape.length === 0) return x.mul(y);
  return contractLast('dot', x, y, [[], []]);
}

function contractLast<T extends Elementwise>(operation: string, x: T, y: T, batch: AxisPairs): T {
  const left = x.shape.length - 1;
  const right = Math.max(0, y.shape.length - 2);
  checkContraction(operation, x.shape, y.shape);
  return dotGeneral(x, y, [[[left], [right]], batch]);
}

function checkContraction(operation: string, x: Shape, y: Shape): void {
  const [inner, outer] = [x.at(-1), y[Math.max(0, y.length - 2)]];
  if (inner === outer) return;
  throw shapeError(
    operation,
    [x, y],
    `lengths ${inner ?? 1} and ${outer ?? 1} are to be summed over`,
  );
}

/**
 * Product of matrices, by NumPy's rules: vectors are a row on the left and a column on the right,
 * and axes before the last two are a batch and broadcast.
 * @throws UserError shape-mismatch
 */
export function matmul<T extends Elementwise>(x: T, y: T): T {
  if (x.shape.length === 0 || y.shape.length === 0) {
    throw shapeError('matmul', [x.shape, y.shape], 'scalars are multiplied by mul');
  }
  checkContraction('matmul', x.shape, y.shape);
  const [batchX, batchY] = [x.shape.slice(0, -2), y.shape.slice(0, -2)];
  if (batchX.length === 0 && batchY.length === 0) return contractLast('matmul', x, y, [[], []]);
  const same = batchX.length === batchY.length && batchX.every((n, k) => n === batchY[k]);
  const batch = upTo(batchX.length);
  return same ? contractLast('matmul', x, y, [batch, batch]) : broadcastProduct(x, y);
}

/**
 * A matmul whose batch axes differ: an axis of length 1 under a longer one is dropped, and what is
 * left is named in an einsum.
 */
function broadcastProduct<T extends Elementwise>(x: T, y: T): T {
  const rank = Math.max(x.shape.length, y.shape.length) - 2;
  const dropped: readonly [number[], number[]] = [[], []];
  const words: readonly [number[], number[]] = [[], []];
  for (const k of upTo(rank)) {
    const axes = [x, y].map(({ shape }) => k - rank + Math.max(0, shape.length - 2));
    const lengths = [x, y].map(({ shape }, side) => shape[axes[side] ?? -1] ?? 1);
    const [a = 1, b = 1] = lengths;
    if (a !== b && a !== 1 && b !== 1) {
      throw shapeError('matmul', [x.shape, y.shape], `batch lengths ${a} and ${b} meet`);
    }
    axes.forEach((axis, side) => {
      if (axis < 0) return;
      if (lengths[side] === Math.max(a, b)) words[side]?.push(k);
      else dropped[side]?.push(axis);
    });
  }
  const inner = rank;
  const row = x.shape.length === 1 ? [] : [rank + 1];
  const column = y.shape.length === 1 ? [] : [rank + 2];
  return numberedProduct(
    squeeze(x, dropped[0]),
    squeeze(y, dropped[1]),
    [...words[0], ...row, inner],
    [...words[1], inner, ...column],
    [...upTo(rank), ...row, ...column],
  );
}

/** einsum over numbers, which are renumbered in order of first appearance. */
function numberedProduct<T extends Elementwise>(
  x: T,
  y: T,
  left: readonly number[],
  right: readonly number[],
  out: readonly number[],
): T {
  const names = [...new Set([...left, ...right])];
  const word = (indices: readonly number[]): number[] =>
    indices.map((index) => names.indexOf(index));
  return record(x, 'einsum', [x, y], { left: word(left), right: word(right), out: word(out) });
}

/** x[i] · y[j] at [i, j]; tensors of other ranks are flattened first. */
export function outer<T extends Elementwise>(x: T, y: T): T {
  return dotGeneral(reshape(x, [-1]), reshape(y, [-1]), [[[], []]]);
}

interface EinsumWords {
  readonly operands: readonly string[];
  readonly out: string;
}

/** Letters are ASCII, so that each is one code unit. */
function lettersOf(word: string): string[] {
  return Array.from(word);
}

function specFault(spec: string, problem: string): UserError {
  return new UserError({
    code: 'einsum-spec',
    message: `einsum "${spec}": ${problem}; write for example "ij,jk->ik"`,
  });
}

/** Words of a specification; without "->" the indices that stand once, in alphabetical order. */
function readSpec(spec: string, operandCount: number): EinsumWords {
  const match = /^([A-Za-z]*(?:,[A-Za-z]*)*)(?:->([A-Za-z]*))?$/.exec(spec.replaceAll(' ', ''));
  if (match === null) throw specFault(spec, 'indices are letters, one an axis');
  const operands = (match[1] ?? '').split(',');
  if (operands.length !== operandCount) {
    throw specFault(spec, `${operands.length} words for ${operandCount} operands`);
  }
  const letters = lettersOf(operands.join(''));
  const once = letters.filter((letter) => letters.indexOf(letter) === letters.lastIndexOf(letter));
  const out = match[2] ?? once.sort().join('');
  const unknown = lettersOf(out).find((letter) => !letters.includes(letter));
  if (unknown !== undefined) throw specFault(spec, `no operand has the index ${unknown}`);
  if (new Set(out).size !== out.length) throw specFault(spec, 'the result repeats an index');
  return { operands, out };
}

/**
 * Sum of products over named indices (NumPy's einsum, without "..."), of one or two operands. The
 * diagonal is taken where an operand repeats an index, and an index that only one operand has is
 * summed before the product.
 * @throws UserError einsum-spec, shape-mismatch
 */
export function einsum<T extends Elementwise>(spec: string, x: T, y?: T): T {
  const { operands, out } = readSpec(spec, y === undefined ? 1 : 2);
  const [left = '', right = ''] = operands;
  const shapes = y === undefined ? [x.shape] : [x.shape, y.shape];
  checkLengths(spec, operands, shapes);
  const [first, leftWord] = prepared(x, left, right + out);
  if (y === undefined) {
    return transpose(
      first,
      lettersOf(out).map((letter) => leftWord.indexOf(letter)),
    );
  }
  const [second, rightWord] = prepared(y, right, left + out);
  const code = (word: string): number[] => lettersOf(word).map((letter) => letter.charCodeAt(0));
  return numberedProduct(first, second, code(leftWord), code(rightWord), code(out));
}

function checkLengths(spec: string, words: readonly string[], shapes: readonly Shape[]): void {
  const lengths = new Map<string, number>();
  words.forEach((word, k) => {
    const shape = shapes[k] ?? [];
    if (word.length !== shape.length) {
      throw shapeError(
        `einsum "${spec}"`,
        shapes,
        `"${word}" names ${word.length} axes of ${shape.length}`,
      );
    }
    lettersOf(word).forEach((letter, axis) => {
      const length = shape[axis] ?? 1;
      const known = lengths.get(letter) ?? length;
      if (known !== length) {
        throw shapeError(
          `einsum "${spec}"`,
          shapes,
          `the index ${letter} has the lengths ${known} and ${length}`,
        );
      }
      lengths.set(letter, length);
    });
  });
}

/** An operand on its diagonal, summed over the indices that nothing else needs; and its word. */
function prepared<T extends Elementwise>(x: T, word: string, needed: string): readonly [T, string] {
  const letters = [...new Set(word)];
  let value = x;
  if (letters.length < word.length) {
    const sizes = letters.map((letter) => x.shape[word.indexOf(letter)] ?? 1);
    const to = letters.map((_, index) => single(index));
    const from = lettersOf(word).map((letter) => single(letters.indexOf(letter)));
    const diagonal = unitBlock(to, from, sizes, sizes, x.shape);
    value = record(x, 'rearrange', [x], rearrangeParameters(diagonal));
  }
  const lone = letters.flatMap((letter, axis) => (needed.includes(letter) ? [] : [axis]));
  if (lone.length > 0) value = record(value, 'sum', [value], { axes: lone });
  return [value, letters.filter((letter) => needed.includes(letter)).join('')];
}
