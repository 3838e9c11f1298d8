/** The check that a result file passes on reading and on writing. */
import { z } from 'zod';

import { UserError } from '../support/user-error.ts';
import type { ResultFile } from './types.ts';

const name = z.string('has to be a text').min(1, 'is empty');
const count = z.number('has to be a number').min(0, 'is negative');
const wholeCount = count.int('has to be a whole number');

const vertexIds = z.array(
  z.union([z.string(), z.number().int()], 'has to be a vertex id: a text or a whole number'),
  'has to be an array of vertex ids',
);

const proof = z.object(
  {
    memory: wholeCount,
    seed: z.number().int().optional(),
    seconds: count.optional(),
    time: count.optional(),
    evaluations: wholeCount.optional(),
    replay: name.optional(),
    parts: z.array(
      z.object({
        vertices: vertexIds,
        lower: wholeCount,
        upper: wholeCount,
        rootBound: wholeCount,
        partitions: z.array(z.array(vertexIds)),
        budgets: z.array(z.number().int()),
        states: wholeCount,
        tables: z
          .string()
          .regex(/^[0-9a-f]{64}$/, 'is no SHA-256 in hexadecimal')
          .optional(),
      }),
      'has to be an array of parts',
    ),
  },
  'has to be an object { memory, parts }',
);

/** The check of what a result was made on: Node, or a browser. */
export const machineShape = z.union(
  [
    z.object({
      cpu: z.string('has to be a text'),
      cores: wholeCount,
      node: name,
      adapter: name.optional(),
    }),
    z.object({ cores: wholeCount, browser: name, adapter: name.optional() }),
  ],
  'has to be an object { cpu, cores, node }, or { cores, browser } of a page',
);

/** The check of the program that made a result. */
export const packageShape = z.object(
  { version: name, commit: name.nullable(), lock: name.optional() },
  'has to be an object { version, commit }',
);

/** Fields that a later version adds are kept, not refused. */
const resultFile = z.looseObject({
  format: z.literal('crosscountry/result', 'has to be "crosscountry/result"'),
  version: z.literal(1, 'has to be 1, the only version this program reads'),
  subject: name,
  graphHash: z.string('has to be a text').regex(/^[0-9a-f]{64}$/, 'is no SHA-256 in hexadecimal'),
  cost: name,
  granularity: z.enum(['tensor', 'scalar'], 'has to be "tensor" or "scalar"'),
  order: vertexIds,
  count,
  strategy: z.object(
    { name, parameters: z.record(z.string(), z.unknown(), 'has to be an object') },
    'has to be an object { name, parameters }',
  ),
  seed: z.number('has to be a whole number or null').int().nullable(),
  seconds: count,
  evaluations: wholeCount,
  curve: z
    .array(z.object({ evaluations: wholeCount, count }), 'has to be an array of points')
    .optional(),
  bound: z
    .object(
      {
        lower: count,
        proved: z.boolean('has to be true or false'),
        method: name,
        proof: proof.optional(),
      },
      'has to be an object { lower, proved, method }',
    )
    .optional(),
  package: packageShape,
  machine: machineShape,
  date: z.iso.datetime('has to be a date such as 2024-05-01T12:00:00.000Z'),
  graph: z.unknown().optional(),
}) satisfies z.ZodType<ResultFile>;

function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((key, depth) =>
      typeof key === 'number' ? `[${key}]` : `${depth === 0 ? '' : '.'}${String(key)}`,
    )
    .join('');
}

/**
 * Checks a document that the program wrote before.
 * @param schema of the document
 * @param value what JSON.parse gave
 * @param file where it is from
 * @param kind what it should be, such as `result file`
 * @throws UserError `result-shape`, with the first field that is wrong.
 */
export function parseDocument<T>(
  schema: z.ZodType<T>,
  value: unknown,
  file: string,
  kind: string,
): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const at = placeOf(issue?.path ?? []);
  const missing = issue?.code === 'invalid_type' && issue.path.length > 0;
  const format = kind === 'timing file' ? 'crosscountry/timings' : 'crosscountry/result';
  throw new UserError({
    code: 'result-shape',
    message:
      at === ''
        ? `this is no ${kind}: the document has to be an object of format "${format}"`
        : `${at} ${issue?.message ?? 'is wrong'}${missing ? ' (or is missing)' : ''}; ${kind}s are written by crosscountry and not edited`,
    file,
    ...(at === '' ? {} : { at }),
  });
}

/**
 * Checks a result.
 * @param value what JSON.parse gave
 * @param file where it is from
 * @throws UserError `result-shape`, with the first field that is wrong.
 */
export function parseResult(value: unknown, file: string): ResultFile {
  return parseDocument(resultFile, value, file, 'result file');
}
