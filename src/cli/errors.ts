/** Errors as people and scripts see them: one line with the place, and where it came from on request. */
import { UserError } from '../support/user-error.ts';
import { oneLine } from './print.ts';

/** What is shown of whatever was thrown: all but a UserError is a fault of the program. */
export function shownError(error: unknown): UserError {
  if (error instanceof UserError) return error;
  return new UserError({
    code: 'internal',
    message: `a fault of the program: ${error instanceof Error ? error.message : String(error)}; please report it with the output of --debug`,
  });
}

/** `message (file, at)`, in one line. */
export function errorText({ message, file, at }: UserError): string {
  const places = [file, at].filter((place) => place !== undefined);
  const where = places.length === 0 ? '' : ` (${places.join(', ')})`;
  return oneLine(`${message}${where}`);
}

/** `crosscountry: message (file, at)`. */
export function errorLine(error: UserError): string {
  return `crosscountry: ${errorText(error)}\n`;
}

/** The same for scripts. */
export function errorFields({ code, message, file, at }: UserError): {
  readonly code: string;
  readonly message: string;
  readonly file?: string;
  readonly at?: string;
} {
  return {
    ...{ code, message: oneLine(message) },
    ...(file === undefined ? {} : { file }),
    ...(at === undefined ? {} : { at }),
  };
}

/** The stack of an error and of what caused it. */
export function stackOf(error: unknown): string {
  const parts: string[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    parts.push(cause.stack ?? cause.message);
  }
  return `${parts.join('\ncaused by ')}\n`;
}
