/**
 * Makes the policy that comes with the package, policies/generalist.json: for each of three seeds a
 * policy learns from annealing on generated graphs, twice, the second time from longer annealing; all are
 * judged on held-out graphs, and the one in the middle is shipped, with how it was made. On one core
 * some ten minutes in all. What a seed came to is kept in a folder, and taken up there again.
 *
 *     npm run generalist [-- FOLDER]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  annealHeldOut,
  excessOfHeuristic,
  excessOfPolicy,
} from '../dist/src/policy/generalist/judge.js';
import { heldOutGraphs, lessonFamilies } from '../dist/src/policy/imitation/lesson-graphs.js';
import { coreWeights, initialWeights } from '../dist/src/policy/networks/message-passing.js';
import { finishedPolicyText } from '../dist/src/policy/policy-file.js';
import { openPolicy } from '../dist/src/policy/shipped.js';

const root = new URL('../', import.meta.url);
const program = fileURLToPath(new URL('bin/crosscountry.js', root));
const folder = process.argv[2] ?? fileURLToPath(new URL('build/generalist/', root));
const seeds = [1, 2, 3];
const heldOutEach = 8;

/** The second time: fewer lessons of better teaching. */
const second = { lessons: 900, sweeps: 300, 'learning-rate': 1.5e-3 };
const secondSeed = (seed) => 100 + seed;
const secondWords = Object.entries(second).map(([name, value]) => `${name}=${value}`);

function train(file, ...words) {
  if (existsSync(file)) return;
  const all = ['train', '--algorithm', 'imitation', ...words.map(String), '--out', file];
  const { status } = spawnSync(process.execPath, [program, ...all, '--quiet'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error(`${all.join(' ')} ended with ${status}`);
}

const percent = (share) => `${(100 * share).toFixed(2)} %`;

function print(name, { mean, byFamily }) {
  const families = Object.entries(byFamily).map(([family, share]) => `${family} ${percent(share)}`);
  console.log(`${name.padEnd(20)} ${percent(mean)}  ${families.join('  ')}`);
}

mkdirSync(folder, { recursive: true });
const graphs = await annealHeldOut(heldOutGraphs(heldOutEach));
for (const name of ['markowitz', 'minimal-damage']) print(name, excessOfHeuristic(graphs, name));
print('untrained', excessOfPolicy(graphs, initialWeights(0)));
const judged = [];
for (const seed of seeds) {
  const first = join(folder, `first-${seed}.policy.json`);
  const last = join(folder, `last-${seed}.policy.json`);
  train(first, '--seed', seed);
  train(last, '--seed', secondSeed(seed), '--policy', first, '--parameter', ...secondWords);
  const { policy } = await openPolicy(last);
  const excess = excessOfPolicy(graphs, coreWeights(policy));
  print(`seed ${seed}`, excess);
  judged.push({ seed, policy, excess: excess.mean });
}
judged.sort((a, b) => a.excess - b.excess);
const middle = judged[Math.floor(judged.length / 2)];
const command =
  `train --algorithm imitation --seed N --out FIRST; train --algorithm imitation --policy FIRST ` +
  `--seed ${secondSeed(0)}+N --parameter ${secondWords.join(' ')}`;
const text = finishedPolicyText(middle.policy, {
  command,
  seeds,
  seed: middle.seed,
  parameters: second,
  families: lessonFamilies.map(({ name }) => name),
  heldOut: {
    graphs: graphs.length,
    excess: Object.fromEntries(judged.map(({ seed, excess }) => [seed, excess])),
  },
});
mkdirSync(new URL('policies/', root), { recursive: true });
writeFileSync(new URL('policies/generalist.json', root), text);
console.log(`wrote policies/generalist.json: seed ${middle.seed}, ${text.length} bytes`);
