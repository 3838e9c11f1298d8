/**
 * How the stored numbers of a block move when its structure is loosened: a unit block from the old
 * stored tensor to the new one. Old and new describe the same matrix, axis by axis; the new one has
 * fewer ties, wider windows, or other factors on an axis. Applying the unit block to the stored
 * tensor (places without an entry are 0) gives the numbers that the new structure stores.
 */
import { type Axis, type AxisFactor, type Block, sizeOf } from './block.ts';
import { compactBlock } from './compact.ts';

/** What one index of a block is made of, in classes of the value map. */
interface Parts {
  readonly axis: Axis;
}

function factorsOf(block: Block): readonly Axis[] {
  return [...block.to, ...block.from];
}

/**
 * The unit block that takes the stored tensor of `old` to that of `loosened`.
 * @throws Error where `loosened` has structure that `old` lacks
 */
export function valueMap(old: Block, loosened: Block): Block {
  const sizes: number[] = [];
  const fresh = (size: number): number => sizes.push(size) - 1;
  /** Axis of each old index in the old stored tensor. */
  const oldParts = new Map<number, Parts>();
  /** Axis of each new index in the new stored tensor. */
  const newParts = new Map<number, Parts>();

  const oldAxis = (index: number): Axis => {
    const known = oldParts.get(index);
    if (known !== undefined) return known.axis;
    const axis = [{ index: fresh(sizeOf(old.sizes, index)), offset: 0 }];
    oldParts.set(index, { axis });
    return axis;
  };

  const axes = factorsOf(loosened);
  const pairs = factorsOf(old).flatMap((oldFactors, place) => {
    const newFactors = axes[place];
    if (newFactors === undefined) throw new Error('a block lost an axis');
    return matched(oldFactors, newFactors, old, loosened);
  });
  // Splits first: what an index is made of has to be known wherever else it stands.
  for (const [from, to] of pairs) {
    const [source] = from;
    if (to.length === 1 || source === undefined) continue;
    if (!oldParts.has(source.index)) {
      const parts = to.map(({ index }) => fresh(sizeOf(loosened.sizes, index)));
      oldParts.set(source.index, { axis: parts.map((index) => ({ index, offset: 0 })) });
    }
    oldAxis(source.index).forEach((part, k) => {
      const target = to[k];
      if (target !== undefined && !newParts.has(target.index)) {
        newParts.set(target.index, { axis: [part] });
      }
    });
  }
  for (const [from, to] of pairs) {
    const [target] = to;
    if (to.length !== 1 || target === undefined || newParts.has(target.index)) continue;
    // position = old index + old offset = new index + new offset
    const merged = from.flatMap(({ index, offset }) => shifted(oldAxis(index), offset));
    newParts.set(target.index, { axis: shifted(merged, -target.offset) });
  }

  const axisOf = (parts: ReadonlyMap<number, Parts>, index: number): Axis => {
    const part = parts.get(index);
    if (part === undefined) throw new Error(`index ${index} has no place in the value map`);
    return part.axis;
  };
  return compactBlock({
    to: loosened.value.map((index) => axisOf(newParts, index)),
    from: old.value.map((index) => axisOf(oldParts, index)),
    value: [],
    sizes,
    coefficient: 'unit',
    toShape: loosened.value.map((index) => sizeOf(loosened.sizes, index)),
    fromShape: old.value.map((index) => sizeOf(old.sizes, index)),
  });
}

/** The axis with every position `by` further on; the last factor counts single positions. */
function shifted(axis: Axis, by: number): Axis {
  return axis.map((factor, k) =>
    k === axis.length - 1 ? { index: factor.index, offset: factor.offset + by } : factor,
  );
}

/** Pairs runs of old and new factors of one axis whose sizes multiply to the same. */
function matched(oldFactors: Axis, newFactors: Axis, old: Block, loosened: Block): [Axis, Axis][] {
  if (oldFactors.length === 1 && newFactors.length === 1) return [[oldFactors, newFactors]];
  if (newFactors.length === 1) return [[oldFactors, newFactors]];
  const pairs: [Axis, Axis][] = [];
  let next = 0;
  for (const factor of oldFactors) {
    const size = sizeOf(old.sizes, factor.index);
    const run: AxisFactor[] = [];
    let product = 1;
    while (product < size || run.length === 0) {
      const target = newFactors[next];
      if (target === undefined) throw new Error('factors of an axis do not match');
      run.push(target);
      product *= sizeOf(loosened.sizes, target.index);
      next += 1;
    }
    pairs.push([[factor], run]);
  }
  return pairs;
}
