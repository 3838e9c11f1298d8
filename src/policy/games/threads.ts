/** Threads that play games, each with a core of its own; Node only. */
import { Worker } from 'node:worker_threads';
import type { ThreadMessage, ThreadOrder, ThreadStart } from './messages.ts';

/** The worker's file: built JavaScript, also where this file runs as TypeScript. */
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? '../../../dist/src/policy/games/worker.js' : './worker.js',
  import.meta.url,
);

/** Hears the games of a round by index. */
type GameListener = (index: number, game: unknown) => void;

/** A round that threads are at. */
interface RunningRound {
  readonly heard: GameListener;
  readonly done: () => void;
  readonly fail: (reason: unknown) => void;
  /** Threads that have not come to its end. */
  playing: number;
}

/** Some threads that play rounds together, one round at a time. */
export class GameCrew {
  readonly #workers: readonly Worker[];
  #round = 0;
  #running: RunningRound | undefined;
  #failure: { readonly reason: unknown } | undefined;

  /** Starts so many threads. */
  constructor(start: ThreadStart, threads: number) {
    this.#workers = Array.from({ length: threads }, () => {
      const worker = new Worker(workerFile, { workerData: start });
      worker.on('message', (message: ThreadMessage) => {
        this.#hear(message);
      });
      worker.on('error', (reason) => {
        this.#fail(reason);
      });
      return worker;
    });
  }

  /**
   * Plays what is not taken of a round.
   * @returns when no thread is at it any more
   * @throws what fails on any of the threads
   */
  play(order: Omit<ThreadOrder, 'round'>, heard: GameListener): Promise<void> {
    if (this.#running !== undefined) throw new Error('the threads are at another round');
    this.#round += 1;
    const round = this.#round;
    return new Promise((done, fail) => {
      this.#running = { heard, done, fail, playing: this.#workers.length };
      if (this.#failure !== undefined) {
        this.#fail(this.#failure.reason);
        return;
      }
      const message: ThreadOrder = { round, ...order };
      for (const worker of this.#workers) worker.postMessage(message);
    });
  }

  /** Ends the threads, whatever they are at. */
  dispose(): void {
    this.#running = undefined;
    for (const worker of this.#workers) void worker.terminate();
  }

  #hear(message: ThreadMessage): void {
    const running = this.#running;
    if (running === undefined || message.round !== this.#round) return;
    if (message.kind === 'game') {
      running.heard(message.index, message.game);
      return;
    }
    running.playing -= 1;
    if (running.playing > 0) return;
    this.#running = undefined;
    running.done();
  }

  #fail(reason: unknown): void {
    this.#failure = { reason };
    this.#running?.fail(reason);
    this.#running = undefined;
  }
}
