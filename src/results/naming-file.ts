/** Errors about a subject that came from a file name the file. */
import type { Subject } from '../subject/types.ts';
import { UserError } from '../support/user-error.ts';

/**
 * Runs something that judges a subject's graph or function.
 * @throws UserError with the subject's file where `run` throws one without a file.
 */
export function namingFile<T>(subject: Subject, run: () => T): T {
  try {
    return run();
  } catch (error) {
    const known = error instanceof UserError && error.file === undefined;
    throw known && subject.file !== undefined ? error.inFile(subject.file) : error;
  }
}
