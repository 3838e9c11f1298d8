/** What is measured, and what a measurement is. */
import type { JacobianForm } from '../accumulate/compile-jacobian.ts';
import type { PointWorkers } from '../compile/shader.ts';
import type { Schedule } from '../compile/schedules.ts';
import type { AnyPrecision } from '../compile/types.ts';
import type { ErrorSummary } from './check.ts';
import type { Summary } from '../support/statistics.ts';

/** Which Jacobian is run how: one line of a timing table, but for its layout. */
export interface CellName {
  readonly subject: string;
  /** As it was asked for: a heuristic's name, `published`, `best`, a file. */
  readonly order: string;
  readonly target: string;
  readonly precision: AnyPrecision;
  /** Points a call. */
  readonly batch: number;
}

/**
 * What is timed: `kernel` computes in buffers of the target's own layout; `call` takes row-major
 * arrays and gives them back, copies and allocation included.
 */
export type Layout = 'kernel' | 'call';

/** What won where the fastest of several Programs was looked for. */
export type ChosenProgram =
  /** An order as it is. */
  | { readonly kind: 'order'; readonly order: string }
  | {
      readonly kind: 'program';
      /** Weighted operations, as the optimiser weighs them. */
      readonly weight: number;
      /** `as found` too where the target has no choice. */
      readonly schedule: Schedule;
      /** False: accumulated under interned values, and nothing more. */
      readonly resubstituted: boolean;
    };

/** What is known of a row that was computed on a device, beside what all rows have. */
export interface DeviceTiming {
  /** What the adapter says of itself. */
  readonly adapter: string;
  /** Whether it is a processor that plays a GPU. */
  readonly isSoftware: boolean;
  /** Whether `kernel` and `copy` are by timestamps of the device; else by the wall clock. */
  readonly timestamps: boolean;
  /** Who computes a point; files of earlier versions lack it, where it was always an invocation. */
  readonly workers?: PointWorkers;
  readonly kernels: number;
  /** Dispatches of a run, for each part of the batch that a buffer holds. */
  readonly dispatches: number;
  /** Arithmetic operations, routines for rare arguments left out. */
  readonly operationsPerPoint: number;
  /** Inputs and outputs, the last tile filled up. */
  readonly bytesPerPoint: number;
  /** From text to pipelines; drivers may leave work for the first dispatch, which `firstCallMs` has. */
  readonly pipelineMs: number;
  /** From row-major arrays to the device: median. */
  readonly uploadNsPerPoint: number;
  /** From the device to row-major arrays: median. */
  readonly readBackNsPerPoint: number;
  /** The kernel from submission to its end as the processor sees it: median. */
  readonly wallNsPerPoint: number;
  /** The operations at the rate that was measured on the device in the same run. */
  readonly arithmeticNsPerPoint: number;
  /** The longer of half of the copy's time (a copy reads and writes its bytes) and the arithmetic. */
  readonly rooflineNsPerPoint: number;
  /** Roofline / kernel: 1 is as fast as the device goes. */
  readonly rooflineShare: number;
}

/** One line of a timing table. */
export interface TimedRow extends CellName {
  readonly state: 'timed';
  readonly layout: Layout;
  readonly nsPerPoint: Summary;
  /** Nanoseconds a point, one a round. */
  readonly samples: readonly number[];
  /** From the accumulation Program to code that can be called, in milliseconds. */
  readonly buildMs: number;
  /** The first call of all, before the engine has optimised anything, in milliseconds. */
  readonly firstCallMs: number;
  /** Copying as many bytes as inputs and outputs have, in the same rounds: median, per point. */
  readonly copyNsPerPoint: number;
  /** Largest difference to the independent Jacobian, relative to the largest entry of the row. */
  readonly maxError: number;
  /** The same as percentiles over the points of the check, of which `maxError` is the largest. */
  readonly errors?: ErrorSummary;
  readonly fusedMultiplyAdd: boolean;
  /** Of the order `optimised`. */
  readonly chosen?: ChosenProgram;
  /** Of targets on a device. */
  readonly device?: DeviceTiming;
}

/** A cell that has no time, because it can't be compiled or its Jacobian is wrong. */
export interface FailedRow extends CellName {
  readonly state: 'failed';
  readonly reason: string;
}

/** A failed cell can't be read as a fast one. */
export type TimingRow = TimedRow | FailedRow;

/** Something that a reader of the timings has to know, with what to do about it. */
export interface TimingWarning {
  readonly kind: 'noisy' | 'coarse-timer' | 'denormal' | 'no-fused-multiply-add';
  readonly message: string;
}

/** What is timed, and for how long. */
export interface TimingRequest {
  readonly form: JacobianForm;
  /** Whether the function's values are computed beside the Jacobian. */
  readonly values: boolean;
  /** Whether targets on a device take its own elementary functions; no if left out. */
  readonly builtIns?: boolean;
  /** How often each cell is visited, in random order; one sample a visit. */
  readonly rounds: number;
  /** Of the order within rounds, and of the points. */
  readonly seed: number;
}
