/**
 * Makes the policy that comes with the package, policies/generalist.json: one training for each of three
 * seeds by the standard recipe (src/policy/generalist/recipe.ts), all judged on held-out graphs; the one in
 * the middle is shipped, with how it was made. On one core some eleven minutes. What a seed came to is
 * kept in a folder and taken up there again, also in the midst of a training.
 *
 *     npm run generalist [-- --quick] [--self-play [--policy P]] [--seed N] [--folder FOLDER] [--out FILE]
 *
 * With --quick the recipe takes seconds and makes nothing of use. With --self-play AlphaZero follows imitation, on
 * the graphs of the first lessons; with --policy it begins with that policy instead, and keeps its stages in a
 * folder that has to be named. --seed is one seed in place of three. Each of these makes another policy than that
 * of the package, and needs --out.
 */
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { excessOfHeuristic, excessOfPolicy } from '../dist/src/policy/generalist/judge.js';
import {
  generalistSeeds,
  quickRecipe,
  quickSelfPlay,
  standardRecipe,
  standardSelfPlay,
  withSelfPlay,
} from '../dist/src/policy/generalist/recipe.js';
import { judgedGraphs, trainGeneralist } from '../dist/src/policy/generalist/training.js';
import { coreWeights, initialWeights } from '../dist/src/policy/networks/message-passing.js';
import { finishedPolicyText, readPolicy } from '../dist/src/policy/policy-file.js';
import { openPolicy } from '../dist/src/policy/shipped.js';
import { writeWhole } from '../dist/src/results/store.js';

const fromRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    'self-play': { type: 'boolean', default: false },
    policy: { type: 'string' },
    seed: { type: 'string' },
    folder: { type: 'string' },
    out: { type: 'string' },
  },
});
const { quick, 'self-play': selfPlay, policy } = options;
if (policy !== undefined && !selfPlay) {
  throw new Error('--policy is what self-play begins with; add --self-play, or leave it out');
}
if (policy !== undefined && options.folder === undefined) {
  throw new Error('--policy needs a folder of its own for its stages; say which: --folder FOLDER');
}
const folder = options.folder ?? fromRoot('build/generalist');
const seeds = options.seed === undefined ? generalistSeeds : [Number(options.seed)];
if (!seeds.every(Number.isSafeInteger)) {
  throw new Error(`--seed has to be a whole number, not ${options.seed}`);
}
const isShipped = !quick && !selfPlay && options.seed === undefined;
if (!isShipped && options.out === undefined) {
  throw new Error(
    'this makes another policy than that of the package; say where it goes: --out FILE',
  );
}
const out = options.out ?? fromRoot('policies/generalist.json');
const imitated = quick ? quickRecipe : standardRecipe;
const recipe = selfPlay
  ? withSelfPlay(imitated, quick ? quickSelfPlay : standardSelfPlay, policy)
  : imitated;

const percent = (share) => `${(100 * share).toFixed(2)} %`;

function print(name, { mean, byFamily }) {
  const families = Object.entries(byFamily).map(([family, share]) => `${family} ${percent(share)}`);
  console.log(`${name.padEnd(20)} ${percent(mean)}  ${families.join('  ')}`);
}

const graphs = await judgedGraphs(recipe);
for (const name of ['markowitz', 'minimal-damage']) print(name, excessOfHeuristic(graphs, name));
print('untrained', excessOfPolicy(graphs, initialWeights(0)));
if (policy !== undefined) {
  print('before', excessOfPolicy(graphs, coreWeights((await openPolicy(policy)).policy)));
}
const trained = [];
for (const seed of seeds) {
  const one = await trainGeneralist({ recipe, seed, folder });
  print(`seed ${seed}`, one.excess);
  trained.push({ seed, ...one });
}
trained.sort((a, b) => a.excess.mean - b.excess.mean);
const middle = trained[Math.floor(trained.length / 2)];
const { provenance } = readPolicy(JSON.parse(middle.text), out);
const { command, seed, parameters, families, heldOut } = provenance;
const text = finishedPolicyText(middle.policy, {
  ...{ command, seed, parameters, families },
  seeds: [...seeds],
  heldOut: {
    graphs: heldOut.graphs,
    excess: Object.fromEntries(trained.map((one) => [one.seed, one.excess.mean])),
  },
});
await writeWhole(out, text);
console.log(`wrote ${out}: seed ${seed}, ${text.length} bytes`);
