/** Timing files on disk: written whole, checked on writing and on reading, and verified. */
import { join } from 'node:path';

import { costModelNamed } from '../cost/models.ts';
import { graphHash } from '../graph/canonical.ts';
import type { Graph, VertexId } from '../graph/types.ts';
import { parseOrder } from '../order/orders.ts';
import { parseJson } from '../support/json.ts';
import { decodeText } from '../subject/read-file.ts';
import { engineFlags } from '../support/engine-flags.ts';
import { summarise } from '../support/statistics.ts';
import { UserError } from '../support/user-error.ts';
import { jsonText } from './json-text.ts';
import { machineRecord, originRecord } from './provenance.ts';
import { parseDocument } from './schema.ts';
import { writeWhole } from './store.ts';
import { noOrder, optimisedOrder } from './timing-names.ts';
import { type TimingFile, timingFile, type TimingOrigin, timingPath } from './timings.ts';
import { subjectOf } from './verify.ts';

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

/** Numbers that were printed and read again. */
const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.abs(b);

/** The function's own graph: embedded, or of the task that is named. */
async function graphOf(file: TimingFile, path: string): Promise<Graph> {
  const subject = await subjectOf({ ...file, granularity: 'tensor' }, path);
  if (subject.kind !== 'graph') return subject.linearisation().graph;
  // An embedded graph is the same under every model.
  return subject.graph(costModelNamed('multiplications'));
}

/**
 * What can be checked of timings without running them: that the subject is the task it was, that
 * orders are legal and rows name them, and that statistics are those of the samples.
 * @param path where the file is from, for messages
 */
export async function verifyTimings(file: TimingFile, path: string): Promise<readonly string[]> {
  const problems: string[] = [];
  try {
    const graph = await graphOf(file, path);
    const hash = graphHash(graph);
    if (hash !== file.graphHash) problems.push(`the graph's hash is ${hash}, not ${file.graphHash}`);
    for (const [order, ids] of Object.entries(file.orders)) {
      try {
        parseOrder(graph, ids satisfies readonly VertexId[]);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        problems.push(`order ${order}: ${error.message}`);
      }
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    problems.push(error.message);
  }
  file.rows.forEach((row, index) => {
    if (row.subject !== file.subject) problems.push(`rows[${index}] is of ${row.subject}`);
    const isOptimised = file.optimiseSeconds !== undefined && row.order === optimisedOrder;
    if (row.order !== noOrder && !isOptimised && !(row.order in file.orders)) {
      problems.push(`rows[${index}] is of the order ${row.order}, which the file lacks`);
    }
    if (row.state === 'failed') return;
    if (row.samples.length !== file.rounds) {
      problems.push(`rows[${index}] has ${row.samples.length} samples of ${file.rounds} rounds`);
    }
    const again = summarise(row.samples);
    const wrong = (['min', 'p25', 'median', 'p75'] as const).filter(
      (key) => !close(row.nsPerPoint[key], again[key]),
    );
    for (const key of wrong) {
      problems.push(`rows[${index}]: ${key} of the samples is ${again[key]}, not ${row.nsPerPoint[key]}`);
    }
  });
  return problems;
}
