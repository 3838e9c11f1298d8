/**
 * The store of result files: `<folder>/<subject>/<cost>-<granularity>-<short hash>.json`. A result
 * is written whole or not at all (temporary file and rename) and never changed afterwards.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { decodeText, entryAt, errorCode, fileError, readBytes } from '../subject/read-file.ts';
import { parseJson } from '../support/json.ts';
import { UserError } from '../support/user-error.ts';
import { jsonText } from './json-text.ts';
import { pathPart, resultPath } from './result-path.ts';
import { parseResult } from './schema.ts';
import { bestOf, matches, type ResultKey } from './best.ts';
import type { ResultFile } from './types.ts';

/**
 * Writes a result. The same finding written again leaves the first file as it is.
 * @param folder the store; made where it is missing
 * @returns the file's path
 * @throws UserError where the folder can't be written; a result of the wrong shape is a fault of
 * the program and throws as such.
 */
export async function writeResult(folder: string, result: ResultFile): Promise<string> {
  const text = jsonText(result);
  const path = join(folder, resultPath(result));
  try {
    parseResult(JSON.parse(text), path);
  } catch (error) {
    throw new Error('a result of the wrong shape was to be written', { cause: error });
  }
  await writeNewFile(path, text);
  return path;
}

async function writeNewFile(path: string, text: string): Promise<void> {
  if ((await entryAt(path)) === undefined) await writeWhole(path, text);
}

/**
 * Writes a file whole or not at all; folders on the way are made.
 * @param content at once, or in pieces that are never held together
 * @throws UserError where that is not allowed, with nothing left behind.
 */
export async function writeWhole(
  path: string,
  content: string | Uint8Array | Iterable<string>,
): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(temporary, content, { flag: 'wx' });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw writeError(error, path) ?? error;
  }
}

const writeReasons: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'no permission to write here; choose another place'],
  ['EPERM', 'no permission to write here; choose another place'],
  ['EROFS', 'this file system is read-only; choose another place'],
  ['ENOTDIR', 'a part of this path is a file, no folder; choose another place'],
  ['EEXIST', 'a part of this path is a file, no folder; choose another place'],
  ['EISDIR', 'this is a folder; name a file'],
  ['ENOENT', 'there is no such folder; choose another place'],
  ['ENOSPC', 'the disk is full; make room'],
  ['ENAMETOOLONG', 'the name is too long; choose a shorter one'],
]);

function writeError(error: unknown, file: string): UserError | undefined {
  const message = writeReasons.get(errorCode(error) ?? '');
  if (message === undefined) return undefined;
  return new UserError({ code: 'file-unwritable', message, file, cause: error });
}

/**
 * Reads a result from a file's bytes.
 * @throws UserError where they are no UTF-8, no JSON or no result.
 */
export function readResult(bytes: Uint8Array, file: string): ResultFile {
  return parseResult(parseJson(decodeText(bytes, file), file), file);
}

/**
 * The result files below a path, sorted by name: the path itself where it is a file, else every
 * `*.json` in it and below it, timings among them.
 * @throws UserError where the path does not exist or can't be read.
 */
export async function resultFiles(path: string): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch (error) {
    throw fileError(error, path) ?? error;
  }
}

/**
 * The best stored result that matches; the first by file name among equals.
 * @returns `undefined` where nothing matches or there is no store.
 * @throws UserError where a stored file is broken.
 */
export async function bestResult(
  folder: string,
  query: Required<ResultKey>,
): Promise<ResultFile | undefined> {
  const place = join(folder, pathPart(query.subject));
  const prefix = `${pathPart(query.cost)}-${query.granularity}-`;
  let names: string[];
  try {
    names = await readdir(place);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw fileError(error, place) ?? error;
  }
  const matching: ResultFile[] = [];
  for (const name of names.filter((entry) => entry.startsWith(prefix)).sort()) {
    if (!name.endsWith('.json')) continue;
    const file = join(place, name);
    const result = readResult(await readBytes(file), file);
    if (matches(result, query)) matching.push(result);
  }
  return bestOf(matching);
}
