import { describe, expect, it } from 'vitest';

import type { TimedRow } from '../../src/bench/types.ts';
import {
  clockWarning,
  denormalWarning,
  fusionWarning,
  isDenormal,
  noiseWarning,
} from '../../src/bench/warnings.ts';

const row = (p25: number, median: number, p75: number, target = 'js'): TimedRow => ({
  state: 'timed',
  subject: 's',
  order: 'o',
  target,
  precision: 'f64',
  batch: 1,
  layout: 'kernel',
  nsPerPoint: { min: p25, p25, median, p75 },
  samples: [p25, median, p75],
  buildMs: 1,
  firstCallMs: 1,
  copyNsPerPoint: 1,
  maxError: 0,
  fusedMultiplyAdd: false,
});

describe('warnings', () => {
  it('tell of a noisy machine where a quarter of the rows spread, with what to do', () => {
    const steady = row(99, 100, 101);
    const noisy = row(90, 100, 120);
    expect(noiseWarning([steady, steady, noisy])?.message).toContain('--rounds');
    expect(noiseWarning([steady, steady, steady, steady, noisy])).toBeUndefined();
    expect(noiseWarning([])).toBeUndefined();
  });

  it('tell of a coarse clock', () => {
    expect(clockWarning(50)).toBeUndefined();
    expect(clockWarning(1e5)?.message).toContain('0.10 ms');
  });

  it('know denormal numbers of both precisions', () => {
    expect([5e-324, -1e-310].every((x) => isDenormal(x, 'f64'))).toBe(true);
    expect([0, 2.3e-308, 1, Infinity, NaN].some((x) => isDenormal(x, 'f64'))).toBe(false);
    expect(isDenormal(1e-39, 'f32')).toBe(true);
    expect(isDenormal(1e-37, 'f32')).toBe(false);
    expect(denormalWarning(['a × 1'])?.message).toContain('a × 1');
    expect(denormalWarning([])).toBeUndefined();
  });

  it('tell of WebAssembly without fused multiply-add, and of nothing where it has it', () => {
    expect(fusionWarning([row(1, 1, 1, 'wasm')])?.message).toContain('relaxed-simd');
    expect(fusionWarning([{ ...row(1, 1, 1, 'wasm'), fusedMultiplyAdd: true }])).toBeUndefined();
    expect(fusionWarning([row(1, 1, 1, 'js')])).toBeUndefined();
  });
});
