/** Timing files on disk: written whole, checked on writing and on reading. */
import { join } from 'node:path';

import { parseJson } from '../support/json.ts';
import { decodeText } from '../subject/read-file.ts';
import { engineFlags } from '../support/engine-flags.ts';
import { jsonText } from './json-text.ts';
import { machineRecord, originRecord } from './provenance.ts';
import { parseDocument } from './schema.ts';
import { writeWhole } from './store.ts';
import { type TimingFile, timingFile, type TimingOrigin, timingPath } from './timings.ts';

/** The machine as it stands in timing files: flags of the engine change what it runs. */
export function timingMachine(): TimingFile['machine'] {
  return { ...machineRecord(), flags: [...engineFlags()] };
}

/** This package on this machine. */
export function timingOrigin(date: Date): TimingOrigin {
  return { ...originRecord(date), machine: timingMachine() };
}

/**
 * Writes timings.
 * @returns the file's path
 * @throws UserError where the folder can't be written
 */
export async function writeTimings(folder: string, file: TimingFile): Promise<string> {
  const path = join(folder, timingPath(file));
  const text = jsonText(file);
  parseDocument(timingFile, JSON.parse(text), path, 'timing file');
  await writeWhole(path, text);
  return path;
}

/** Whether a file's bytes begin as timings do: the program writes the format first. */
export function isTimings(bytes: Uint8Array): boolean {
  return new TextDecoder().decode(bytes.subarray(0, 64)).includes('"crosscountry/timings"');
}

/**
 * Reads timings.
 * @throws UserError where the bytes are no UTF-8, no JSON, no timings
 */
export function readTimings(bytes: Uint8Array, file: string): TimingFile {
  return parseDocument(timingFile, parseJson(decodeText(bytes, file), file), file, 'timing file');
}
