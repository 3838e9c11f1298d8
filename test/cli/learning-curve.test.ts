import { describe, expect, it } from 'vitest';
import { drawCurve } from '../../src/cli/learning-curve.ts';

describe('a drawn curve', () => {
  it('has the highest mean at the top and the lowest an eighth high', () => {
    expect(drawCurve([31, 16, 0], { columns: 10, rows: 2 })).toEqual(['31.0 │█▁', ' 0.0 │██▁']);
  });

  it('joins values into columns of equal length, each their mean', () => {
    const values = [4, 6, 0, 2, 10];
    // Means 5, 1 and 10; of 8 eighths the lowest has 1.
    expect(drawCurve(values, { columns: 3, rows: 1 })).toEqual(['10.0 │▄▁█']);
  });

  it('draws one line where all values are equal, and nothing where there are none', () => {
    expect(drawCurve([7, 7], { columns: 5, rows: 2 })).toEqual(['7.0 │', '7.0 │▁▁']);
    expect(drawCurve([], { columns: 5, rows: 2 })).toEqual([]);
  });
});
