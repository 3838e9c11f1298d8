/**
 * Makes the published results: for each task of the paper under each cost model a search, whose budget
 * in evaluations and whose seed are fixed, so that the same order comes out on every machine, and then
 * bounds of its count, which begin at that order. One file each has both: the lowest count and the
 * strongest bound. Under `compiled` there are no bounds, and tensors are searched element by element. A
 * file that was there before stays where it has a lower count or, with the same count, a better bound;
 * else the new one takes its place. `crosscountry verify results` checks them
 * all, `crosscountry verify --replay results` runs the proofs again.
 *
 *     npm run results [-- paper multiplications compiled] [RoeFlux_1d g …]
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
const program = fileURLToPath(new URL('bin/crosscountry.js', root));
const store = fileURLToPath(new URL('results/', root));

const scalar = ['HumanHeartDipole', 'PropaneCombustion', 'RoeFlux_1d', 'RobotArm_6DOF', 'g'];
const small = [...scalar, 'BlackScholes_Jacobian'];

/** Proposals of a search. */
const plain = {
  ...Object.fromEntries(small.map((task) => [task, 1e7])),
  RoeFlux_3d: 3e7,
  f: 6e7,
  Perceptron: 5e6,
  Encoder: 3e7,
};

/** The same under `compiled`, where vertices of tensors are single elements. */
const compiled = {
  ...Object.fromEntries(small.map((task) => [task, 4e5])),
  RoeFlux_3d: 3e5,
  f: 12000,
  Perceptron: 3e5,
  Encoder: 8000,
};

/** Time for a bound, where it is not proved before: the proof of g needs a minute and more. */
const proofTime = (task) => (task === 'g' ? '4m' : task === 'BlackScholes_Jacobian' ? '2m' : '60s');

function run(...words) {
  const { status } = spawnSync(process.execPath, [program, ...words.map(String), '--quiet'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}`);
}

const read = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** Whether one result is better than another. */
function isBetter(one, other) {
  if (one.count !== other.count) return one.count < other.count;
  return (one.bound?.lower ?? -1) > (other.bound?.lower ?? -1);
}

/** Moves the result that a command wrote to a store of its own here, unless a better one is here. */
function publish(made, task) {
  const [name] = readdirSync(join(made, task));
  const result = read(join(made, task, name));
  const folder = join(store, task);
  mkdirSync(folder, { recursive: true });
  const olds = readdirSync(folder).filter((old) =>
    old.startsWith(`${result.cost}-${result.granularity}-`),
  );
  const { lower, proved } = result.bound ?? {};
  const bound = lower === undefined ? '' : proved ? ', proved' : `, at least ${lower}`;
  const found = `${result.count}${bound}`;
  if (olds.some((old) => isBetter(read(join(folder, old)), result))) {
    return `${found}: the one that is there is better and stays`;
  }
  for (const old of olds) rmSync(join(folder, old));
  copyFileSync(join(made, task, name), join(folder, name));
  return found;
}

/** Searches and bounds one task. */
function make(task, cost, evaluations) {
  const folder = mkdtempSync(join(tmpdir(), 'results-'));
  try {
    const own = ['--cost', cost];
    const isTensor = !small.includes(task);
    if (cost === 'compiled' && isTensor) own.push('--granularity', 'scalar');
    const search = ['search', task, ...own, '--evaluations', evaluations, '--seed', 1];
    const made = join(folder, 'made');
    if (cost === 'compiled') {
      run(...search, '--out', `${made}/`);
    } else {
      const found = join(folder, 'found.json');
      run(...search, '--out', found);
      run('bound', task, ...own, '--time', proofTime(task), '--result', found, '--out', `${made}/`);
    }
    return publish(made, task);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const budgetsOf = { paper: plain, multiplications: plain, compiled };
const words = process.argv.slice(2);
const asked = words.filter((word) => word in budgetsOf);
const askedTasks = words.filter((word) => !(word in budgetsOf));
const unknown = askedTasks.find((word) => !(word in plain));
if (unknown !== undefined) {
  console.error(
    `${unknown} is neither a cost model of ${Object.keys(budgetsOf).join(', ')} nor a task`,
  );
  process.exit(2);
}

for (const [cost, budgets] of Object.entries(budgetsOf)) {
  if (asked.length > 0 && !asked.includes(cost)) continue;
  for (const [task, evaluations] of Object.entries(budgets)) {
    if (askedTasks.length > 0 && !askedTasks.includes(task)) continue;
    try {
      console.log(`${cost}  ${task}  ${make(task, cost, evaluations)}`);
    } catch (error) {
      console.error(`${cost}  ${task}  failed: ${error.message}`);
      process.exitCode = 1;
    }
  }
}
