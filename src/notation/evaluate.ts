/** Evaluates compositions and value maps on stored numbers, one product for each index combination. */
import { type Block, elementCount, sizeOf } from './block.ts';
import type { ComposedOperand, Composition } from './compose.ts';
import { flatPosition, forEachIndex, valuePosition } from './dense.ts';

/** Shape of the stored value of a block: one axis an index of its value word. */
export function storedShape(block: Block): number[] {
  return block.value.map((index) => sizeOf(block.sizes, index));
}

/** Applies a unit block to a tensor; work: the volume of its index space. */
export function applyUnit(map: Block, numbers: readonly number[]): number[] {
  const result = Array.from({ length: elementCount(map.toShape) }, () => 0);
  forEachIndex(map.sizes, (indices) => {
    const to = flatPosition(map.to, map.toShape, map.sizes, indices);
    const from = flatPosition(map.from, map.fromShape, map.sizes, indices);
    result[to] = (result[to] ?? 0) + (numbers[from] ?? 0);
  });
  return result;
}

/** Classes that the stored values of a composition's operands depend on. */
export function valueClasses(operand: ComposedOperand): number[] {
  return operand.block.value.map((index) => {
    const place = operand.places[index];
    if (place === undefined) throw new Error(`index ${index} was not placed`);
    return place.class;
  });
}

/**
 * Stored numbers of a product, from those of its operands as they were composed.
 * @param outer stored numbers of `composition.outer.block`
 * @param inner stored numbers of `composition.inner.block`
 */
export function evaluateComposition(
  composition: Composition,
  outer: readonly number[],
  inner: readonly number[],
): number[] {
  const { classSizes, result, resultClasses, repeats } = composition;
  const classes = [
    ...new Set([...valueClasses(composition.outer), ...valueClasses(composition.inner)]),
  ];
  const stored = Array.from({ length: elementCount(storedShape(result)) }, () => 0);
  const numberOf = (
    operand: ComposedOperand,
    numbers: readonly number[],
    at: ReadonlyMap<number, number>,
  ): number => {
    const indices = operand.places.map((place) => (at.get(place.class) ?? 0) + place.start);
    return numbers[valuePosition(operand.block, indices)] ?? 0;
  };
  forEachIndex(
    classes.map((each) => sizeOf(classSizes, each)),
    (combination) => {
      const at = new Map(classes.map((each, k) => [each, combination[k] ?? 0]));
      const target = valuePosition(
        result,
        resultClasses.map((each) => at.get(each) ?? 0),
      );
      const product =
        numberOf(composition.outer, outer, at) * numberOf(composition.inner, inner, at);
      stored[target] = (stored[target] ?? 0) + product * repeats;
    },
  );
  return stored;
}
