/**
 * Statistics of timings. Times are skewed to the right and have outliers, so everything here goes by
 * order: quantiles, and intervals of a median that hold whatever the distribution.
 */

/** What a row of a timing table says of its samples. */
export interface Summary {
  readonly min: number;
  readonly p25: number;
  readonly median: number;
  readonly p75: number;
}

/** A median with an interval that covers the true one with a stated confidence. */
export interface MedianInterval {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** Chance that [low, high] covers the distribution's median; at least what was asked for, unless there are too few samples. */
  readonly confidence: number;
}

function ascending(samples: readonly number[]): number[] {
  if (samples.length === 0) throw new Error('there are no samples');
  return samples.toSorted((a, b) => a - b);
}

/** The q-quantile of ascending numbers by linear interpolation (Hyndman and Fan 1996, type 7). */
function quantileOf(sorted: readonly number[], q: number): number {
  const place = q * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] ?? NaN;
  const high = sorted[below + 1] ?? low;
  // Equal neighbours may be infinite, and ∞ − ∞ is no number.
  return low === high ? low : low + (place - below) * (high - low);
}

/** The mean of some numbers; NaN of none. */
export function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}

/**
 * The q-quantile, 0 ≤ q ≤ 1.
 * @throws Error where there are no samples
 */
export function quantile(samples: readonly number[], q: number): number {
  return quantileOf(ascending(samples), q);
}

/**
 * Minimum, quartiles and median.
 * @throws Error where there are no samples
 */
export function summarise(samples: readonly number[]): Summary {
  const sorted = ascending(samples);
  return {
    min: quantileOf(sorted, 0),
    p25: quantileOf(sorted, 0.25),
    median: quantileOf(sorted, 0.5),
    p75: quantileOf(sorted, 0.75),
  };
}

/**
 * The interval of a median between two order statistics (the inverted sign test; David and Nagaraja,
 * Order Statistics, 3rd ed., section 7.1): of n independent samples, [x₍ₖ₊₁₎, x₍ₙ₋ₖ₎] covers the
 * median with chance 1 − 2·P(B ≤ k), B binomial with n trials of ½. The largest k that keeps the
 * confidence is taken; k = 0, the whole range, where even that does not.
 * @throws Error where there are no samples
 */
export function medianInterval(samples: readonly number[], confidence = 0.95): MedianInterval {
  const sorted = ascending(samples);
  const n = sorted.length;
  // P(B = k) and P(B ≤ k), from k = 0 up; logarithms, so that 2⁻ⁿ does not vanish.
  let logarithm = -n * Math.LN2;
  let below = Math.exp(logarithm);
  let outside = below;
  let k = 0;
  for (let next = 1; next < n / 2; next += 1) {
    logarithm += Math.log((n - next + 1) / next);
    below += Math.exp(logarithm);
    if (2 * below > 1 - confidence) break;
    k = next;
    outside = below;
  }
  return {
    median: quantileOf(sorted, 0.5),
    low: sorted[k] ?? NaN,
    high: sorted[n - 1 - k] ?? NaN,
    confidence: Math.max(0, 1 - 2 * outside),
  };
}

/**
 * How many times longer A takes than B: the median of the ratios of samples that were taken in the
 * same round, beside each other. What slows both in a round cancels.
 * @throws Error where the two have no equal number of samples
 */
export function pairedRatio(
  a: readonly number[],
  b: readonly number[],
  confidence = 0.95,
): MedianInterval {
  if (a.length !== b.length) throw new Error('only samples of the same rounds can be paired');
  return medianInterval(
    a.map((time, round) => time / (b[round] ?? NaN)),
    confidence,
  );
}
