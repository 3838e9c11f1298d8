import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { inProcess, withFiles } from './run.ts';

const timed = ['--algorithm', 'ppo', '--reward', 'run-time'];

describe('train --reward run-time', () => {
  it('keeps run times in the file and counts the best order under the cost model', async () => {
    await withFiles({}, async (path) => {
      const out = path('timed.json');
      const first = await inProcess(
        ...['train', 'PropaneCombustion', ...timed, '--target', 'js', '--batch', '4'],
        ...['--episodes', '2', '--parameter', 'games=2', '--out', out, '--json', '--quiet'],
      );
      expect(first.code).toBe(0);
      const reward = { kind: 'run-time', target: 'js', batch: 4, reference: 'forward' };
      const { reward: told, found } = JSON.parse(first.stdout) as {
        reward: unknown;
        found: { count: number; runTime: { least: number; again: number } }[];
      };
      expect(told).toEqual(reward);
      // The optimum is 88.
      expect(found[0]?.count).toBeGreaterThanOrEqual(88);
      expect(Number.isInteger(found[0]?.count)).toBe(true);
      expect(found[0]?.runTime.again).toBeGreaterThan(0);

      const rest = await inProcess('train', '--resume', out, '--episodes', '4', '--quiet');
      expect(rest.code).toBe(0);
      expect(rest.stdout).toMatch(
        /^PropaneCombustion {2}\d+ {2}\d+\.\d{3} of the forward order's run time \(js, f64, 4 points/,
      );
      const { training } = JSON.parse(await readFile(out, 'utf8')) as {
        training: { reward: unknown; best: { count: number }[]; curve: { count: number }[] };
      };
      expect(training.reward).toEqual(reward);
      expect(training.curve).toHaveLength(4);
      const least = Math.min(...training.curve.map(({ count }) => count));
      expect(training.best[0]?.count).toBe(least);
    });
  });

  it.each([
    [['train', 'g', '--reward', 'run-time'], 'take --algorithm ppo'],
    [['train', 'g', '--reward', 'speed'], 'count or run-time'],
    [['train', 'g', '--target', 'js'], '--target is for --reward run-time'],
    [['train', 'g', '--batch', '4'], '--batch is for --reward run-time'],
    [['train', 'g', ...timed, '--target', 'webgpu'], 'device'],
    [['train', 'g', ...timed, '--batch', '0'], '--batch has to be'],
    [['train', 'BlackScholes_Jacobian', ...timed], 'choose another --cost'],
    [['train', 'stencil-100', ...timed], 'graph without a function'],
  ])('refuses %j in one line', async (words, message) => {
    const { code, stderr } = await inProcess(...words, '--quiet');
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('says so where there are fewer games side by side than threads', async () => {
    await withFiles({}, async (path) => {
      const words = ['train', 'PropaneCombustion', '--episodes', '1', '--out', path('a.json')];
      const short = ['--parameter', 'simulations=2', 'gradient-steps=0'];
      const { stderr } = await inProcess(...words, ...short, '--threads', '2');
      expect(stderr).toContain('--threads 2: this run plays one game at a time');
      const two = await inProcess(...words, ...short, 'games=2', '--threads', '2');
      expect(two.stderr).not.toContain('--threads');
    });
  });
});
