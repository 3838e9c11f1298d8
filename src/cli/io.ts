/** What a verb writes to: the process's streams, or a test's. */

/** Where text goes and how it may look. */
export interface CommandLineIo {
  stdout(text: string): void;
  stderr(text: string): void;
  /** Whether stdout shows colours. */
  readonly colour: boolean;
  /** Whether stderr is a terminal that can show a moving bar. */
  readonly progress?: boolean;
  /** Width of a line. */
  readonly columns: number;
}

/** Lines that fit a terminal side by side with something else, and an 80 × 24 printout. */
const defaultColumns = 100;

/** The streams of this process; colours only on a terminal, and never with NO_COLOR. */
export function processIo(): CommandLineIo {
  const { stdout, stderr, env } = process;
  const terminal = stdout.isTTY;
  return {
    stdout: (text) => {
      stdout.write(text);
    },
    stderr: (text) => {
      stderr.write(text);
    },
    progress: process.stderr.isTTY && env.TERM !== 'dumb',
    colour: terminal && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb',
    columns: terminal ? Math.max(40, stdout.columns) : defaultColumns,
  };
}
