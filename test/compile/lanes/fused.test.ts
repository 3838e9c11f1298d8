import { describe, expect, it } from 'vitest';
import { exactFma, integerFma, roundInteger } from '../../../src/compile/lanes/fused.ts';
import { anyNumber } from '../../support/elementary-cases.ts';
import { createRandom } from '../../../src/support/random.ts';

describe('the fused multiply-add', () => {
  it.each(['f64', 'f32'] as const)('is the integer one, rounded once, in %s', (precision) => {
    const random = createRandom(11);
    for (let k = 0; k < 20_000; k += 1) {
      let [x, y, z] = [0, 0, 0].map(() => anyNumber(precision, random)) as [number, number, number];
      // Half of the draws cancel almost fully, or lie near a tie.
      if (k % 2 === 0) z = precision === 'f64' ? -x * y : Math.fround(-x * y);
      if (k % 4 === 1)
        [x, y] = [1 + random.integer(8) * 2 ** -23, 1 + random.integer(8) * 2 ** -23];
      if (![x, y, z].every(Number.isFinite)) continue;
      const expected = integerFma(precision, x, y, z);
      const found = exactFma(precision, x, y, z);
      expect(Object.is(found, expected), `${x}·${y} + ${z}: ${found}, ${expected}`).toBe(true);
    }
  });

  it('keeps what a product and a sum lose', () => {
    const x = 1 + 2 ** -30;
    expect(exactFma('f64', x, x, -(1 + 2 ** -29))).toBe(2 ** -60);
    expect(x * x - (1 + 2 ** -29)).toBe(0);
  });

  it('rounds integers to even at ties, to subnormal numbers and to infinity', () => {
    expect(roundInteger('f64', (1n << 53n) + 1n, 0)).toBe(2 ** 53);
    expect(roundInteger('f64', (1n << 53n) + 3n, 0)).toBe(2 ** 53 + 4);
    expect(roundInteger('f64', 3n, -1075)).toBe(2 ** -1073);
    expect(roundInteger('f64', 1n, 1024)).toBe(Infinity);
    expect(roundInteger('f32', 3n, -150)).toBe(2 ** -148);
    expect(roundInteger('f32', -1n, 128)).toBe(-Infinity);
  });

  it('treats infinities, NaN and zeros as IEEE 754 does', () => {
    expect(exactFma('f64', Infinity, 1, -Infinity)).toBeNaN();
    expect(exactFma('f64', 0, Infinity, 1)).toBeNaN();
    expect(exactFma('f64', 2 ** 1000, 2 ** 1000, -Infinity)).toBe(-Infinity);
    expect(exactFma('f64', -1, 0, -0)).toBe(-0);
    expect(exactFma('f64', -1, 0, 0)).toBe(0);
  });
});
