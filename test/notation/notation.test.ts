import { describe, expect, it } from 'vitest';
import { add } from '../../src/notation/add.ts';
import { type Block, blockKey, canonicalBlock, elementCount } from '../../src/notation/block.ts';
import { type Composition, compose } from '../../src/notation/compose.ts';
import { denseBlock, flatPosition, forEachIndex, valuePosition } from '../../src/notation/dense.ts';
import { densifyAxis, splitIndex } from '../../src/notation/restructure.ts';
import { createRandom } from '../../src/support/random.ts';
import { type NumericBlock, randomBlock, randomShape } from './blocks.ts';

/** Dense product of two matrices. */
function product(a: readonly number[], b: readonly number[], inner: number): number[] {
  const rows = a.length / inner;
  const columns = b.length / inner;
  const result = Array.from({ length: rows * columns }, () => 0);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < columns; j += 1) {
      for (let k = 0; k < inner; k += 1) {
        result[i * columns + j] =
          (result[i * columns + j] ?? 0) + (a[i * inner + k] ?? 0) * (b[k * columns + j] ?? 0);
      }
    }
  }
  return result;
}

/** Reads the stored numbers of `target`'s structure off a dense matrix. */
function storedFrom(target: Block, dense: readonly number[]): number[] {
  const stored: number[] = [];
  const columns = elementCount(target.fromShape);
  forEachIndex(target.sizes, (indices) => {
    const row = flatPosition(target.to, target.toShape, target.sizes, indices);
    const column = flatPosition(target.from, target.fromShape, target.sizes, indices);
    stored[valuePosition(target, indices)] = dense[row * columns + column] ?? 0;
  });
  return stored;
}

/** Evaluates a composition as its plan says: one product for each combination of value classes. */
function evaluate(plan: Composition, outer: readonly number[], inner: readonly number[]): number[] {
  const { classSizes, result, resultClasses } = plan;
  const classes = new Set<number>();
  for (const operand of [plan.outer, plan.inner]) {
    for (const index of operand.block.value) classes.add(operand.places[index]?.class ?? -1);
  }
  const list = [...classes];
  const stored: number[] = [];
  const at = (operand: Composition['outer'], classIndex: ReadonlyMap<number, number>): number =>
    valuePosition(
      operand.block,
      operand.block.sizes.map((_, index) => {
        const place = operand.places[index];
        return place === undefined ? 0 : (classIndex.get(place.class) ?? 0) + place.start;
      }),
    );
  forEachIndex(
    list.map((each) => classSizes[each] ?? 0),
    (combination) => {
      const classIndex = new Map(list.map((each, k) => [each, combination[k] ?? 0]));
      const target = valuePosition(
        result,
        resultClasses.map((each) => classIndex.get(each) ?? 0),
      );
      const left = outer[at(plan.outer, classIndex)] ?? 0;
      const right = inner[at(plan.inner, classIndex)] ?? 0;
      stored[target] = (stored[target] ?? 0) + left * right * plan.repeats;
    },
  );
  return stored;
}

const random = createRandom(20261123);
const cases = Array.from({ length: 4000 }, () => {
  const [w, v, u] = [randomShape(random), randomShape(random), randomShape(random)];
  return { outer: randomBlock(random, w, v), inner: randomBlock(random, v, u), w, v, u };
});

/** The operand as the composition saw it, with its numbers carried over. */
function restored(original: NumericBlock, used: Block): number[] {
  return storedFrom(used, denseBlock(original.block, original.stored));
}

