/**
 * What a structural primitive does with whole tensors. Everything that moves, repeats, joins or sums
 * elements is linear: result = Σₖ blockₖ · operandₖ with unit blocks (index notation,
 * src/notation), so that evaluation, partials, code and scalarisation read the same data.
 */
import type { Axis, Block } from '../notation/block.ts';
import { elementCount, sameShape } from './shapes.ts';
import type { Shape } from './types.ts';

/** How the elements of a result are made of the elements of the operands. */
export type Structure =
  | {
      /** result = Σₖ blockₖ · operandₖ; every block is a unit. */
      readonly kind: 'linear';
      readonly shape: Shape;
      /** One an operand. */
      readonly blocks: readonly Block[];
    }
  | {
      /** result[out] = Σ left[left word] · right[right word] over the indices `out` lacks. */
      readonly kind: 'bilinear';
      readonly shape: Shape;
      /** One index an axis, each at most once in a word; `out` has no index of its own. */
      readonly left: readonly number[];
      readonly right: readonly number[];
      readonly out: readonly number[];
      /** Length of each index. */
      readonly sizes: readonly number[];
    }
  | {
      /** The largest or smallest of the elements that `block` joins to each element of the result. */
      readonly kind: 'extreme';
      readonly shape: Shape;
      readonly choose: 'max' | 'min';
      readonly block: Block;
    };

/** Index k alone on an axis, from its beginning. */
export function single(index: number, offset = 0): Axis {
  return [{ index, offset }];
}

/** A block of ones along deltas. */
export function unitBlock(
  to: readonly Axis[],
  from: readonly Axis[],
  sizes: readonly number[],
  toShape: Shape,
  fromShape: Shape,
): Block {
  return { to, from, value: [], sizes, coefficient: 'unit', toShape, fromShape };
}

/** The block of a tensor with respect to itself. */
export function identityBlock(shape: Shape): Block {
  const axes = shape.map((_, axis) => single(axis));
  return unitBlock(axes, axes, shape, shape, shape);
}

/**
 * The block of a reshape: runs of axes whose lengths multiply to the same are tied as lists of
 * factors; axes of length 1 stand alone. Undefined where the factors of the two shapes have no
 * common refinement, such as [2, 3] and [3, 2].
 */
export function reshapeBlock(from: Shape, to: Shape): Block | undefined {
  if (elementCount(from) !== elementCount(to)) return undefined;
  if (sameShape(from, to)) return identityBlock(from);
  const sizes: number[] = [];
  const fresh = (size: number): number => sizes.push(size) - 1;
  const fromAxes: Axis[] = from.map((length) => (length === 1 ? single(fresh(1)) : []));
  const toAxes: Axis[] = to.map((length) => (length === 1 ? single(fresh(1)) : []));
  let [i, j] = [0, 0];
  let [restFrom, restTo] = [1, 1];
  // Greatest common pieces, most significant first.
  for (;;) {
    while (restFrom === 1 && i < from.length) restFrom = from[i++] ?? 1;
    while (restTo === 1 && j < to.length) restTo = to[j++] ?? 1;
    if (restFrom === 1 && restTo === 1) break;
    const small = Math.min(restFrom, restTo);
    if (small <= 1 || Math.max(restFrom, restTo) % small !== 0) return undefined;
    const index = fresh(small);
    fromAxes[i - 1] = [...(fromAxes[i - 1] ?? []), { index, offset: 0 }];
    toAxes[j - 1] = [...(toAxes[j - 1] ?? []), { index, offset: 0 }];
    restFrom /= small;
    restTo /= small;
  }
  return unitBlock(toAxes, fromAxes, sizes, to, from);
}

/** Whether a unit block gives back its operand: each axis is tied to its like, whole and unshifted. */
export function isIdentityBlock({ to, from, sizes, toShape, fromShape }: Block): boolean {
  if (!sameShape(toShape, fromShape)) return false;
  const seen = new Set<number>();
  const tied = to.every((axis, k) => {
    const other = from[k];
    const same = axis.every(({ index, offset }, place) => {
      const twin = other?.[place];
      const fresh = !seen.has(index);
      seen.add(index);
      return fresh && offset === 0 && twin?.index === index && twin.offset === 0;
    });
    const covered = axis.reduce((length, { index }) => length * (sizes[index] ?? 0), 1);
    return same && axis.length === other?.length && covered === toShape[k];
  });
  // An index that stands on no axis would sum the operand over and over.
  return tied && sizes.every((size, index) => size === 1 || seen.has(index));
}
