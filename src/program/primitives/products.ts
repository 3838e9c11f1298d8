/** Sums of products of two tensors. */
import { listParameter, shapeError } from '../parameters.ts';
import type { StructuralPrimitive } from '../primitive.ts';
import type { Structure } from '../structure.ts';
import type { Shape } from '../types.ts';

/**
 * The structure of a product over named indices.
 * @throws UserError shape-mismatch
 */
function product(
  operation: string,
  [left = [], right = []]: readonly Shape[],
  [leftWord, rightWord, out]: readonly [readonly number[], readonly number[], readonly number[]],
): Structure {
  const sizes: number[] = [];
  const words: [Shape, readonly number[]][] = [
    [left, leftWord],
    [right, rightWord],
  ];
  for (const [shape, word] of words) {
    if (word.length !== shape.length) {
      throw shapeError(operation, [left, right], `${word.length} indices for ${shape.length} axes`);
    }
    word.forEach((index, axis) => {
      const length = shape[axis] ?? 1;
      const known = sizes[index];
      if (known !== undefined && known !== length) {
        throw shapeError(operation, [left, right], `axes of length ${known} and ${length} meet`);
      }
      sizes[index] = length;
    });
  }
  for (const [, word] of [...words, [[], out] as const]) {
    if (new Set(word).size !== word.length) {
      throw shapeError(operation, [left, right], 'an index stands twice in one word');
    }
  }
  const shape = out.map((index) => {
    const length = sizes[index];
    if (length === undefined) {
      throw shapeError(operation, [left, right], 'the result has an index that no operand has');
    }
    return length;
  });
  return { kind: 'bilinear', shape, left: leftWord, right: rightWord, out, sizes };
}

const dot: StructuralPrimitive = {
  class: 'structural',
  name: 'dot',
  summary:
    'sum of products over the contracted axes; axes of the result: batch, rest of the left, rest of the right',
  arity: 2,
  parameters: ['leftContract', 'rightContract', 'leftBatch', 'rightBatch'],
  structure: (shapes, parameters) => {
    const [left = [], right = []] = shapes;
    const contracted = [
      listParameter(parameters, 'leftContract'),
      listParameter(parameters, 'rightContract'),
    ] as const;
    const batch = [
      listParameter(parameters, 'leftBatch'),
      listParameter(parameters, 'rightBatch'),
    ] as const;
    if (contracted[0].length !== contracted[1].length || batch[0].length !== batch[1].length) {
      throw shapeError('dot', shapes, 'as many axes of the left as of the right are paired');
    }
    let next = 0;
    const leftWord: number[] = left.map(() => next++);
    const rightWord: number[] = right.map((_, axis) => {
      const pair = contracted[1].indexOf(axis);
      const shared = pair >= 0 ? contracted[0][pair] : batch[0][batch[1].indexOf(axis)];
      return shared === undefined ? next++ : (leftWord[shared] ?? next++);
    });
    const free = (word: readonly number[], taken: readonly number[]): number[] =>
      word.filter((_, axis) => !taken.includes(axis));
    const out = [
      ...batch[0].map((axis) => leftWord[axis] ?? -1),
      ...free(leftWord, [...contracted[0], ...batch[0]]),
      ...free(rightWord, [...contracted[1], ...batch[1]]),
    ];
    return product('dot', shapes, [leftWord, rightWord, out]);
  },
};

const einsum: StructuralPrimitive = {
  class: 'structural',
  name: 'einsum',
  summary: 'result[out] = Σ left[left] · right[right], one number an index',
  arity: 2,
  parameters: ['left', 'right', 'out'],
  structure: (shapes, parameters) =>
    product('einsum', shapes, [
      listParameter(parameters, 'left'),
      listParameter(parameters, 'right'),
      listParameter(parameters, 'out'),
    ]),
};

export const products: readonly StructuralPrimitive[] = [dot, einsum];
