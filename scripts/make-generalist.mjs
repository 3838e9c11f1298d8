/**
 * Makes the policy that comes with the package, policies/generalist.json: one training for each of three
 * seeds by the standard recipe (src/policy/generalist/recipe.ts), all judged on held-out graphs; the one in
 * the middle is shipped, with how it was made. On one core some eleven minutes. What a seed came to is
 * kept in a folder and taken up there again, also in the midst of a training.
 *
 *     npm run generalist [-- --quick] [--folder FOLDER] [--out FILE]
 *
 * With --quick the recipe takes seconds and makes nothing of use; it needs --out.
 */
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { excessOfHeuristic, excessOfPolicy } from '../dist/src/policy/generalist/judge.js';
import {
  generalistSeeds,
  quickRecipe,
  standardRecipe,
} from '../dist/src/policy/generalist/recipe.js';
import { judgedGraphs, trainGeneralist } from '../dist/src/policy/generalist/training.js';
import { initialWeights } from '../dist/src/policy/networks/message-passing.js';
import { finishedPolicyText, readPolicy } from '../dist/src/policy/policy-file.js';
import { writeWhole } from '../dist/src/results/store.js';

const fromRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    folder: { type: 'string', default: fromRoot('build/generalist') },
    out: { type: 'string' },
  },
});
if (options.quick && options.out === undefined) {
  throw new Error('--quick makes nothing to ship; say where it goes with --out FILE');
}
const out = options.out ?? fromRoot('policies/generalist.json');
const recipe = options.quick ? quickRecipe : standardRecipe;

const percent = (share) => `${(100 * share).toFixed(2)} %`;

function print(name, { mean, byFamily }) {
  const families = Object.entries(byFamily).map(([family, share]) => `${family} ${percent(share)}`);
  console.log(`${name.padEnd(20)} ${percent(mean)}  ${families.join('  ')}`);
}

const graphs = await judgedGraphs(recipe);
for (const name of ['markowitz', 'minimal-damage']) print(name, excessOfHeuristic(graphs, name));
print('untrained', excessOfPolicy(graphs, initialWeights(0)));
const trained = [];
for (const seed of generalistSeeds) {
  const one = await trainGeneralist({ recipe, seed, folder: options.folder });
  print(`seed ${seed}`, one.excess);
  trained.push({ seed, ...one });
}
trained.sort((a, b) => a.excess.mean - b.excess.mean);
const middle = trained[Math.floor(trained.length / 2)];
const { provenance } = readPolicy(JSON.parse(middle.text), out);
const { command, seed, parameters, families, heldOut } = provenance;
const text = finishedPolicyText(middle.policy, {
  ...{ command, seed, parameters, families },
  seeds: [...generalistSeeds],
  heldOut: {
    graphs: heldOut.graphs,
    excess: Object.fromEntries(trained.map((one) => [one.seed, one.excess.mean])),
  },
});
await writeWhole(out, text);
console.log(`wrote ${out}: seed ${seed}, ${text.length} bytes`);
