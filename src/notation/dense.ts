/** Blocks written out as dense matrices: the slow, obvious meaning of index notation. */
import { type Axis, type Block, elementCount, sizeOf } from './block.ts';

/** Calls `visit` for every combination of values of the given indices, last index fastest. */
export function forEachIndex(
  sizes: readonly number[],
  visit: (indices: readonly number[]) => void,
): void {
  const current = sizes.map(() => 0);
  if (sizes.some((size) => size === 0)) return;
  for (;;) {
    visit(current);
    let axis = sizes.length - 1;
    while (axis >= 0) {
      const next = (current[axis] ?? 0) + 1;
      if (next < (sizes[axis] ?? 0)) {
        current[axis] = next;
        break;
      }
      current[axis] = 0;
      axis -= 1;
    }
    if (axis < 0) return;
  }
}

/** Position along one axis, where the block's indices have the given values. */
export function axisPosition(
  axis: Axis,
  sizes: readonly number[],
  indices: readonly number[],
): number {
  return axis.reduce(
    (position, { index, offset }) =>
      position * sizeOf(sizes, index) + (indices[index] ?? 0) + offset,
    0,
  );
}

/** Row-major place in a tensor of the element that the axes point at. */
export function flatPosition(
  axes: readonly Axis[],
  shape: readonly number[],
  sizes: readonly number[],
  indices: readonly number[],
): number {
  return axes.reduce(
    (flat, axis, k) => flat * (shape[k] ?? 1) + axisPosition(axis, sizes, indices),
    0,
  );
}

/** Row-major place in the stored value of a block. */
export function valuePosition(block: Block, indices: readonly number[]): number {
  return block.value.reduce(
    (flat, index) => flat * sizeOf(block.sizes, index) + (indices[index] ?? 0),
    0,
  );
}

/**
 * The dense matrix of a block, elements of `to` × elements of `from`, row-major.
 * @param stored the stored numbers, row-major over the value word (one number where it is empty)
 */
export function denseBlock(block: Block, stored: readonly number[]): number[] {
  const columns = elementCount(block.fromShape);
  const matrix = Array.from({ length: elementCount(block.toShape) * columns }, () => 0);
  forEachIndex(block.sizes, (indices) => {
    const row = flatPosition(block.to, block.toShape, block.sizes, indices);
    const column = flatPosition(block.from, block.fromShape, block.sizes, indices);
    matrix[row * columns + column] = stored[valuePosition(block, indices)] ?? 0;
  });
  return matrix;
}
