/** A thread that runs restarts as it is told (restart-threads.ts); it ends when it is terminated. */
import { parentPort, workerData } from 'node:worker_threads';
import { costModelNamed } from '../cost/models.ts';
import { breathe } from '../support/breathe.ts';
import type { ThreadMessage, ThreadOrder, ThreadStart } from './restart-messages.ts';
import { createRunner } from './restart-runners.ts';
import type { RestartPlan } from './restarts.ts';

const port = parentPort;
if (port === null) throw new Error('this file is a thread of a search, no program');

const say = (message: ThreadMessage): void => {
  port.postMessage(message);
};

const { runner: name, setting, model } = workerData as ThreadStart;
const runner = createRunner(name, { ...setting, model: costModelNamed(model) });
const cancelled = new Set<number>();

async function run(plan: RestartPlan): Promise<void> {
  const { index } = plan;
  const result = await runner.run(plan, {
    pause: async () => {
      await breathe();
      return cancelled.has(index);
    },
    report: (evaluations, best) => {
      say({ kind: 'report', index, evaluations, best });
    },
  });
  say({ kind: 'result', result });
}

/** One after the other; a failure ends the thread, and the search hears of it. */
let last: Promise<void> = Promise.resolve();
port.on('message', (order: ThreadOrder) => {
  if (order.kind === 'cancel') {
    cancelled.add(order.index);
    return;
  }
  last = last.then(() => run(order.plan));
});
say({ kind: 'ready' });
