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

/**
 * Node leaves `isTTY` undefined where there is no terminal, whatever its types say; an undefined
 * `colour` would let the colour library decide by itself, and it colours whenever CI is set.
 */
function isTerminal(stream: { readonly isTTY?: boolean }): boolean {
  return stream.isTTY ?? false;
}

/** The streams of this process; colours only on a terminal, and never with NO_COLOR. */
export function processIo(): CommandLineIo {
  const { stdout, stderr, env } = process;
  const terminal = isTerminal(stdout);
  return {
    stdout: (text) => {
      stdout.write(text);
    },
    stderr: (text) => {
      stderr.write(text);
    },
    progress: isTerminal(stderr) && env.TERM !== 'dumb',
    colour: terminal && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb',
    columns: terminal ? Math.max(40, stdout.columns) : defaultColumns,
  };
}
