/**
 * What Jacobians can be timed on. A new one is an entry here; buttons, tables and files are made from
 * the list.
 */
import { runTimings } from '../../src/bench/run.ts';
import type { TimedSubject, TimingOutcome } from '../../src/bench/suite.ts';
import type { Precision } from '../../src/compile/types.ts';
import { ComputeDevice } from '../../src/execute/device.ts';
import type { TimingNews } from '../protocol.ts';
import { requireMemory } from './batch-memory.ts';
import { missingGpu } from './page-gpu.ts';

/** What is timed, and what is told meanwhile. */
export interface TimerRequest {
  readonly subject: TimedSubject;
  /** Points a call. */
  readonly batch: number;
  readonly form: 'compact';
  readonly values: boolean;
  readonly seed: number;
  readonly signal: AbortSignal;
  onProgress(news: TimingNews): void;
}

/** A thing to time on. */
export interface Timer {
  readonly key: string;
  /** Behind "time on". */
  readonly label: string;
  /** Why it is not there, with what to do; nothing where it is. */
  missing(): Promise<string | undefined>;
  /** @throws UserError where it can't time */
  time(request: TimerRequest): Promise<TimingOutcome>;
}

/** Rounds: enough for intervals, in some seconds. */
const [rounds, seconds] = [15, 20];

const machine: Timer = {
  key: 'machine',
  label: 'this machine',
  missing: () => Promise.resolve(undefined),
  time: (request) => runTimings(suiteOf(request, ['wasm'], 'f64')),
};

/** Browsers that are older than the types have none. */
function ownGpu(): GPU | undefined {
  return (navigator as Partial<Pick<Navigator, 'gpu'>>).gpu;
}

/** WebAssembly stands beside it, in the same rounds and the same precision. */
const gpu: Timer = {
  key: 'gpu',
  label: 'this GPU',
  missing: () => missingGpu({ gpu: ownGpu(), isSecure: isSecureContext }),
  time: (request) =>
    runTimings({
      ...suiteOf(request, ['webgpu', 'wasm'], 'f32'),
      device: () => ComputeDevice.open(navigator.gpu),
    }),
};

/** Every timer, in the order of buttons. */
export const timers: readonly Timer[] = [machine, gpu];

/** @throws UserError `batch-memory` */
function suiteOf(
  { subject, batch, ...request }: TimerRequest,
  targets: readonly string[],
  precision: Precision,
) {
  requireMemory(subject.subject.program(), { jacobians: subject.orders.length, batch });
  const kind = { targets, precisions: [precision] };
  return { ...request, ...kind, subjects: [subject], batches: [batch], rounds, seconds };
}
