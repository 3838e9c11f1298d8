/** What a step works with. */
import type { JobSet } from './job-set.ts';

/** What a step is given beside what it is about. */
export interface StepContext {
  /** Where results are, and go. */
  readonly set: JobSet;
  readonly threads: number;
  /** Ends the step early; what is not whole then is not written. */
  readonly signal: AbortSignal;
  /** Share of the step that is done, 0 … 1. */
  readonly onProgress: (share: number) => void;
}
