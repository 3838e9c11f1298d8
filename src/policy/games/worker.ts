/** A thread that plays games as it is told (threads.ts); it ends when it is terminated. */
import { parentPort, workerData } from 'node:worker_threads';
import { costModelNamed } from '../../cost/models.ts';
import { createMaker } from './makers.ts';
import { takeGame, type ThreadMessage, type ThreadOrder, type ThreadStart } from './messages.ts';

const port = parentPort;
if (port === null) throw new Error('this file is a thread of a training, no program');

const say = (message: ThreadMessage): void => {
  port.postMessage(message);
};

const { kind, graphs, model, weights } = workerData as ThreadStart;
const prepared = graphs.map((graph) => costModelNamed(model).prepare(graph));
const maker = createMaker(kind, prepared, weights);

/** A failure ends the thread, and the run hears of it. */
port.on('message', ({ round, weights: own, plans, next }: ThreadOrder) => {
  maker.loadWeights(own);
  for (let taken = takeGame(plans, next); taken !== undefined; taken = takeGame(plans, next)) {
    const { index, plan } = taken;
    say({ kind: 'game', round, index, game: maker.play(plan) });
  }
  say({ kind: 'end', round });
});
