/** Steps that may be refused: what they give, or why not, for those who go on without it. */
import { UserError } from './user-error.ts';

/**
 * What a step gives, or the message of the UserError that refused it.
 * @throws whatever else the step throws
 */
export function attempt<T>(step: () => T): T | string {
  try {
    return step();
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/** The same for a step that is awaited. */
export async function attemptAsync<T>(step: () => Promise<T>): Promise<T | string> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}
