/** The worked examples of docs/how-to-add.md, carried out on a copy of the source. */
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';

import type * as commandLine from '../../src/cli/main.ts';
import { withFiles } from '../cli/run.ts';
import { blocksOf, commandsOf, repository } from './blocks.ts';

const blocks = blocksOf('docs/how-to-add.md');
const ofLanguage = (language: string): readonly string[] =>
  blocks.filter((block) => block.language === language).map(({ code }) => code);

/** What has to stand in a file instead of what stands there, by the hunks of a `diff` block. */
function patched(text: string, hunks: readonly string[]): string {
  return hunks.reduce((patchedSoFar, hunk) => {
    const lines = hunk.split('\n').filter((line) => line !== '');
    const side = (others: string): string =>
      lines
        .filter((line) => !line.startsWith(others))
        .map((line) => `${line.slice(1)}\n`)
        .join('');
    const before = side('+');
    expect(patchedSoFar.split(before), before).toHaveLength(2);
    return patchedSoFar.replace(before, () => side('-'));
  }, text);
}

/** A copy of the source with everything that the page says. */
async function makeCopy(path: (name: string) => string): Promise<void> {
  for (const part of ['src', 'tasks', 'build', 'package.json']) {
    await cp(repository + part, path(part), { recursive: true });
  }
  await symlink(`${repository}node_modules`, path('node_modules'));
  for (const code of ofLanguage('ts')) {
    const file = path(/^\/\/ (\S+)\n/.exec(code)?.[1] ?? '');
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, code);
  }
  for (const diff of ofLanguage('diff')) {
    const [, name = '', rest = ''] = /^--- (\S+)\n([^]*)$/.exec(diff) ?? [];
    await writeFile(path(name), patched(await readFile(path(name), 'utf8'), rest.split(/^@@\n/m)));
  }
}

/** The numbers of a Jacobian as `eval` prints it, one after the other. */
function numbersIn(document: unknown): readonly number[] {
  const { jacobian } = document as { readonly jacobian: object };
  const flat = (value: unknown): readonly number[] =>
    typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(flat)
      : [Number(value)];
  return flat(jacobian);
}

describe('docs/how-to-add.md', () => {
  it('has a file, a line in a list and commands for each of three things', () => {
    for (const language of ['ts', 'diff', 'sh']) expect(ofLanguage(language)).toHaveLength(3);
  });

  it('is enough for the command line to know them', { timeout: 600_000 }, async () => {
    await withFiles({}, async (path) => {
      await makeCopy(path);
      const { main } = (await import(path('src/cli/main.ts'))) as typeof commandLine;
      const run = async (command: string): Promise<string> => {
        let printed = '';
        let told = '';
        const io = {
          stdout: (text: string) => (printed += text),
          stderr: (text: string) => (told += text),
          ...{ colour: false, columns: 100 },
        };
        const code = await main(command.split(' ').slice(1), io);
        expect([command, code, code === 0 ? '' : told]).toEqual([command, 0, '']);
        return printed;
      };
      const printed = new Map<string, string>();
      const commands = blocks.filter(({ language }) => language === 'sh').flatMap(commandsOf);
      expect(commands).toHaveLength(5);
      for (const command of commands) printed.set(command, await run(command));

      const json = async (command: string): Promise<unknown> =>
        JSON.parse(await run(`${command} --json`));
      // ∂(angle after h)/∂(velocity) is h · (1 − h · damping), by hand.
      expect(await json('crosscountry eval Pendulum')).toMatchObject({
        jacobian: { angle: { velocity: expect.closeTo(0.01 * (1 - 0.01 * 0.1), 12) as number } },
      });
      // 148 is proved to be the least; forward takes 240.
      const search = 'crosscountry search HumanHeartDipole --strategy descent --evaluations 20000';
      const found = (await json(search)) as { count: number };
      expect(found.count).toBeGreaterThanOrEqual(148);
      expect(found.count).toBeLessThan(240);
      expect(await json(search)).toMatchObject({ count: found.count });
      const interpreted = 'crosscountry eval RoeFlux_1d --order reverse --target';
      const [expected, own] = [
        numbersIn(await json(`${interpreted} js`)),
        numbersIn(await json(`${interpreted} interpreted`)),
      ];
      // Three fluxes by six quantities.
      expect(own).toHaveLength(18);
      own.forEach((number, index) => {
        expect(number).toBeCloseTo(expected[index] ?? NaN, 9);
      });
      expect(printed.get('crosscountry export RoeFlux_1d --order reverse --to listing')).toContain(
        '=',
      );
    });
  });
});
