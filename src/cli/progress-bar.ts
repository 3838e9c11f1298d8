/** How every bar on a terminal looks and behaves. */
import type { Options } from 'cli-progress';

/** A bar's options; `barsize` in characters. */
export function barOptions(format: string, barsize: number): Options {
  return {
    format,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize,
    clearOnComplete: true,
    hideCursor: true,
    stream: process.stderr,
    fps: 10,
    linewrap: false,
    // Signals are the affair of what the bar is about.
    gracefulExit: false,
  };
}
