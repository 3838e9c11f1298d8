/** A thread that proves one graph's bound (proof-thread.ts), and says how far it is now and then. */
import { parentPort, workerData } from 'node:worker_threads';
import { costModelNamed } from '../../cost/models.ts';
import { orderFromPositions } from '../../order/orders.ts';
import { proofClock } from './proof-clock.ts';
import type { ProofMessage, ProofStart } from './proof-messages.ts';
import { prove } from './prove.ts';

/** Milliseconds between messages. */
const pace = 100;

const port = parentPort;
if (port === null) throw new Error('this file is a thread of a proof, no program');

const say = (message: ProofMessage): void => {
  port.postMessage(message);
};

const { graph, model, known, seed, memory, budget, stop } = workerData as ProofStart;
const stopped = new Int32Array(stop);
const { shouldStop, timeUsed } = proofClock(budget, () => Atomics.load(stopped, 0) === 1);
let said = 0;
const proof = prove(costModelNamed(model).prepare(graph), orderFromPositions(graph, known), {
  effort: 'full',
  seed,
  memory,
  shouldStop,
  timeUsed,
  onProgress: (progress) => {
    if (Date.now() - said < pace) return;
    said = Date.now();
    say({ kind: 'progress', progress });
  },
});
say({ kind: 'proof', proof });
