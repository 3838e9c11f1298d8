/**
 * Timing files: `results/<subject>/timings-<machine hash>-<date>.json`, all rows of one run for one
 * subject, every sample kept. Their shape, and how they are made; src/results/timing-files.ts reads
 * and writes them, src/results/verify-timings.ts verifies them.
 */
import { z } from 'zod';
import { schedules } from '../compile/schedules.ts';
import { pathPart, shortHash } from './result-path.ts';
import { machineShape, packageShape } from './schema.ts';

const name = z.string('has to be a text').min(1, 'is empty');
const time = z.number('has to be a number').min(0, 'is negative');
const whole = z.number('has to be a number').int('has to be a whole number').min(0, 'is negative');
const precision = z.enum(['f64', 'f32', 'f16'], 'has to be "f64", "f32" or "f16"');

const cell = { subject: name, order: name, target: name, precision, batch: whole };

/** See DeviceTiming in src/bench/types.ts. */
const deviceTiming = z.object({
  adapter: z.string('has to be a text'),
  isSoftware: z.boolean('has to be true or false'),
  timestamps: z.boolean('has to be true or false'),
  workers: z
    .enum(['invocation', 'workgroup'], 'has to be "invocation" or "workgroup"')
    .optional(),
  kernels: whole,
  dispatches: whole,
  operationsPerPoint: time,
  bytesPerPoint: time,
  pipelineMs: time,
  uploadNsPerPoint: time,
  readBackNsPerPoint: time,
  wallNsPerPoint: time,
  arithmeticNsPerPoint: time,
  rooflineNsPerPoint: time,
  rooflineShare: time,
});

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
  /** Percentiles over so many points; files of earlier versions lack them. */
  errors: z
    .object({ points: whole, p50: time, p90: time, p99: time, max: time })
    .refine(
      ({ p50, p90, p99, max }) => p50 <= p90 && p90 <= p99 && p99 <= max,
      'has percentiles that do not ascend',
    )
    .optional(),
  fusedMultiplyAdd: z.boolean('has to be true or false'),
  /** What won, in the row of the fastest of several Programs. */
  chosen: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('order'), order: name }),
      z.object({
        kind: z.literal('program'),
        weight: time,
        schedule: z.enum(schedules, `has to be "${schedules.join('", "')}"`),
        resubstituted: z.boolean('has to be true or false'),
      }),
    ])
    .optional(),
  /** Of targets on a device. */
  device: deviceTiming.optional(),
});

const failedRow = z.object({ state: z.literal('failed'), ...cell, reason: name });

/** The check that timings pass on reading and on writing. */
export const timingFile = z.object({
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
  /** Whether targets on a device took its own elementary functions; no where it is left out. */
  builtIns: z.boolean('has to be true or false').optional(),
  rounds: whole,
  /** Rounds and seconds that the main job asked for: it made fewer rounds where the time was up. */
  asked: z.object({ rounds: whole, seconds: time }).optional(),
  seed: z.number('has to be a whole number').int(),
  /** How long each subject was optimised, where it was. */
  optimiseSeconds: time.optional(),
  rows: z.array(z.discriminatedUnion('state', [timedRow, failedRow]), 'has to be an array of rows'),
  warnings: z.array(z.object({ kind: name, message: name })).readonly(),
  package: packageShape,
  machine: machineShape.and(z.object({ flags: z.array(z.string('has to be a text')) })),
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

/** Where and when timings were taken. */
export type TimingOrigin = Pick<TimingFile, 'package' | 'machine' | 'date'>;

/** Adds where and when it ran. */
export function timingDocument(content: TimingContent, origin: TimingOrigin): TimingFile {
  return { format: 'crosscountry/timings', version: 1, ...content, ...origin };
}

/** Path below the store's folder; runs of one machine differ by their date. */
export function timingPath({ subject, machine, date }: TimingFile): string {
  const hash = shortHash(JSON.stringify(machine));
  return `${pathPart(subject)}/timings-${hash}-${date.replace(/[:.]/g, '')}.json`;
}

