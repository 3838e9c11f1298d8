/**
 * The one module of Node that the page's code could reach, src/search/restart-threads.ts: loaded for
 * searches on several threads, which the page never asks for, and left out of its bundle.
 */
declare module 'node:worker_threads' {
  export class Worker {
    constructor(file: URL, options: { readonly workerData: unknown });
    on(event: 'message', listen: (message: never) => void): void;
    on(event: 'error', listen: (error: unknown) => void): void;
    on(event: 'exit', listen: () => void): void;
    postMessage(message: unknown): void;
    terminate(): Promise<number>;
  }
}
