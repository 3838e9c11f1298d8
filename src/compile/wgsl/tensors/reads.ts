/** How equations on tensors come by their elements: what can be joined depends on nothing else. */
import { primitiveNamed } from '../../../program/primitives.ts';
import { elementCount } from '../../../program/shapes.ts';
import { single, type Structure } from '../../../program/structure.ts';
import type { Equation, Shape } from '../../../program/types.ts';
import { type Place, placeOfAxes } from '../../element-places.ts';
import { isGuarded, summedIndices } from './block-indices.ts';

/** What an equation reads. */
export interface EquationReads {
  /** Whether it only moves elements, maybe with zeros between them. */
  readonly isMove: boolean;
  /** By operand: how often an element of it is read, for all elements of the result. */
  readonly terms: readonly number[];
  /** By operand: whether an element of the result needs the element at the same place only. */
  readonly aligned: readonly boolean[];
}

/** What a structural equation does with shapes; `undefined` for what is computed element by element. */
export function structureOf(
  { primitive: name, parameters }: Equation,
  shapes: readonly Shape[],
): Structure | undefined {
  const primitive = primitiveNamed(name);
  return primitive.class === 'structural' ? primitive.structure(shapes, parameters) : undefined;
}

/** @param shapes of the operands */
export function readsOf(equation: Equation, shapes: readonly Shape[]): EquationReads {
  const count = elementCount(equation.type.shape);
  const structure = structureOf(equation, shapes);
  switch (structure?.kind) {
    case undefined: {
      // What broadcasts and has as many elements differs by leading axes of length 1.
      const aligned = shapes.map((shape) => elementCount(shape) === count);
      return { isMove: false, terms: shapes.map(() => count), aligned };
    }
    case 'linear': {
      const { blocks } = structure;
      const [block] = blocks;
      const terms = blocks.map(({ sizes }) => elementCount(sizes));
      const isMove = blocks.every((each) => summedIndices(each).length === 0);
      if (!isMove || block === undefined || blocks.length > 1 || isGuarded(block)) {
        return { isMove, terms, aligned: blocks.map(() => false) };
      }
      const { to, toShape, from, fromShape, sizes } = block;
      const isAligned =
        elementCount(fromShape) === count &&
        samePlace(placeOfAxes(to, toShape, sizes), placeOfAxes(from, fromShape, sizes), sizes);
      return { isMove, terms, aligned: [isAligned] };
    }
    case 'bilinear': {
      const { left, right, out, sizes } = structure;
      const terms = elementCount(sizes);
      const own = placeOfWord(out, sizes);
      const aligned = [left, right].map(
        (word) => terms === count && samePlace(placeOfWord(word, sizes), own, sizes),
      );
      return { isMove: false, terms: [terms, terms], aligned };
    }
    case 'extreme':
      return { isMove: false, terms: [elementCount(structure.block.sizes)], aligned: [false] };
  }
}

function placeOfWord(word: readonly number[], sizes: readonly number[]): Place {
  const axes = word.map((index) => single(index));
  const shape = word.map((index) => sizes[index] ?? 1);
  return placeOfAxes(axes, shape, sizes);
}

/** Whether two places are the same wherever the indices are. */
function samePlace(a: Place, b: Place, sizes: readonly number[]): boolean {
  return (
    a.constant === b.constant &&
    sizes.every(
      (size, index) => size === 1 || (a.strides.get(index) ?? 0) === (b.strides.get(index) ?? 0),
    )
  );
}
