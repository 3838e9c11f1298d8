/** A proof on a thread of its own, so that signals and progress get through; Node only. */
import { Worker } from 'node:worker_threads';
import type { ProofMessage, ProofStart } from './proof-messages.ts';
import type { Proof, ProofProgress } from './prove.ts';

/** The worker's file: built JavaScript, also where this file runs as TypeScript. */
const workerFile = new URL(
  import.meta.url.endsWith('.ts')
    ? '../../../dist/src/search/exact/proof-worker.js'
    : './proof-worker.js',
  import.meta.url,
);

/**
 * Runs a proof to its end, its deadline or the signal.
 * @throws what fails on the thread
 */
export function proveOnThread(
  start: Omit<ProofStart, 'stop'>,
  signal: AbortSignal | undefined,
  onProgress: (progress: ProofProgress) => void,
): Promise<Proof> {
  const stop = new SharedArrayBuffer(4);
  const abort = (): void => {
    Atomics.store(new Int32Array(stop), 0, 1);
  };
  if (signal?.aborted === true) abort();
  signal?.addEventListener('abort', abort);
  return new Promise<Proof>((done, fail) => {
    const workerData: ProofStart = { ...start, stop };
    const worker = new Worker(workerFile, { workerData });
    worker.on('message', (message: ProofMessage) => {
      if (message.kind === 'progress') onProgress(message.progress);
      else done(message.proof);
    });
    worker.on('error', fail);
    worker.on('exit', () => {
      fail(new Error('the thread of the proof ended by itself'));
    });
  }).finally(() => {
    signal?.removeEventListener('abort', abort);
  });
}
