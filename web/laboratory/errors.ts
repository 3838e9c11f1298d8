/** Errors as they cross from the laboratory to the page. */
import { UserError } from '../../src/support/user-error.ts';

/** One line for people, and whether it is a fault of the program rather than of what was asked. */
export interface ErrorText {
  readonly message: string;
  readonly isFault: boolean;
}

/** An error in one line. */
export function errorText(error: unknown): ErrorText {
  if (error instanceof UserError) return { message: error.message, isFault: false };
  const message = error instanceof Error ? error.message : String(error);
  return { message, isFault: true };
}
