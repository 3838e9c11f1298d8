/** What a running timing shows on stderr: a line that changes on a terminal, else nothing. */
import type { CommandLineIo } from './io.ts';

/** How far it is. */
export interface TimeState {
  readonly phase: 'optimise' | 'build' | 'time';
  /** 0 … 1 of the phase. */
  readonly share: number;
}

/** Shows how far a timing is. */
export interface TimeProgress {
  show(state: TimeState): void;
  /** Clears the line. */
  end(): void;
}

const phases = {
  optimise: 'optimising',
  build: 'compiling and checking',
  time: 'timing',
} as const;

/** A line on a terminal; nothing elsewhere, or where it is to be quiet. */
export function timeProgress(io: CommandLineIo, quiet: boolean): TimeProgress {
  if (quiet || io.progress !== true) return { show: () => undefined, end: () => undefined };
  let shown = false;
  return {
    show: ({ phase, share }) => {
      shown = true;
      io.stderr(`\r\u001b[K  ${phases[phase]}  ${Math.round(100 * share)} %`);
    },
    end: () => {
      if (shown) io.stderr('\r\u001b[K');
    },
  };
}