describe('composing two blocks', () => {
  it('has the entries of the dense product', () => {
    let zeros = 0;
    for (const { outer, inner, v } of cases) {
      const dense = product(
        denseBlock(outer.block, outer.stored),
        denseBlock(inner.block, inner.stored),
        elementCount(v),
      );
      const plan = compose(outer.block, inner.block);
      if (plan === undefined) {
        zeros += 1;
        expect(dense.every((entry) => entry === 0)).toBe(true);
        continue;
      }
      const stored = evaluate(
        plan,
        restored(outer, plan.outer.block),
        restored(inner, plan.inner.block),
      );
      expect(denseBlock(plan.result, stored)).toEqual(dense);
    }
    expect(zeros).toBeGreaterThan(20);
  });

  it('counts one multiplication for each combination of the indices of both values', () => {
    for (const { outer, inner } of cases) {
      const plan = compose(outer.block, inner.block);
      if (plan === undefined) continue;
      const sizes = new Map<number, number>();
      for (const operand of [plan.outer, plan.inner]) {
        for (const index of operand.block.value) {
          const at = operand.places[index]?.class ?? -1;
          sizes.set(at, plan.classSizes[at] ?? 0);
        }
      }
      const [a, b] = [plan.outer.block.coefficient, plan.inner.block.coefficient];
      const free = a === 'unit' || b === 'unit' || (a === 'constant' && b === 'constant');
      expect(plan.multiplications).toBe(free ? 0 : elementCount([...sizes.values()]));
    }
  });

  it('is associative in the entries it stands for', () => {
    for (let round = 0; round < 1500; round += 1) {
      const shapes = [0, 1, 2, 3].map(() => randomShape(random));
      const [w, v, u, t] = shapes;
      if (w === undefined || v === undefined || u === undefined || t === undefined) continue;
      const [a, b, c] = [
        randomBlock(random, w, v),
        randomBlock(random, v, u),
        randomBlock(random, u, t),
      ];
      const value = (x: NumericBlock, y: NumericBlock): NumericBlock | undefined => {
        const plan = compose(x.block, y.block);
        if (plan === undefined) return undefined;
        const stored = evaluate(plan, restored(x, plan.outer.block), restored(y, plan.inner.block));
        return { block: plan.result, stored };
      };
      const ab = value(a, b);
      const bc = value(b, c);
      const left = ab === undefined ? undefined : value(ab, c);
      const right = bc === undefined ? undefined : value(a, bc);
      const zero = Array.from({ length: elementCount(w) * elementCount(t) }, () => 0);
      expect(left === undefined ? zero : denseBlock(left.block, left.stored)).toEqual(
        right === undefined ? zero : denseBlock(right.block, right.stored),
      );
    }
  });

  it('gives counts that do not depend on how the operands name their indices', () => {
    for (const { outer, inner } of cases.slice(0, 500)) {
      const shifted: Block = {
        ...inner.block,
        to: inner.block.to.map((axis) => axis.map((f) => ({ ...f, index: f.index + 3 }))),
        from: inner.block.from.map((axis) => axis.map((f) => ({ ...f, index: f.index + 3 }))),
        value: inner.block.value.map((index) => index + 3),
        sizes: [1, 1, 1, ...inner.block.sizes],
      };
      const [a, b] = [compose(outer.block, inner.block), compose(outer.block, shifted)];
      expect(b?.multiplications).toBe(a?.multiplications);
      expect(b && blockKey(b.result)).toBe(a && blockKey(a.result));
    }
  });
});

describe('adding two blocks', () => {
  it('has the entries of the dense sum, and commutes', () => {
    for (const { w, u } of cases) {
      const x = randomBlock(random, w, u);
      const y = randomBlock(random, w, u);
      const denseX = denseBlock(x.block, x.stored);
      const denseY = denseBlock(y.block, y.stored);
      const dense = denseX.map((entry, k) => entry + (denseY[k] ?? 0));
      const sum = add(x.block, y.block);
      expect(denseBlock(sum, storedFrom(sum, dense))).toEqual(dense);
      expect(blockKey(add(y.block, x.block))).toBe(blockKey(sum));
    }
  });

  it('keeps a delta that both have', () => {
    const delta: Block = {
      to: [[{ index: 0, offset: 0 }]],
      from: [[{ index: 0, offset: 0 }]],
      value: [],
      sizes: [3],
      coefficient: 'unit',
      toShape: [3],
      fromShape: [3],
    };
    const sum = add(delta, { ...delta, value: [0], coefficient: 'variable' });
    expect(sum).toEqual({ ...delta, value: [0], coefficient: 'variable' });
    expect(add(delta, delta)).toEqual({ ...delta, coefficient: 'constant' });
  });
});

describe('less structure', () => {
  it('means the same entries after an axis went dense or an index was split', () => {
    let splits = 0;
    for (const { outer } of cases) {
      const dense = denseBlock(outer.block, outer.stored);
      for (const side of ['to', 'from'] as const) {
        outer.block[side].forEach((_, k) => {
          const looser = densifyAxis(outer.block, side, k);
          expect(denseBlock(looser, storedFrom(looser, dense))).toEqual(dense);
        });
      }
      outer.block.sizes.forEach((size, index) => {
        const split = size === 6 ? splitIndex(outer.block, index, [2, 3]) : undefined;
        if (split === undefined) return;
        splits += 1;
        expect(denseBlock(split, storedFrom(split, dense))).toEqual(dense);
      });
    }
    expect(splits).toBeGreaterThan(50);
  });

  it('has one canonical form for each structure', () => {
    for (const { outer } of cases.slice(0, 500)) {
      const canonical = canonicalBlock(outer.block);
      expect(blockKey(canonicalBlock(canonical))).toBe(blockKey(canonical));
    }
  });
});
