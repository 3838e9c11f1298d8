/** Restarts on worker threads, each with a core instance of its own; Node only. */
import { Worker } from 'node:worker_threads';
import type { ThreadMessage, ThreadOrder, ThreadStart } from './restart-messages.ts';
import type { RestartQueue, RestartSearch } from './restarts.ts';

/** Plans that a thread has at hand: one to run and the next. */
const plansAtHand = 2;

/** The worker's file: built JavaScript, also where this file runs as TypeScript. */
const workerFile = new URL(
  import.meta.url.endsWith('.ts')
    ? '../../dist/src/search/restart-worker.js'
    : './restart-worker.js',
  import.meta.url,
);

/** One thread until it has nothing left to do. */
function runThread(
  search: RestartSearch,
  queue: RestartQueue,
  running: Set<RestartThread>,
): Promise<void> {
  return new Promise((done, fail) => {
    const thread = new RestartThread(search, queue, () => {
      running.delete(thread);
      done();
    });
    running.add(thread);
    thread.worker.on('error', fail);
    thread.worker.on('exit', () => {
      if (running.has(thread)) fail(new Error('a thread of the search ended by itself'));
    });
  });
}

class RestartThread {
  readonly worker: Worker;
  readonly #queue: RestartQueue;
  readonly #done: () => void;
  readonly #indices = new Set<number>();

  constructor(search: RestartSearch, queue: RestartQueue, done: () => void) {
    this.#queue = queue;
    this.#done = done;
    const { model, ...setting } = search.setting;
    const workerData: ThreadStart = { runner: search.runner, setting, model: model.name };
    this.worker = new Worker(workerFile, { workerData });
    this.worker.on('message', (message: ThreadMessage) => {
      this.#hear(message);
    });
  }

  /** Tells the thread which of its restarts need not go on. */
  cancel(): void {
    for (const index of this.#indices) {
      if (this.#queue.isCancelled(index)) this.#tell({ kind: 'cancel', index });
    }
  }

  #tell(order: ThreadOrder): void {
    this.worker.postMessage(order);
  }

  #hear(message: ThreadMessage): void {
    switch (message.kind) {
      case 'report':
        this.#queue.report(message.index, message.evaluations, message.best);
        return;
      case 'result':
        this.#indices.delete(message.result.index);
        this.#queue.finish(message.result);
        break;
      case 'ready':
    }
    while (this.#indices.size < plansAtHand) {
      const plan = this.#queue.take();
      if (plan === undefined) break;
      this.#indices.add(plan.index);
      this.#tell({ kind: 'run', plan });
    }
    if (this.#indices.size > 0) return;
    this.#done();
    void this.worker.terminate();
  }
}

/**
 * Runs restarts on `others` threads beside `here`.
 * @throws what fails on any of them, after all have been ended
 */
export async function runOnThreads(
  search: RestartSearch,
  queue: RestartQueue,
  others: number,
  here: () => Promise<void>,
): Promise<void> {
  const running = new Set<RestartThread>();
  const cancel = (): void => {
    for (const thread of running) thread.cancel();
  };
  search.signal?.addEventListener('abort', cancel);
  queue.onTargetMet = cancel;
  try {
    const threads = Array.from({ length: others }, () => runThread(search, queue, running));
    await Promise.all([...threads, here()]);
  } finally {
    search.signal?.removeEventListener('abort', cancel);
    const left = [...running];
    running.clear();
    await Promise.all(left.map(({ worker }) => worker.terminate()));
  }
}
