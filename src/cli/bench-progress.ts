/** What a running job shows on stderr: one bar for all of it on a terminal, and what fails as it fails. */
import { SingleBar } from 'cli-progress';

import type { JobProgress, StepOutcome } from '../bench/job/run-job.ts';
import { stepText } from '../bench/job/steps.ts';
import { errorText, shownError, stackOf } from './errors.ts';
import type { CommandLineIo } from './io.ts';
import { shortSeconds } from './numbers.ts';
import { barOptions } from './progress-bar.ts';

/** Listens to a job. */
export interface JobListener {
  onProgress(progress: JobProgress): void;
  onOutcome(outcome: StepOutcome): void;
  /** The job has ended; clears what should not stay. */
  end(): void;
}

/** 40 s, 3 min, 1 h 5 min. */
export function roughTime(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/**
 * A bar on a terminal, a line a step elsewhere, nothing but failures where it is to be quiet.
 * @param debug whether it is shown where the error of a step came from
 */
export function jobListener(io: CommandLineIo, quiet: boolean, debug: boolean): JobListener {
  const failed = ({ step, ...outcome }: StepOutcome): void => {
    if (outcome.state !== 'failed') return;
    io.stderr(`✗ ${stepText(step)}: ${errorText(shownError(outcome.error))}\n`);
    if (debug) io.stderr(stackOf(outcome.error));
  };
  if (quiet) return { onProgress: () => undefined, onOutcome: failed, end: () => undefined };
  return io.progress === true ? barListener(io, failed) : lineListener(io, failed);
}

function lineListener(io: CommandLineIo, failed: JobListener['onOutcome']): JobListener {
  return {
    onProgress: () => undefined,
    onOutcome: (outcome) => {
      failed(outcome);
      if (outcome.state !== 'done') return;
      io.stderr(`${shortSeconds(outcome.seconds).padStart(7)} s  ${stepText(outcome.step)}\n`);
    },
    end: () => undefined,
  };
}

function barListener(io: CommandLineIo, failed: JobListener['onOutcome']): JobListener {
  const bar = new SingleBar(
    barOptions('  {bar} {percentage}%  {left}  {ended} of {steps} steps  {doing}', 24),
  );
  bar.start(1000, 0, { left: '', ended: 0, steps: 0, doing: '' });
  return {
    onProgress: ({ step, ended, steps, share, secondsLeft }) => {
      bar.update(Math.round(1000 * share), {
        ...{ ended, steps, doing: stepText(step) },
        left: secondsLeft === undefined ? 'estimating' : `${roughTime(secondsLeft)} left`,
      });
    },
    onOutcome: (outcome) => {
      if (outcome.state === 'failed') io.stderr('\r\u001b[K');
      failed(outcome);
    },
    end: () => {
      bar.stop();
    },
  };
}
