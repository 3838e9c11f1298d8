/**
 * Twenty thousand points a function and setting, other seeds than the short test's: some ten minutes
 * for all, because the exact values are computed in integers.
 */
import { describe, expect, it } from 'vitest';
import type { LaneOptions } from '../../../src/compile/lanes/types.ts';
import { createRandom } from '../../../src/support/random.ts';
import { measureAccuracy } from '../../support/accuracy.ts';
import { elementaryCases } from '../../support/elementary-cases.ts';

const settings: readonly LaneOptions[] = [
  { precision: 'f64', fused: false },
  { precision: 'f64', fused: true },
  { precision: 'f32', fused: false },
  { precision: 'f32', fused: true },
];

describe.each(elementaryCases)('$name', (one) => {
  it.each(settings)('is within 2 ulp at 20,000 points: $precision, fused $fused', (options) => {
    const { ulps, at } = measureAccuracy(one, options, 20_000, createRandom(1001));
    expect(ulps, `at ${at.join(', ')}`).toBeLessThanOrEqual(2);
  });
});
