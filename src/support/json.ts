/**
 * JSON with errors for people: what is wrong, at which line and column. The text goes to the
 * engine's own parser; only where that refuses, our own (json-stream.ts) looks for the first fault,
 * because engines word and place it differently. O(length).
 */
import { JsonStream } from './json-stream.ts';
import { UserError } from './user-error.ts';

/**
 * Parses JSON; a byte order mark in front is passed over.
 * @throws UserError json-syntax (with the place), json-nesting
 */
export function parseJson(text: string, file?: string): unknown {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  try {
    const value: unknown = JSON.parse(body);
    return value;
  } catch (cause) {
    const named = file === undefined ? {} : { file };
    if (cause instanceof RangeError) {
      const message = 'the JSON is nested too deeply or too long; write it flatter or shorter';
      throw new UserError({ code: 'json-nesting', message, cause, ...named });
    }
    const fault = syntaxError(body, cause);
    throw file === undefined ? fault : fault.inFile(file);
  }
}

/** What our own parser says about a text that the engine's refuses. */
function syntaxError(body: string, cause: unknown): UserError {
  const stream = new JsonStream();
  try {
    stream.push(body);
    stream.end();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('the two parsers disagree on what JSON is', { cause });
}
