/**
 * The one error that is meant for people: bad usage or bad input. It prints as one line that says
 * what is wrong, where, and what to do; the command line turns it into exit code 2. Every other
 * error is a fault of the program.
 */
export interface UserErrorDetails {
  /** Stable word for programs, such as `unknown-name`, `graph-cycle`, `order-missing-vertex`. */
  readonly code: string;
  /** One line: what is wrong and what to do. */
  readonly message: string;
  /** File the input came from. */
  readonly file?: string;
  /** Place in the file or value, such as `edges[3].from` or `line 4`. */
  readonly at?: string;
  readonly cause?: unknown;
}

/** Bad usage or bad input, in one line for a person. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code: string;
  readonly file: string | undefined;
  readonly at: string | undefined;

  constructor(details: UserErrorDetails) {
    super(details.message, details.cause === undefined ? {} : { cause: details.cause });
    this.code = details.code;
    this.file = details.file;
    this.at = details.at;
  }

  /** The same error with the file it was met in. */
  inFile(file: string): UserError {
    return new UserError({
      code: this.code,
      message: this.message,
      file,
      ...(this.at === undefined ? {} : { at: this.at }),
      cause: this.cause,
    });
  }
}
