import { describe, expect, it } from 'vitest';

import { joinMarks, spreadLabels } from '../../web/view/curve-marks.ts';
import { neighbourOn, smoothLine } from '../../web/view/geometry.ts';

describe('lines of the drawing', () => {
  it('begin and end at the rims of their vertices, which are 11 from their middles', () => {
    const points = [
      [0, 10],
      [100, 50],
    ] as const;
    expect(smoothLine(points, 'rightwards')).toMatch(/^M11\.0 10\.0C.* 89\.0 50\.0$/);
    expect(smoothLine(points, 'downwards')).toMatch(/^M10\.0 11\.0C.* 50\.0 89\.0$/);
  });
});

describe('arrow keys', () => {
  const points = [
    [0, 0],
    [40, 5],
    [45, 60],
    [0, 50],
  ];

  it('reach the nearest vertex on their way', () => {
    expect(neighbourOn(points, 0, 'right')).toBe(1);
    expect(neighbourOn(points, 0, 'down')).toBe(3);
    expect(neighbourOn(points, 2, 'left')).toBe(3);
  });

  it('reach nothing where nothing lies that way', () => {
    expect(neighbourOn(points, 0, 'left')).toBeUndefined();
    expect(neighbourOn(points, 0, 'up')).toBeUndefined();
  });
});

describe('labels of the curve', () => {
  it('stand apart, in their order, and within the room', () => {
    for (const places of [[0, 2, 4], [90, 95, 99], [0, 50, 100], []]) {
      const spread = spreadLabels(places, 12, 100);
      expect(spread).toHaveLength(places.length);
      spread.slice(1).forEach((place, index) => {
        expect(place - (spread[index] ?? NaN)).toBeGreaterThanOrEqual(12);
      });
      for (const place of spread) expect(place).toBeLessThanOrEqual(100);
    }
  });

  it('of equal counts are one', () => {
    expect(
      joinMarks([
        { label: 'Best known', count: 295 },
        { label: 'Published', count: 320 },
        { label: 'Bound', count: 295 },
      ]),
    ).toEqual([
      { label: 'Best known, Bound', count: 295 },
      { label: 'Published', count: 320 },
    ]);
  });
});
