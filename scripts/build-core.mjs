/**
 * Compiles assembly/ to build/core.wasm and wraps it as build/core-bytes.js, a module with the bytes
 * as base64: it loads the same way from Node, a bundle, a worker and a browser, without a file
 * path or a fetch. package.json's "imports" maps `#core-bytes` to it.
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
await mkdir('build', { recursive: true });

const { error, stderr } = await asc.main(['--config', 'asconfig.json', '--target', 'release']);
if (stderr.toString() !== '') process.stderr.write(stderr.toString());
if (error !== null) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

/** Writes a file whole or not at all, for builds that run beside one another. */
async function writeWhole(path, text) {
  const temporary = `${path}.${String(process.pid)}`;
  await writeFile(temporary, text);
  await rename(temporary, path);
}

const base64 = (await readFile('build/core.wasm')).toString('base64');
const header = '// Made by scripts/build-core.mjs from assembly/; not to be edited.\n';
await writeWhole('build/core-bytes.js', `${header}export const coreBytes = '${base64}';\n`);
await writeWhole(
  'build/core-bytes.d.ts',
  `${header}/** build/core.wasm in base64. */\nexport declare const coreBytes: string;\n`,
);
