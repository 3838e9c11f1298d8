/** What makes timings doubtful, and what to do about it. */
import type { TimedRow, TimingWarning } from './types.ts';
import { leastSample, sampleLength } from './clock.ts';

/** Quartiles further apart than this share of the median make a row noisy. */
const noisySpread = 0.1;

/** Rows whose quartiles are too far apart, as one warning. */
export function noiseWarning(rows: readonly TimedRow[]): TimingWarning | undefined {
  const noisy = rows.filter(
    ({ nsPerPoint: { p25, median, p75 } }) => p75 - p25 > noisySpread * median,
  );
  // Some rows of many are always noisy; a quarter of them is a busy machine.
  if (noisy.length === 0 || noisy.length < rows.length / 4) return undefined;
  return {
    kind: 'noisy',
    message:
      `${noisy.length} of ${rows.length} rows vary by more than ${100 * noisySpread} % between rounds; ` +
      'close other programs, keep the processor at one frequency, or take more --rounds',
  };
}

/** A clock whose steps lengthen the samples. */
export function clockWarning(step: number): TimingWarning | undefined {
  const length = sampleLength(step);
  if (length <= leastSample) return undefined;
  return {
    kind: 'coarse-timer',
    message:
      `the clock makes steps of ${(step / 1e6).toPrecision(2)} ms, so each sample takes ` +
      `${(length / 1e6).toPrecision(2)} ms; in a page, serve it cross-origin isolated`,
  };
}

/** The smallest normal number of each precision (IEEE 754). */
const smallestNormal = { f64: 2 ** -1022, f32: 2 ** -126, f16: 2 ** -14 } as const;

/** Whether a number takes the processor's slow path for denormal numbers. */
export function isDenormal(value: number, precision: keyof typeof smallestNormal): boolean {
  return value !== 0 && Math.abs(value) < smallestNormal[precision];
}

/** Results that are denormal, by the cells that have them. */
export function denormalWarning(cells: readonly string[]): TimingWarning | undefined {
  if (cells.length === 0) return undefined;
  return {
    kind: 'denormal',
    message: `results of ${cells.join(', ')} are denormal numbers, which many processors compute slowly; choose other points`,
  };
}

/** WebAssembly without fused multiply-add. */
export function fusionWarning(rows: readonly TimedRow[]): TimingWarning | undefined {
  const unfused = rows.some(
    ({ target, fusedMultiplyAdd }) => target === 'wasm' && !fusedMultiplyAdd,
  );
  if (!unfused) return undefined;
  return {
    kind: 'no-fused-multiply-add',
    message:
      'WebAssembly ran without fused multiply-add; on Node 20 give --relaxed-simd, later versions ' +
      'have it without (where the processor does)',
  };
}
