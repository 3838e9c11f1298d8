/**
 * Builds the page to dist/page/: index.html, page.css and one page.js, which work from any folder,
 * opened as a file or served by anything. A page that is opened as a file may neither load modules
 * nor a worker's file, so page.js is no module and carries the worker's code as a text. The best results
 * stored in results/ and the package's version and commit are built in.
 *
 *     npm run build:page
 *     node scripts/build-page.mjs FOLDER
 */
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

import { bestOf } from '../dist/src/results/best.js';
import { packageRecord } from '../dist/src/results/provenance.js';
import { resultFiles } from '../dist/src/results/store.js';
import { tasks } from '../dist/tasks/tasks.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const folder = process.argv[2] ?? 'dist/page';

/** Bundles one script; everything that needs Node fails the build. */
async function bundle(entry, define) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    write: false,
    define,
    // Loaded for searches on several threads of Node, which the page never asks for.
    external: ['./restart-threads.ts'],
    logLevel: 'error',
  });
  const [{ text }] = outputFiles;
  return text;
}

/** The best stored results of the registered tasks, one for each task and cost model. */
async function bestResults() {
  const files = await resultFiles('results');
  const results = await Promise.all(
    files.map(async (file) => ({ file, ...JSON.parse(await readFile(file, 'utf8')) })),
  );
  const names = new Set(tasks.map(({ name }) => name));
  const groups = new Map();
  for (const result of results) {
    // Timings of this machine are nothing to a visitor's.
    if (result.format !== 'crosscountry/result' || result.granularity !== 'tensor') continue;
    if (!names.has(result.subject)) continue;
    const key = `${result.subject} ${result.cost} ${result.graphHash}`;
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  return [...groups.values()].map((group) => {
    const { file, ...result } = bestOf(group);
    return { subject: result.subject, file, text: JSON.stringify(result) };
  });
}

const laboratory = await bundle('web/laboratory/main.ts', {
  crosscountryPackage: JSON.stringify({ package: packageRecord(), results: await bestResults() }),
});
const page = await bundle('web/main.ts', { crosscountryLaboratory: JSON.stringify(laboratory) });

await mkdir(folder, { recursive: true });
await writeFile(`${folder}/page.js`, page);
for (const file of ['index.html', 'page.css']) await copyFile(`web/${file}`, `${folder}/${file}`);
