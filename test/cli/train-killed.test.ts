import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { learningAlgorithms } from '../../src/policy/algorithms.ts';
import { executable, inProcess, withFiles } from './run.ts';

const runs: Readonly<Record<string, readonly string[]>> = {
  alphazero: ['--parameter', 'games=2', 'simulations=2', 'gradient-steps=1'],
  ppo: ['--parameter', 'games=2', 'batch=64'],
};

/** Games in a policy file; none where there is no file yet. */
async function gamesIn(path: string): Promise<number> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return 0;
  return (JSON.parse(text) as { training: { curve: unknown[] } }).training.curve.length;
}

/** Ends a program at once as soon as its file holds some games, whatever it is at. */
async function killed(child: ChildProcess, path: string, games: number): Promise<void> {
  const ended = once(child, 'exit');
  while ((await gamesIn(path)) < games) {
    if (child.exitCode !== null) throw new Error('the program ended by itself');
    await new Promise((wait) => setTimeout(wait, 5));
  }
  child.kill('SIGKILL');
  expect(await ended).toEqual([null, 'SIGKILL']);
}

describe.each(learningAlgorithms.map(({ name }) => name))('train by %s', (algorithm) => {
  it('killed and resumed writes the file of an unbroken run', { timeout: 120_000 }, async () => {
    await withFiles({}, async (path) => {
      const subject = ['train', 'PropaneCombustion', '--algorithm', algorithm, '--seed', '4'];
      const setting = [...subject, ...(runs[algorithm] ?? []), '--quiet'];
      const out = path('killed.json');
      // Killed while two threads play; the unbroken run has one.
      const forever = ['--time', '1h', '--save-every', '1ms', '--threads', '2', '--out', out];
      await killed(spawn(process.execPath, [executable, ...setting, ...forever]), out, 4);
      const games = (await gamesIn(out)) + 4;
      const rest = await inProcess('train', '--resume', out, '--episodes', `${games}`, '--quiet');
      expect(rest.code).toBe(0);
      const unbroken = path('unbroken.json');
      const words = [...setting, '--episodes', `${games}`, '--threads', '1', '--out', unbroken];
      const whole = await inProcess(...words);
      expect(whole.code).toBe(0);
      expect(await gamesIn(out)).toBe(games);
      expect(await readFile(out, 'utf8')).toBe(await readFile(unbroken, 'utf8'));
    });
  });
});
