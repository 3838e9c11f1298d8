/** Reading a person's file: every way in which that fails is a UserError that names the file. */
import { createReadStream, type Stats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';

import { JsonStream } from '../support/json-stream.ts';
import { UserError } from '../support/user-error.ts';

const reasons: ReadonlyMap<string, readonly [code: string, message: string]> = new Map([
  ['ENOENT', ['file-missing', 'there is no such file; check the path']],
  ['ENOTDIR', ['file-missing', 'there is no such file: a part of the path is no folder']],
  ['EISDIR', ['file-is-folder', 'this is a folder; name a file in it']],
  ['EACCES', ['file-unreadable', 'no permission to read this file; change its mode or its owner']],
  ['EPERM', ['file-unreadable', 'no permission to read this file; change its mode or its owner']],
  ['ELOOP', ['file-unreadable', 'the links of this path lead in a circle']],
  ['ENAMETOOLONG', ['file-missing', 'there is no such file: the name is too long']],
  ['ERR_INVALID_ARG_VALUE', ['file-missing', 'there is no such file: the name holds a zero byte']],
]);

/** The `code` of an error of the operating system or of Node, where it has one. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/**
 * What went wrong with a file, as an error for people; `undefined` for what is no fault of a file.
 * @param error what a function of node:fs threw
 * @param file the path as the person wrote it
 */
export function fileError(error: unknown, file: string): UserError | undefined {
  const reason = reasons.get(errorCode(error) ?? '');
  if (reason === undefined) return undefined;
  return new UserError({ code: reason[0], message: reason[1], file, cause: error });
}

/** What says that there is nothing at a path, not that one can't see what there is. */
const missing: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR']);

/**
 * What stands at a path; `undefined` where there is nothing.
 * @throws UserError where one can't find out
 */
export async function entryAt(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (missing.has(errorCode(error))) return undefined;
    throw fileError(error, path) ?? error;
  }
}

/**
 * A file's bytes.
 * @throws UserError where the file is missing, a folder or unreadable.
 */
export async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw fileError(error, file) ?? error;
  }
}

/**
 * Bytes as text; a byte order mark is dropped.
 * @throws UserError where the bytes are not UTF-8, with the offset of the first bad byte.
 */
export function decodeText(bytes: Uint8Array, file: string): string {
  return decodePart(bytes, file, 0);
}

/**
 * Part of a file as text; a byte order mark is dropped where the file begins.
 * @param bytes whole characters
 * @param offset of the part in the file
 */
function decodePart(bytes: Uint8Array, file: string, offset: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: offset > 0 }).decode(bytes);
  } catch (error) {
    throw new UserError({
      code: 'file-not-utf8',
      message: 'the file is not UTF-8 text; save it as UTF-8',
      file,
      at: `byte ${offset + firstBadByte(bytes)}`,
      cause: error,
    });
  }
}

/** Length of the longest prefix that is whole UTF-8 characters; O(log n) decodings. */
function firstBadByte(bytes: Uint8Array): number {
  const decodes = (length: number): boolean => {
    try {
      // A character that is cut off at the end is no fault yet: `stream` waits for the rest.
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >>> 1;
    if (middle <= bytes.length && decodes(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

/**
 * A file's text.
 * @throws UserError where the file can't be read or is not UTF-8.
 */
export async function readText(file: string): Promise<string> {
  return decodeText(await readBytes(file), file);
}

/** Bytes at the end that begin a character and do not end it. */
function unfinishedBytes(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? back : 0;
  }
  return 0;
}

/** A file's text in pieces. */
async function* textPieces(file: string, pieceBytes: number): AsyncIterable<string> {
  let rest = new Uint8Array(0);
  let offset = 0;
  const stream = createReadStream(file, { highWaterMark: pieceBytes });
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    const bytes = new Uint8Array(rest.length + chunk.length);
    bytes.set(rest);
    bytes.set(chunk, rest.length);
    const end = bytes.length - unfinishedBytes(bytes);
    // A byte order mark is known by its third byte, so the first part is not cut before it.
    rest = bytes.slice(end);
    yield decodePart(bytes.subarray(0, end), file, offset);
    offset += end;
  }
  yield decodePart(rest, file, offset);
}

/** Bytes read at a time. */
const standardPieceBytes = 0x100000;

/**
 * The value of a JSON file of any size; what is in memory is the value and a piece of the text.
 * Says the same of a broken file as reading it whole does: that it is not UTF-8 comes first.
 * @param pieceBytes how much to read at a time
 * @throws UserError where the file can't be read, is not UTF-8 or not JSON.
 */
export async function readJson(file: string, pieceBytes = standardPieceBytes): Promise<unknown> {
  const parser = new JsonStream();
  let fault: UserError | undefined;
  const attempt = (step: () => void): void => {
    if (fault !== undefined) return;
    try {
      step();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      fault = error.inFile(file);
    }
  };
  let isFirst = true;
  try {
    for await (const piece of textPieces(file, pieceBytes)) {
      attempt(() => {
        parser.push(isFirst && piece.startsWith('\uFEFF') ? piece.slice(1) : piece);
      });
      if (piece !== '') isFirst = false;
    }
  } catch (error) {
    throw error instanceof UserError ? error : (fileError(error, file) ?? error);
  }
  let value: unknown;
  attempt(() => {
    value = parser.end();
  });
  if (fault !== undefined) throw fault;
  return value;
}
