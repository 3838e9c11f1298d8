/** The clock, and how long a thing has to be repeated until it can be timed. */

/** Nanoseconds since some moment. */
export type Clock = () => number;

/** A clock, and how many nanoseconds a sample has to take by it. */
export interface Sampling {
  readonly clock: Clock;
  readonly length: number;
}

/** The engine's monotonic clock. */
export const systemClock: Clock = () => performance.now() * 1e6;

/** The least time that a sample may take, in nanoseconds. */
export const leastSample = 2e6;

/** Steps of the clock, at most, that a sample may be short by: half a per cent. */
const stepsASample = 200;

/** The smallest step that the clock makes, in nanoseconds: of some hundred that are seen. */
export function clockStep(clock: Clock): number {
  let smallest = Infinity;
  for (let seen = 0; seen < 200; seen += 1) {
    const before = clock();
    let after = clock();
    while (after === before) after = clock();
    smallest = Math.min(smallest, after - before);
  }
  return smallest;
}

/** How long a sample has to be where the clock makes such steps. */
export function sampleLength(step: number): number {
  return Math.max(leastSample, stepsASample * step);
}

/** Time of so many runs, in nanoseconds a run. */
export function timeRuns(run: () => void, repeats: number, clock: Clock): number {
  const before = clock();
  for (let k = 0; k < repeats; k += 1) run();
  return (clock() - before) / repeats;
}

/** How often a thing is run next, and whether that is how often it is run from then on. */
function nextRepeats(
  repeats: number,
  {
    each,
    length,
    isWarm,
  }: { readonly each: number; readonly length: number; readonly isWarm: boolean },
): { readonly repeats: number; readonly done: boolean } {
  const enough = Math.max(1, Math.ceil(length / Math.max(each, 1)));
  if (isWarm && repeats >= enough / 2) return { repeats: enough, done: true };
  return { repeats: Math.min(enough, repeats * 4), done: false };
}

/**
 * Runs until the engine has had time to optimise, then says how many runs fill a sample.
 * @param warmUp nanoseconds to spend at least
 */
export function calibrate(run: () => void, length: number, warmUp: number, clock: Clock): number {
  const began = clock();
  for (let repeats = 1; ;) {
    const each = timeRuns(run, repeats, clock);
    const next = nextRepeats(repeats, { each, length, isWarm: clock() - began >= warmUp });
    if (next.done) return next.repeats;
    repeats = next.repeats;
  }
}

/**
 * The same for what says itself how long it took.
 * @param timed nanoseconds a run of so many runs
 */
export async function calibrateTimed(
  timed: (repeats: number, clock: Clock) => number | Promise<number>,
  length: number,
  warmUp: number,
  clock: Clock,
): Promise<number> {
  const began = clock();
  for (let repeats = 1; ;) {
    const each = await timed(repeats, clock);
    const next = nextRepeats(repeats, { each, length, isWarm: clock() - began >= warmUp });
    if (next.done) return next.repeats;
    repeats = next.repeats;
  }
}

/**
 * Repeats something that is awaited, one after the other, until a sample is full.
 * @returns nanoseconds a run
 */
export async function timeRepeated(
  run: () => Promise<unknown>,
  length: number,
  clock: Clock,
): Promise<number> {
  const before = clock();
  for (let repeats = 1; ; repeats += 1) {
    await run();
    const spent = clock() - before;
    if (spent >= length) return spent / repeats;
  }
}
