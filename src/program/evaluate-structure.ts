/**
 * Evaluates structural primitives over any kind of number, straight from their data: the slow,
 * obvious meaning that every other path is tested against. Work: the volume of the index space.
 */
import { flatPosition, forEachIndex } from '../notation/dense.ts';
import { type Arithmetic, extremeTerm, sumProducts, sumTerms } from './arithmetic.ts';
import { elementAt, elementCount } from './shapes.ts';
import { single, type Structure } from './structure.ts';
import type { Tensor } from './types.ts';

/** The terms of each element of the result, in the order in which they are summed. */
function gather<T>(
  shape: readonly number[],
  visit: (put: (place: number, term: T) => void) => void,
): T[][] {
  const terms: T[][] = Array.from({ length: elementCount(shape) }, () => []);
  visit((place, term) => terms[place]?.push(term));
  return terms;
}

/**
 * The value of one equation.
 * @param operands tensors of the shapes the structure was made for
 */
export function evaluateStructure<T>(
  structure: Structure,
  operands: readonly Tensor<T>[],
  arithmetic: Arithmetic<T>,
): Tensor<T> {
  const { shape } = structure;
  const operand = (k: number): Tensor<T> => {
    const tensor = operands[k];
    if (tensor === undefined) throw new Error(`operand ${k + 1} is missing`);
    return tensor;
  };
  switch (structure.kind) {
    case 'linear': {
      const terms = gather<T>(shape, (put) => {
        structure.blocks.forEach((block, k) => {
          forEachIndex(block.sizes, (indices) => {
            const from = flatPosition(block.from, block.fromShape, block.sizes, indices);
            put(
              flatPosition(block.to, block.toShape, block.sizes, indices),
              elementAt(operand(k), from),
            );
          });
        });
      });
      return { shape, data: terms.map((each) => sumTerms(arithmetic, each)) };
    }
    case 'bilinear': {
      const { left, right, out, sizes } = structure;
      const place = (word: readonly number[], indices: readonly number[]): number =>
        flatPosition(
          word.map((index) => single(index)),
          word.map((index) => sizes[index] ?? 1),
          sizes,
          indices,
        );
      const pairs = gather<readonly [T, T]>(shape, (put) => {
        forEachIndex(sizes, (indices) => {
          put(place(out, indices), [
            elementAt(operand(0), place(left, indices)),
            elementAt(operand(1), place(right, indices)),
          ]);
        });
      });
      return { shape, data: pairs.map((each) => sumProducts(arithmetic, each)) };
    }
    case 'extreme': {
      const { block, choose } = structure;
      const candidates = gather<T>(shape, (put) => {
        forEachIndex(block.sizes, (indices) => {
          const from = flatPosition(block.from, block.fromShape, block.sizes, indices);
          put(
            flatPosition(block.to, block.toShape, block.sizes, indices),
            elementAt(operand(0), from),
          );
        });
      });
      return { shape, data: candidates.map((each) => extremeTerm(arithmetic, choose, each)) };
    }
  }
}
