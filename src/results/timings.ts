/**
 * Timing files: `results/<subject>/timings-<machine hash>-<date>.json`, all rows of one run for one
 * subject, every sample kept. Checked on writing and on reading.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';

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
import { packageRecord, machineRecord } from './provenance.ts';
import { parseDocument } from './schema.ts';
import { pathPart, writeWhole } from './store.ts';
import { noOrder, optimisedOrder } from './timing-names.ts';
import { subjectOf } from './verify.ts';

const name = z.string('has to be a text').min(1, 'is empty');
const time = z.number('has to be a number').min(0, 'is negative');
const whole = z.number('has to be a number').int('has to be a whole number').min(0, 'is negative');
const precision = z.enum(['f64', 'f32'], 'has to be "f64" or "f32"');

const cell = { subject: name, order: name, target: name, precision, batch: whole };

const timedRow = z.object({
  state: z.literal('timed'),
  ...cell,
  layout: z.enum(['kernel', 'call'], 'has to be "kernel" or "call"'),
  nsPerPoint: z.object({ min: time, p25: time, median: time, p75: time }),
  samples: z.array(time).min(1, 'is empty').readonly(),
  buildMs: time,
  firstCallMs: time,
  copyNsPerPoint: time,
  maxError: time,
  fusedMultiplyAdd: z.boolean('has to be true or false'),
  /** What won, in the row of the fastest of several Programs. */
  chosen: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('order'), order: name }),
      z.object({
        kind: z.literal('program'),
        weight: time,
        schedule: z.enum(['as found', 'few live'], 'has to be "as found" or "few live"'),
        resubstituted: z.boolean('has to be true or false'),
      }),
    ])
    .optional(),
});

const failedRow = z.object({ state: z.literal('failed'), ...cell, reason: name });

const timingFile = z.object({
  format: z.literal('crosscountry/timings', 'has to be "crosscountry/timings"'),
  version: z.literal(1, 'has to be 1, the only version this program reads'),
  subject: name,
  /** Of the function's own graph. */
  graphHash: z.string('has to be a text').regex(/^[0-9a-f]{64}$/, 'is no SHA-256 in hexadecimal'),
  /** Vertex ids by the name that rows give an order. */
  orders: z.record(
    z.string(),
    z.array(z.union([z.string(), z.number().int()], 'has to be a vertex id')).readonly(),
    'has to be an object: name → vertex ids',
  ),
  form: z.enum(['dense', 'compact', 'sparse'], 'has to be "dense", "compact" or "sparse"'),
  values: z.boolean('has to be true or false'),
  rounds: whole,
  seed: z.number('has to be a whole number').int(),
  /** How long each subject was optimised, where it was. */
  optimiseSeconds: time.optional(),
  rows: z.array(z.discriminatedUnion('state', [timedRow, failedRow]), 'has to be an array of rows'),
  warnings: z.array(z.object({ kind: name, message: name })).readonly(),
  package: z.object({ version: name, commit: name.nullable() }),
  machine: z.object({
    cpu: z.string('has to be a text'),
    cores: whole,
    node: name,
    flags: z.array(z.string('has to be a text')),
  }),
  date: z.iso.datetime('has to be a date such as 2024-05-01T12:00:00.000Z'),
  /** The function's own graph, where the subject is no task. */
  graph: z.unknown().optional(),
});

/** One run's timings of one subject. */
export type TimingFile = z.infer<typeof timingFile>;

/** What a run gives, without what the store knows by itself. */
export type TimingContent = Omit<
  TimingFile,
  'format' | 'version' | 'package' | 'machine' | 'date'
>;

/** The machine as it stands in timing files: flags of the engine change what it runs. */
export function timingMachine(): TimingFile['machine'] {
  return { ...machineRecord(), flags: [...engineFlags()] };
}

/** Adds where and when it ran. */
export function timingDocument(content: TimingContent, date: Date): TimingFile {
  return {
    format: 'crosscountry/timings',
    version: 1,
    ...content,
    package: packageRecord(),
    machine: timingMachine(),
    date: date.toISOString(),
  };
}

/** Path below the store's folder; runs of one machine differ by their date. */
export function timingPath({ subject, machine, date }: TimingFile): string {
  const hash = createHash('sha256').update(JSON.stringify(machine)).digest('hex').slice(0, 12);
  return join(pathPart(subject), `timings-${hash}-${date.replace(/[:.]/g, '')}.json`);
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
