import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { nestedFromTensor, tensorFromNested } from '../../src/subject/tensors.ts';

describe('nested arrays', () => {
  it('become row-major tensors and the same arrays again', () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 4 });
    fc.assert(
      fc.property(shapes, (shape) => {
        const size = shape.reduce((product, length) => product * length, 1);
        const data = Array.from({ length: size }, (_, index) => index);
        const nested = nestedFromTensor({ shape, data });
        expect(tensorFromNested(nested, shape, 'x')).toEqual({ shape, data });
      }),
      { seed: 1 },
    );
  });

  it('of typed arrays are read too', () => {
    expect(tensorFromNested([new Float64Array([1, 2]), [3, 4]], [2, 2], 'x').data).toEqual([
      1, 2, 3, 4,
    ]);
  });

  it.each([
    [[1, 2], [3], 'value-shape', 'x'],
    [[[1], [2, 3]], [2, 1], 'value-shape', 'x[1]'],
    [[1, NaN], [2], 'value-number', 'x[1]'],
    [[1, -Infinity], [2], 'value-number', 'x[1]'],
    ['1', [], 'value-shape', 'x'],
    [null, [], 'value-shape', 'x'],
    [{ length: 1, 0: 1 }, [1], 'value-shape', 'x'],
    [5, [1], 'value-shape', 'x'],
  ])('%j is no tensor of shape %j', (value, shape, code, at) => {
    expect(() => tensorFromNested(value, shape, 'x')).toThrow(
      expect.objectContaining({ name: 'UserError', code, at }) as Error,
    );
  });
});
