import { describe, expect, it } from 'vitest';
import { add } from '../../src/notation/add.ts';
import type { Block } from '../../src/notation/block.ts';
import { compose } from '../../src/notation/compose.ts';
import { denseBlock } from '../../src/notation/dense.ts';
import { densifyAxis, splitIndex } from '../../src/notation/restructure.ts';
import { valueMap } from '../../src/notation/value-map.ts';
import { createRandom } from '../../src/support/random.ts';
import { type NumericBlock, randomBlock, randomShape } from './blocks.ts';

/** Applies a unit block to a stored tensor. */
function apply(map: Block, stored: readonly number[]): number[] {
  const matrix = denseBlock(map, [1]);
  const columns = stored.length;
  return Array.from({ length: matrix.length / columns }, (_, row) =>
    stored.reduce((sum, number, k) => sum + number * (matrix[row * columns + k] ?? 0), 0),
  );
}

function expectSame({ block, stored }: NumericBlock, loosened: Block): void {
  const moved = apply(valueMap(block, loosened), stored);
  expect(denseBlock(loosened, moved)).toEqual(denseBlock(block, stored));
}

describe('the map of stored numbers', () => {
  const random = createRandom(7);
  const cases = Array.from({ length: 2000 }, () => {
    const [w, u] = [randomShape(random), randomShape(random)];
    return { x: randomBlock(random, w, u), y: randomBlock(random, w, u) };
  });

  it('carries a block over to a denser axis', () => {
    for (const { x } of cases) {
      for (const side of ['to', 'from'] as const) {
        x.block[side].forEach((_, k) => {
          expectSame(x, densifyAxis(x.block, side, k));
        });
      }
    }
  });

  it('carries a block over to a split index', () => {
    let splits = 0;
    for (const { x } of cases) {
      x.block.sizes.forEach((size, index) => {
        const split =
          size === 6 || size === 4 ? splitIndex(x.block, index, [2, size / 2]) : undefined;
        if (split === undefined) return;
        splits += 1;
        expectSame(x, split);
      });
    }
    expect(splits).toBeGreaterThan(20);
  });

  it('carries both operands of a sum over to its structure', () => {
    for (const { x, y } of cases) {
      const sum = add(x.block, y.block);
      expectSame(x, sum);
      expectSame(y, sum);
    }
  });

  it('carries operands over to the structure they are composed in', () => {
    let restructured = 0;
    for (let round = 0; round < 3000; round += 1) {
      const [w, v, u] = [randomShape(random), randomShape(random), randomShape(random)];
      const outer = randomBlock(random, w, v);
      const inner = randomBlock(random, v, u);
      const plan = compose(outer.block, inner.block);
      if (plan === undefined) continue;
      if (plan.outer.block !== outer.block) restructured += 1;
      expectSame(outer, plan.outer.block);
      expectSame(inner, plan.inner.block);
    }
    expect(restructured).toBeGreaterThan(50);
  });
});
