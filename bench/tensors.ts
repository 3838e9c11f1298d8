/**
 * How long the core takes for random orders of the paper's tensor tasks. `first` begins with nothing
 * known: patterns are composed and tables filled on the way; `again` counts the same orders with
 * tables full. Medians over rounds, each on a graph of its own; all samples are kept. One core.
 *
 *   npm run bench:tensors -- [--orders 1000] [--rounds 15] [--json]
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { wasmEngine } from '../src/core/wasm.ts';
import { lineariseWithCodes } from '../src/cost/paper/encode.ts';
import { costModels } from '../src/cost/models.ts';
import { eliminableVertices, orderFromPositions } from '../src/order/orders.ts';
import { createRandom } from '../src/support/random.ts';
import { taskNamed } from '../tasks/tasks.ts';

const { values: options } = parseArgs({
  options: {
    orders: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '15' },
    json: { type: 'boolean', default: false },
  },
});
const number = Math.max(1, Number(options.orders));
const rounds = Math.max(1, Number(options.rounds));

const contestants = ['RoeFlux_3d', 'f', 'Perceptron', 'Encoder'].flatMap((task) =>
  costModels.map((model) => ({
    task,
    model,
    graph: lineariseWithCodes(taskNamed(task).program()).graph,
    patterns: 0,
    /** Milliseconds, one a round. */
    first: [] as number[],
    again: [] as number[],
  })),
);

const random = createRandom(1);
for (let round = 0; round < rounds; round += 1) {
  for (const one of random.shuffle(contestants)) {
    // Prepared graphs are remembered by the graph; a new one starts with an empty algebra.
    const graph = { ...one.graph };
    const eliminable = eliminableVertices(graph);
    const orders = Array.from({ length: number }, () =>
      orderFromPositions(graph, random.shuffle(eliminable)),
    );
    const start = performance.now();
    const costed = one.model.prepare(graph);
    const handle = wasmEngine.load(costed);
    const counts = handle.count(orders);
    const between = performance.now();
    const recounts = handle.count(orders);
    const end = performance.now();
    handle.dispose();
    if (counts.some((count, index) => count !== recounts[index])) {
      throw new Error(`${one.task} was counted differently with full tables`);
    }
    one.patterns = Math.max(one.patterns, costed.algebra.size());
    one.first.push(between - start);
    one.again.push(end - between);
  }
}

function summarise(samples: readonly number[]): {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly samples: readonly number[];
} {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round((sorted.length - 1) * share)] ?? NaN;
  return { median: at(0.5), min: at(0), max: at(1), samples };
}

const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };
const rows = contestants.map(({ task, model, patterns, first, again }) => ({
  subject: task,
  cost: model.name,
  patterns,
  firstMs: summarise(first),
  againMs: summarise(again),
}));

if (options.json) {
  const head = { format: 'crosscountry/bench-tensors', version: 1, machine };
  console.log(JSON.stringify({ ...head, orders: number, rows }, undefined, 2));
} else {
  console.log(
    `${number} random orders in the core, ms, medians of ${rounds} rounds; ` +
      `${machine.cpu}, Node ${machine.node}`,
  );
  console.log('task        cost             patterns     first     again');
  for (const { subject, cost, patterns, firstMs, againMs } of rows) {
    const figures = [firstMs, againMs].map(({ median }) => median.toFixed(1).padStart(9)).join(' ');
    console.log(
      `${subject.padEnd(11)} ${cost.padEnd(16)} ${String(patterns).padStart(8)} ${figures}`,
    );
  }
}
