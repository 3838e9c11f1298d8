/** Lets timers, messages and signals through: what computes long calls it now and then. */

interface Channel {
  readonly port1: { onmessage: (() => void) | null; close(): void };
  readonly port2: { postMessage(message: null): void };
}

// What Node has and a browser lacks, and what both have under different types.
const host = globalThis as unknown as {
  readonly setImmediate?: (run: () => void) => unknown;
  readonly MessageChannel: new () => Channel;
};

/**
 * Resolves when what waited has had its turn. Timers of browsers wait 4 ms and more, messages don't;
 * in Node an open channel would keep the process alive.
 */
export function breathe(): Promise<void> {
  return new Promise((done) => {
    if (host.setImmediate !== undefined) {
      host.setImmediate(done);
      return;
    }
    const { port1, port2 } = new host.MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(null);
  });
}
