/**
 * How fast the engines count random orders of RobotArm_6DOF. Every round times all engines on the
 * same orders, in a random sequence, so that a ratio compares moments that lie side by side; all
 * samples are kept. One core: nothing here runs in parallel.
 *
 *   npm run bench:core -- [--rounds 60] [--json]
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { bitsetEngine } from '../src/core/bitset.ts';
import { referenceEngine } from '../src/core/reference.ts';
import { wasmEngine } from '../src/core/wasm.ts';
import { pairs } from '../src/cost/pairs.ts';
import { linearise } from '../src/graph/linearise.ts';
import { eliminableVertices, orderFromPositions } from '../src/order/orders.ts';
import { createRandom } from '../src/support/random.ts';
import { taskNamed } from '../tasks/tasks.ts';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '60' },
    json: { type: 'boolean', default: false },
  },
});
const rounds = Math.max(1, Number(options.rounds));

const { graph } = linearise(taskNamed('RobotArm_6DOF').program());
const costed = pairs.prepare(graph);
const random = createRandom(1);
const eliminable = eliminableVertices(graph);
const orders = Array.from({ length: 2000 }, () =>
  orderFromPositions(graph, random.shuffle(eliminable)),
);

/** `share` of the orders is what an engine counts in a round; the reference would take seconds. */
const contestants = [
  { engine: wasmEngine, share: 1 },
  { engine: bitsetEngine, share: 1 },
  { engine: referenceEngine, share: 0.01 },
].map(({ engine, share }) => ({
  name: engine.name,
  handle: engine.load(costed),
  orders: orders.slice(0, orders.length * share),
  /** Eliminations a second, one a round. */
  samples: [] as number[],
}));

const expected = contestants.map(({ handle, orders: own }) => handle.count(own));
for (const counts of expected) {
  counts.forEach((count, index) => {
    if (count !== expected[0]?.[index]) throw new Error(`the engines disagree on order ${index}`);
  });
}

const warmUps = 5;
for (let round = -warmUps; round < rounds; round += 1) {
  for (const { handle, orders: own, samples } of random.shuffle(contestants)) {
    const start = performance.now();
    handle.count(own);
    const seconds = (performance.now() - start) / 1000;
    if (round >= 0) samples.push((own.length * eliminable.length) / seconds);
  }
}

interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

function summarise(samples: readonly number[]): Summary {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round((sorted.length - 1) * share)] ?? NaN;
  return { median: at(0.5), min: at(0), max: at(1) };
}

function samplesOf(name: string): readonly number[] {
  return contestants.find((one) => one.name === name)?.samples ?? [];
}

/** wasm over another engine, round by round. */
function ratios(other: string): number[] {
  const others = samplesOf(other);
  return samplesOf('wasm').map((sample, round) => sample / (others[round] ?? NaN));
}

const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };
const report = {
  format: 'crosscountry/bench-core',
  version: 1,
  subject: graph.name,
  machine,
  ordersPerRound: orders.length,
  eliminationsPerOrder: eliminable.length,
  engines: contestants.map(({ name, samples }) => ({
    name,
    eliminationsPerSecond: { ...summarise(samples), samples },
  })),
  ratios: ['bitset', 'reference'].map((other) => ({
    of: 'wasm',
    to: other,
    ...summarise(ratios(other)),
    samples: ratios(other),
  })),
};

if (options.json) {
  console.log(JSON.stringify(report, undefined, 2));
} else {
  const millions = (value: number): string => (value / 1e6).toFixed(2).padStart(8);
  console.log(
    `random orders of ${graph.name} (${eliminable.length} eliminations), ${rounds} rounds; ` +
      `${machine.cpu}, Node ${machine.node}`,
  );
  console.log('million eliminations/s   median      min      max');
  for (const { name, eliminationsPerSecond: rate } of report.engines) {
    const figures = [rate.median, rate.min, rate.max].map(millions).join(' ');
    console.log(`${name.padEnd(22)} ${figures}`);
  }
  for (const { to, median, min, max } of report.ratios) {
    console.log(
      `wasm is ${median.toFixed(2)} × ${to} (median of rounds; ${min.toFixed(2)} … ${max.toFixed(2)})`,
    );
  }
}
for (const { handle } of contestants) handle.dispose();
