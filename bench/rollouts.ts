/**
 * How many Markowitz rollouts a second are made on scalar tasks, equals by chance: in the core, and
 * the same in plain JavaScript. Every round times both from the same seed, in a random sequence, so
 * that a ratio compares moments that lie side by side; all samples are kept. Both make the same
 * choices, which is checked. One core: nothing here runs in parallel.
 *
 *   npm run bench:rollouts -- [--rounds 40] [--json]
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { BitsetRollouts } from '../src/core/rollouts-bitset.ts';
import { wasmEngine } from '../src/core/wasm.ts';
import { pairs } from '../src/cost/pairs.ts';
import { linearise } from '../src/graph/linearise.ts';
import { createRandom } from '../src/support/random.ts';
import { taskNamed } from '../tasks/tasks.ts';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '40' },
    json: { type: 'boolean', default: false },
  },
});
const rounds = Math.max(1, Number(options.rounds));
const rolloutsARound = 400;
const warmUps = 5;
const random = createRandom(1);

function summarise(samples: readonly number[]): Record<'median' | 'min' | 'max', number> {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round((sorted.length - 1) * share)] ?? NaN;
  return { median: at(0.5), min: at(0), max: at(1) };
}

function measure(task: string) {
  const { graph } = linearise(taskNamed(task).program());
  const costed = pairs.prepare(graph);
  const play = wasmEngine.play(costed, 'degrees');
  const plain = new BitsetRollouts(costed);
  const contestants = [
    {
      name: 'wasm',
      run: (seed: number): Float64Array => {
        play.seed(seed);
        return play.rollouts({ kind: 'markowitz', temperature: 0 }, rolloutsARound);
      },
      samples: [] as number[],
    },
    {
      name: 'plain JavaScript',
      run: (seed: number): Float64Array => plain.run(rolloutsARound, seed),
      samples: [] as number[],
    },
  ];
  const [expected, other] = contestants.map(({ run }) => run(7).join());
  if (expected !== other) throw new Error(`the rollouts of ${task} disagree`);
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const { run, samples } of random.shuffle(contestants)) {
      const start = performance.now();
      run(round + warmUps);
      const seconds = (performance.now() - start) / 1000;
      if (round >= 0) samples.push(rolloutsARound / seconds);
    }
  }
  play.dispose();
  const [core, script] = contestants;
  const ratios = (core?.samples ?? []).map(
    (sample, round) => sample / (script?.samples[round] ?? NaN),
  );
  return {
    subject: task,
    engines: contestants.map(({ name, samples }) => ({
      name,
      rolloutsPerSecond: { ...summarise(samples), samples },
    })),
    ratio: { of: 'wasm', to: 'plain JavaScript', ...summarise(ratios), samples: ratios },
  };
}

const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };
const report = {
  format: 'crosscountry/bench-rollouts',
  version: 1,
  machine,
  subjects: ['RobotArm_6DOF', 'RoeFlux_1d', 'g'].map(measure),
};

if (options.json) {
  console.log(JSON.stringify(report, undefined, 2));
} else {
  console.log(`Markowitz rollouts, ${rounds} rounds; ${machine.cpu}, Node ${machine.node}`);
  console.log('thousand rollouts/s                 median      min      max');
  const thousands = (value: number): string => (value / 1e3).toFixed(1).padStart(8);
  for (const { subject, engines, ratio } of report.subjects) {
    for (const { name, rolloutsPerSecond: rate } of engines) {
      const figures = [rate.median, rate.min, rate.max].map(thousands).join(' ');
      console.log(`${subject.padEnd(14)} ${name.padEnd(18)} ${figures}`);
    }
    const { median, min, max } = ratio;
    console.log(
      `${subject.padEnd(14)} wasm is ${median.toFixed(2)} × plain JavaScript ` +
        `(median of rounds; ${min.toFixed(2)} … ${max.toFixed(2)})`,
    );
  }
}
