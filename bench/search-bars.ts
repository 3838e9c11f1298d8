/**
 * The bars of search and bounds: in how many seeds a search reaches a count in its time, and how long
 * it takes until then; and whether bounds reach theirs. Each run is one call of the program, which ends
 * where it reaches its target, so that seconds are those of a person who waits. Runs follow one
 * another; nothing else should run beside them. All samples are kept and printed with `--json`.
 *
 *   npm run bench:search -- [--quick] [--seeds 9] [--threads 2] [--only compiled] [--json]
 *
 * `--quick` takes one seed and leaves out what needs more than ten seconds.
 */
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    seeds: { type: 'string', default: '9' },
    threads: { type: 'string', default: '2' },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const seeds = options.quick ? 1 : Math.max(1, Number(options.seeds));

/** A count that has to be reached within some seconds. */
interface Bar {
  readonly cost: string;
  readonly task: string;
  readonly seconds: number;
  readonly target: number;
  /** In every seed, or in more than half of them. */
  readonly held: 'always' | 'median';
}

function bars(
  cost: string,
  seconds: number,
  held: Bar['held'],
  targets: Readonly<Record<string, number>>,
): Bar[] {
  return Object.entries(targets).map(([task, target]) => ({ cost, task, seconds, target, held }));
}

const searches: readonly Bar[] = [
  ...bars('paper', 1, 'always', {
    HumanHeartDipole: 148,
    PropaneCombustion: 88,
    RoeFlux_1d: 295,
    RobotArm_6DOF: 221,
    g: 409,
    BlackScholes_Jacobian: 297,
    Perceptron: 388,
  }),
  ...bars('paper', 10, 'median', { RoeFlux_3d: 639, Encoder: 4332 }),
  ...bars('paper', 60, 'median', { f: 4953 }),
  ...bars('multiplications', 5, 'median', {
    HumanHeartDipole: 48,
    PropaneCombustion: 24,
    RoeFlux_1d: 184,
    RobotArm_6DOF: 151,
    g: 275,
    BlackScholes_Jacobian: 227,
    Perceptron: 199,
  }),
  ...bars('multiplications', 30, 'median', { RoeFlux_3d: 386, Encoder: 3528 }),
  ...bars('multiplications', 60, 'median', { f: 3938 }),
  ...bars('compiled', 30, 'always', {
    HumanHeartDipole: 121,
    PropaneCombustion: 165,
    RoeFlux_1d: 449,
    RobotArm_6DOF: 193,
    g: 845,
    BlackScholes_Jacobian: 270,
  }),
];

/** A lower bound that has to be reached within some seconds. */
interface BoundBar extends Omit<Bar, 'held'> {
  readonly granularity?: 'scalar';
}

const bounds: readonly BoundBar[] = [
  { cost: 'pairs', task: 'HumanHeartDipole', seconds: 1, target: 148 },
  { cost: 'pairs', task: 'PropaneCombustion', seconds: 1, target: 88 },
  { cost: 'pairs', task: 'RobotArm_6DOF', seconds: 1, target: 221 },
  { cost: 'pairs', task: 'RoeFlux_1d', seconds: 60, target: 295 },
  { cost: 'pairs', task: 'g', seconds: 60, target: 409 },
  { cost: 'pairs', task: 'BlackScholes_Jacobian', seconds: 60, target: 297 },
  { cost: 'pairs', task: 'RoeFlux_3d', seconds: 600, target: 606, granularity: 'scalar' },
  { cost: 'multiplications', task: 'HumanHeartDipole', seconds: 60, target: 48 },
  { cost: 'multiplications', task: 'PropaneCombustion', seconds: 60, target: 24 },
  { cost: 'multiplications', task: 'RobotArm_6DOF', seconds: 60, target: 134 },
  { cost: 'multiplications', task: 'RoeFlux_1d', seconds: 60, target: 161 },
  { cost: 'multiplications', task: 'g', seconds: 60, target: 221 },
];

const program = fileURLToPath(new URL('../../bin/crosscountry.js', import.meta.url));

/** Runs the program and gives its document; a code of 1 says that a target was missed. */
function run(words: readonly (string | number)[]): Readonly<Record<string, unknown>> {
  const argv = [program, ...words.map(String), '--json', '--quiet'];
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
  if (status !== 0 && status !== 1) throw new Error(`${words.join(' ')}: ${stderr}`);
  return JSON.parse(stdout) as Readonly<Record<string, unknown>>;
}

/** One run: what came out and the seconds it took, also where it is a miss. */
interface Sample {
  readonly seed: number;
  readonly count: number;
  readonly seconds: number;
  readonly reached: boolean;
}

function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

const shown = <T extends Bar | BoundBar>(all: readonly T[]): readonly T[] =>
  all.filter(
    ({ cost, seconds }) =>
      (options.only === undefined || options.only === cost) && (!options.quick || seconds <= 10),
  );

const print = (text: string): void => {
  if (!options.json) console.log(text);
};

print(`${seeds} seeds, ${options.threads} threads, ${cpus()[0]?.model ?? 'unknown'}\n`);
print(
  'search            task                   bar   time  reached  seconds (median, most)  counts',
);
const searched = shown(searches).map((bar) => {
  const { cost, task, seconds, target, held } = bar;
  const samples = Array.from({ length: seeds }, (_, seed): Sample => {
    const words = ['search', task, '--cost', cost, '--time', `${seconds}s`, '--target', target];
    const { count, seconds: taken } = run([...words, '--seed', seed, '--threads', options.threads]);
    return {
      seed,
      count: Number(count),
      seconds: Number(taken),
      reached: Number(count) <= target,
    };
  });
  const reached = samples.filter((sample) => sample.reached).length;
  const holds = held === 'always' ? reached === seeds : reached > seeds / 2;
  const times = samples.map((sample) => sample.seconds);
  print(
    `${cost.padEnd(17)} ${task.padEnd(21)} ${String(target).padStart(5)} ${`${seconds} s`.padStart(6)}` +
      `  ${`${reached}/${seeds}`.padStart(5)} ${holds ? '✓' : '✗'}` +
      `  ${quantile(times, 0.5).toFixed(2).padStart(8)} ${Math.max(...times)
        .toFixed(2)
        .padStart(8)}` +
      `        ${[...new Set(samples.map(({ count }) => count))].sort((a, b) => a - b).join(' ')}`,
  );
  return { ...bar, holds, samples };
});

print('\nbound             task                   bar   time    lower  upper  seconds');
const bounded = shown(bounds).map((bar) => {
  const { cost, task, seconds, target, granularity = 'tensor' } = bar;
  const words = ['bound', task, '--cost', cost, '--granularity', granularity];
  const { lower, upper, seconds: taken } = run([...words, '--time', `${seconds}s`]);
  const holds = Number(lower) >= target;
  print(
    `${cost.padEnd(17)} ${`${task}${granularity === 'scalar' ? ' (scalar)' : ''}`.padEnd(21)} ` +
      `${String(target).padStart(5)} ${`${seconds} s`.padStart(6)}  ${String(lower).padStart(6)} ` +
      `${String(upper).padStart(6)} ${holds ? '✓' : '✗'} ${Number(taken).toFixed(2).padStart(7)}`,
  );
  return { ...bar, lower, upper, holds, taken };
});

if (options.json) {
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', node: process.versions.node };
  console.log(JSON.stringify({ seeds, threads: options.threads, machine, searched, bounded }));
}
