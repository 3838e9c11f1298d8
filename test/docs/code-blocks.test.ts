/**
 * Every code block of README.md, CONTRIBUTING.md and docs/ is executed.
 *
 * - `sh`: the commands of `crosscountry` run one after the other in a folder of the document's own, with
 *   the published results in `results/` (the searches and timings) and a `graph.json`; what takes long is shortened by `shortened`
 *   below. Of `npm run` and `node` only the script is looked for: they are builds, measurements and
 *   installations that the tests need themselves.
 * - `js`: printed values are compared with the comments behind `console.log`; a module that begins with a
 *   file's name becomes that file.
 * - docs/how-to-add.md has a test of its own, outputs of commands in README.md too.
 */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

import { resultFiles } from '../../src/results/store.ts';
import { asProgram, withFiles } from '../cli/run.ts';
import { openTestDevice } from '../support/device.ts';
import { blocksOf, commandsOf, documents, repository } from './blocks.ts';

/** Options by verb that make a command short: they replace those that are there. */
const short: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  search: { time: '100ms', evaluations: '2000' },
  bound: { time: '100ms' },
  train: { episodes: '2' },
  play: { orders: '5' },
  time: { rounds: '1', batch: '64', time: '500ms', optimise: '100ms' },
  export: { optimise: '100ms' },
};

/** Those that are only replaced, never added. */
const replacedOnly: ReadonlySet<string> = new Set(['evaluations', 'orders', 'optimise']);

/** The words of a command, shortened. */
function shortened(words: readonly string[]): readonly string[] {
  const [verb = ''] = words;
  // The whole suite takes more than an hour; its smallest task has everything that a report needs.
  if (verb === 'bench') {
    const out = words.slice(words.indexOf('--out'));
    return ['bench', 'PropaneCombustion', '--quick', '--steps', 'counts,search', ...out];
  }
  // A million vertices.
  if (verb === 'generate') return [...words, '--vertices', '7000'];
  // All of them are verified by test/results/published.test.ts.
  if (verb === 'verify') return words.map((word) => (word === 'results' ? 'results/g' : word));
  const result = [...words];
  // Ten tasks.
  if (verb === 'time' && result[1]?.startsWith('--') === true) result.splice(1, 0, 'RoeFlux_1d');
  for (const [name, value] of Object.entries(short[verb] ?? {})) {
    const place = result.indexOf(`--${name}`);
    if (place >= 0) result[place + 1] = value;
    else if (!replacedOnly.has(name) && !(name === 'time' && result.includes('--evaluations'))) {
      result.push(`--${name}`, value);
    }
  }
  if (verb === 'train') {
    // One game of a policy for graphs of all kinds; a training that is resumed goes one game further.
    const place = result.indexOf('--episodes');
    if (result.includes('imitation')) result[place + 1] = '1';
    if (result.includes('--resume')) result[place + 1] = '3';
    const time = result.indexOf('--time');
    if (time >= 0) result.splice(time, 2);
  }
  return result;
}

const scripts = (
  JSON.parse(await readFile(`${repository}package.json`, 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  }
).scripts;

/** What is not a command of ours has to be there at least. */
function expectThere(command: string): void {
  const [program, ...words] = command.split(' ');
  if (program === 'npm') {
    const own = words[0] === 'run' ? words[1] : words[0];
    if (own !== 'ci') expect(Object.keys(scripts), command).toContain(own);
    return;
  }
  if (program === 'node') {
    expect(existsSync(repository + (words[0] ?? '')), command).toBe(true);
    return;
  }
  expect(command).toBe('xdg-open dist/page/index.html');
}

const device = await openTestDevice();
const needsDevice = (command: string): boolean => /webgpu|wgsl-/.test(command);

const published = await resultFiles(`${repository}results`);
/** The published results without those of named orders and of the study of policies. */
const needed = published
  .filter((file) => {
    const { evaluations = 2, strategy } = JSON.parse(readFileSync(file, 'utf8')) as {
      readonly evaluations?: number;
      readonly strategy?: { readonly parameters: Readonly<Record<string, unknown>> };
    };
    return evaluations > 1 && strategy?.parameters.clock === undefined;
  })
  .map((file) => file.slice(repository.length));

/** What stands in a document's folder before its commands run. */
async function prepare(document: string, path: (name: string) => string): Promise<void> {
  await Promise.all(
    needed.map(async (file) => {
      await mkdir(dirname(path(file)), { recursive: true });
      await copyFile(repository + file, path(file));
    }),
  );
  // A document may compare with what another one made.
  await mkdir(path('my-results'));
  await cp(`${repository}results/PropaneCombustion`, path('my-results/PropaneCombustion'), {
    recursive: true,
  });
  const graph = await asProgram(['export', 'RoeFlux_1d', '--to', 'graph']);
  await writeFile(path('graph.json'), graph.stdout);
  for (const { language, code } of blocksOf(document)) {
    const name = /^\/\/ (\S+)\n/.exec(code)?.[1];
    if (language === 'js' && name !== undefined) await writeFile(path(name), code);
  }
}

const shown = documents.filter((document) => document !== 'docs/how-to-add.md');

describe.each(shown)('%s', (document) => {
  const blocks = blocksOf(document);

  it('has blocks of kinds that are executed, or drawings', () => {
    const kinds = new Set(blocks.map(({ language }) => language));
    for (const kind of kinds) expect(['', 'sh', 'js', 'text']).toContain(kind);
    const outputs = blocks.filter(({ language }) => language === 'text');
    // Their test is readme.test.ts.
    if (outputs.length > 0) expect(document).toBe('README.md');
  });

  const commands = blocks.filter(({ language }) => language === 'sh').flatMap(commandsOf);
  it.skipIf(commands.length === 0)('has commands that work', { timeout: 900_000 }, async () => {
    await withFiles({}, async (path) => {
      await prepare(document, path);
      for (const command of commands) {
        const [program, ...words] = command.split(' ');
        if (program !== 'crosscountry') expectThere(command);
        else if (device !== undefined || !needsDevice(command)) {
          const argv = shortened(words);
          const { code, stderr } = await asProgram([...argv, '--quiet'], { cwd: path('.') });
          expect([command, argv.join(' '), code, code === 0 ? '' : stderr]).toEqual([
            ...[command, argv.join(' '), 0, ''],
          ]);
        }
      }
    });
  });

  const programs = blocks.filter(
    ({ language, code }) => language === 'js' && code.includes('console.log'),
  );
  it.each(programs.map(({ line, code }) => [line, code] as const))(
    'prints at line %d what its comments say',
    async (_, code) => {
      if (needsDevice(code) && device === undefined) return;
      const running = promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], {
        cwd: repository,
      });
      const expected = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, text]) => text);
      expect(expected.length).toBeGreaterThan(0);
      expect((await running).stdout.trimEnd().split('\n')).toEqual(expected);
    },
  );
});
