/**
 * The main job: steps one after the other, each result its own file. What is done is known from the
 * files that are there and from nothing else, so a job that was killed goes on where it stopped and
 * repeats nothing; a step that fails is told of and tried again the next time, and stops no other.
 */
import { boundDone, runBound } from './bound-step.ts';
import { countsDone, runCounts } from './counts-step.ts';
import type { JobSet } from './job-set.ts';
import { runSearch, searchDone } from './search-step.ts';
import type { StepContext } from './step-context.ts';
import type { Step } from './steps.ts';
import { runStudy, studyDone } from './study-step.ts';
import { runTimingsStep, timingsDone } from './timings-step.ts';
import { runTraining, trainingDone } from './training-step.ts';

/** How a step ended. */
export type StepOutcome = { readonly step: Step } & (
  | { readonly state: 'done'; readonly files: readonly string[]; readonly seconds: number }
  /** It was done before. */
  | { readonly state: 'kept'; readonly files: readonly string[] }
  /** What it threw, a UserError or a fault of the program. */
  | { readonly state: 'failed'; readonly error: unknown }
  /** It was not begun, or not ended. */
  | { readonly state: 'interrupted' }
);

/** How far a job is. */
export interface JobProgress {
  readonly step: Step;
  /** Steps that have ended. */
  readonly ended: number;
  readonly steps: number;
  /** Share of the whole job by the steps' weights, 0 … 1. */
  readonly share: number;
  /** What is left, judged by what this run has done; unknown at first. */
  readonly secondsLeft: number | undefined;
}

/** What runs a job. */
export interface JobOptions {
  readonly threads: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: JobProgress) => void;
  readonly onOutcome: (outcome: StepOutcome) => void;
}

/** Below this share of a run its pace says nothing. */
const tellingShare = 0.02;

/**
 * Runs the steps that are not done yet.
 * @returns how each ended, in their order
 */
export async function runJob(
  steps: readonly Step[],
  set: JobSet,
  { threads, signal, onProgress, onOutcome }: JobOptions,
): Promise<readonly StepOutcome[]> {
  const whole = steps.reduce((sum, { weight }) => sum + weight, 0);
  const began = performance.now();
  const outcomes: StepOutcome[] = [];
  let passed = 0;
  let worked = 0;
  for (const step of steps) {
    const show = (of: number): void => {
      const made = worked + of * step.weight;
      const share = (passed + of * step.weight) / whole;
      const seconds = (performance.now() - began) / 1000;
      onProgress({
        ...{ step, share, ended: outcomes.length, steps: steps.length },
        secondsLeft:
          made < tellingShare * whole
            ? undefined
            : (seconds / made) * (whole - passed - of * step.weight),
      });
    };
    show(0);
    const outcome = await endOf(step, { set, threads, signal, onProgress: show });
    outcomes.push(outcome);
    onOutcome(outcome);
    passed += step.weight;
    if (outcome.state === 'done') worked += step.weight;
  }
  return outcomes;
}

async function endOf(step: Step, context: StepContext): Promise<StepOutcome> {
  if (context.signal.aborted) return { step, state: 'interrupted' };
  const began = performance.now();
  try {
    const work = workOf(step);
    const kept = await work.done(context.set);
    if (kept !== undefined) return { step, state: 'kept', files: kept };
    const files = await work.run(context);
    // Another task may read it again: a signal is no constant.
    if ((context.signal as { readonly aborted: boolean }).aborted) {
      return { step, state: 'interrupted' };
    }
    return { step, state: 'done', files, seconds: (performance.now() - began) / 1000 };
  } catch (error) {
    return { step, state: 'failed', error };
  }
}

/** How a kind of step is done. */
interface Work {
  /** Does it. @returns the files of what it found */
  run(context: StepContext): Promise<readonly string[]>;
  /** The files of it, where it was done before. */
  done(set: JobSet): Promise<readonly string[] | undefined> | readonly string[] | undefined;
}

function workOf(step: Step): Work {
  switch (step.kind) {
    case 'counts':
      return { run: (context) => runCounts(step, context), done: (set) => countsDone(step, set) };
    case 'search':
      return { run: (context) => runSearch(step, context), done: (set) => searchDone(step, set) };
    case 'bound':
      return { run: (context) => runBound(step, context), done: (set) => boundDone(step, set) };
    case 'timings':
      return {
        run: (context) => runTimingsStep(step, context),
        done: (set) => timingsDone(step, set),
      };
    case 'training':
      return {
        run: (context) => runTraining(step, context),
        done: (set) => trainingDone(step, set),
      };
    case 'study':
      return { run: (context) => runStudy(step, context), done: (set) => studyDone(step, set) };
  }
}
