/**
 * How many proposals a second the annealers make on RobotArm_6DOF under `pairs`. Every round anneals
 * from the reverse order, one restart of each engine, in a random sequence, so that a ratio compares
 * moments that lie side by side; all samples are kept. The engines make the same choices, which is
 * checked. One core: nothing here runs in parallel.
 *
 *   npm run bench:anneal -- [--rounds 20] [--json]
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { bitsetAnnealing } from '../src/core/anneal-bitset.ts';
import { referenceAnnealing } from '../src/core/anneal-reference.ts';
import { wasmEngine } from '../src/core/wasm.ts';
import { pairs } from '../src/cost/pairs.ts';
import { linearise } from '../src/graph/linearise.ts';
import { reverse } from '../src/search/heuristics/reverse.ts';
import { createRandom } from '../src/support/random.ts';
import { taskNamed } from '../tasks/tasks.ts';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
  },
});
const rounds = Math.max(1, Number(options.rounds));

const { graph } = linearise(taskNamed('RobotArm_6DOF').program());
const costed = pairs.prepare(graph);
const start = reverse.order(graph, { seed: 0 });
const random = createRandom(1);
/** A restart's temperatures; the reference makes a few proposals at each. */
const sweeps = 400;
const temperatures = Array.from(
  { length: sweeps },
  (_, sweep) => 3 * (0.15 / 3) ** (sweep / (sweeps - 1)),
);

const contestants = [
  { engine: wasmEngine, limit: Infinity },
  { engine: bitsetAnnealing, limit: Infinity },
  { engine: referenceAnnealing, limit: 2 },
].map(({ engine, limit }) => ({
  name: engine.name,
  annealer: engine.annealer(costed, { tries: 8 }),
  limit,
  /** Proposals a second, one a round. */
  samples: [] as number[],
}));

/** Orders that two annealers come to have to be the same, step by step. */
function check(): void {
  const orders = contestants.map(({ annealer }) => {
    annealer.start(start, 7);
    annealer.sweep(3, 300);
    return annealer.order().join();
  });
  if (new Set(orders).size > 1) throw new Error('the annealers disagree');
  const finds = contestants.slice(0, 2).map(({ annealer }) => {
    annealer.start(start, 8);
    for (const temperature of temperatures) annealer.sweep(temperature);
    return annealer.bestOrder().join();
  });
  if (new Set(finds).size > 1) throw new Error('the annealers disagree');
}
check();

const warmUps = 2;
for (let round = -warmUps; round < rounds; round += 1) {
  for (const { annealer, limit, samples } of random.shuffle(contestants)) {
    annealer.start(start, round + warmUps);
    const begun = performance.now();
    let made = 0;
    for (const temperature of temperatures) made += annealer.sweep(temperature, limit);
    const seconds = (performance.now() - begun) / 1000;
    if (round >= 0) samples.push(made / seconds);
  }
}

function summarise(samples: readonly number[]): Record<'median' | 'min' | 'max', number> {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round((sorted.length - 1) * share)] ?? NaN;
  return { median: at(0.5), min: at(0), max: at(1) };
}

const [core, ...others] = contestants;
const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };
const report = {
  format: 'crosscountry/bench-anneal',
  version: 1,
  subject: graph.name,
  machine,
  engines: contestants.map(({ name, samples }) => ({
    name,
    proposalsPerSecond: { ...summarise(samples), samples },
  })),
  ratios: others.map(({ name, samples }) => {
    const ratios = samples.map((sample, round) => (core?.samples[round] ?? NaN) / sample);
    return { of: core?.name, to: name, ...summarise(ratios), samples: ratios };
  }),
};

if (options.json) {
  console.log(JSON.stringify(report, undefined, 2));
} else {
  console.log(
    `annealing ${graph.name} from the reverse order, ${rounds} rounds; ` +
      `${machine.cpu}, Node ${machine.node}`,
  );
  console.log('thousand proposals/s   median      min      max');
  const thousands = (value: number): string => (value / 1e3).toFixed(1).padStart(8);
  for (const { name, proposalsPerSecond: rate } of report.engines) {
    console.log(`${name.padEnd(20)} ${[rate.median, rate.min, rate.max].map(thousands).join(' ')}`);
  }
  for (const { to, median, min, max } of report.ratios) {
    console.log(
      `wasm is ${median.toFixed(1)} × ${to} (median of rounds; ${min.toFixed(1)} … ${max.toFixed(1)})`,
    );
  }
}
for (const { annealer } of contestants) annealer.dispose();
