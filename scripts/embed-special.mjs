// Writes src/compile/js/special-source.ts: the error functions of src/program/special.ts as
// JavaScript text, which exported modules carry so that they run without this package. With
// `--check` nothing is written; exit code 1 says that the text is out of date.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import ts from 'typescript';

const from = new URL('../src/program/special.ts', import.meta.url);
const to = new URL('../src/compile/js/special-source.ts', import.meta.url);

const text = ts
  .transpileModule(readFileSync(from, 'utf8'), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  })
  .outputText.replaceAll(/^export /gm, '')
  .trimEnd();
if (/^import /m.test(text)) throw new Error('special.ts has an import: it cannot be embedded');
const escaped = text.replaceAll(/[\\`]|\$\{/g, '\\$&');
const module = `/**
 * The text of src/program/special.ts without its types, written by \`node scripts/embed-special.mjs\`; a test
 * checks that it is up to date.
 */
export const specialSource = \`${escaped}\`;
`;
if (process.argv.includes('--check')) {
  process.exitCode = existsSync(to) && readFileSync(to, 'utf8') === module ? 0 : 1;
} else writeFileSync(to, module);
