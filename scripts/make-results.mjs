/**
 * Makes the published results again: a search for each task of the paper under each cost model, its
 * budget in evaluations and its seed fixed, so that the same orders and counts come out on every
 * machine. Results that are there already stay; `crosscountry verify results` checks them all.
 *
 *     npm run results
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
const program = fileURLToPath(new URL('bin/crosscountry.js', root));

const scalar = ['HumanHeartDipole', 'PropaneCombustion', 'RoeFlux_1d', 'RobotArm_6DOF', 'g'];
const budgets = {
  ...Object.fromEntries([...scalar, 'BlackScholes_Jacobian'].map((task) => [task, 1e7])),
  RoeFlux_3d: 3e7,
  f: 6e7,
  Perceptron: 5e6,
  Encoder: 3e7,
};

for (const cost of ['paper', 'multiplications']) {
  for (const [task, evaluations] of Object.entries(budgets)) {
    const words = ['search', task, '--cost', cost, '--evaluations', evaluations, '--seed', 1];
    const { status } = spawnSync(
      process.execPath,
      [program, ...words.map(String), '--quiet', '--out', 'results/'],
      { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    console.log(`${status === 0 ? 'done  ' : 'failed'}  ${cost}  ${task}`);
    if (status !== 0) process.exitCode = 1;
  }
}
