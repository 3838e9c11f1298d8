import { describe, expect, it } from 'vitest';
import { curveLines, trainingListener } from '../../src/cli/train-progress.ts';
import type { CurvePoint } from '../../src/policy/learning/types.ts';

const point = (episode: number, count: number, best: number, task = 0): CurvePoint => ({
  episode,
  task,
  count,
  best,
  evaluations: 10 * episode,
  loss: { policy: 1.25 },
});

const curve = [point(1, 40, 40), point(2, 30, 30), point(3, 20, 20)];

/** What a listener writes of the curve. */
function written(progress: boolean): string {
  let text = '';
  const io = {
    stdout: () => undefined,
    stderr: (more: string) => {
      text += more;
    },
    colour: false,
    progress,
    columns: 60,
  };
  const listener = trainingListener(io, ['g'], []);
  for (const one of curve) listener.onPoint(one);
  listener.end();
  return text;
}

describe('what a training shows', () => {
  it('is a line a game where there is no terminal', () => {
    const lines = written(false).trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(
      /^ +\d+\.\d s {2}game 2 {2}30 {2}best 30 {2}20 evaluations {2}policy 1.25$/,
    );
    expect(written(false)).not.toContain('\u001b');
  });

  it('is the curve on a terminal, drawn over itself, no line wider than the terminal', () => {
    const text = written(true);
    // The last drawing goes up over the first: eight rows and the line of numbers.
    expect(text.split('\u001b[9A')).toHaveLength(2);
    const last = text.split('\u001b[9A')[1]?.replaceAll('\u001b[K', '') ?? '';
    expect(last.trimEnd().split('\n')).toEqual([
      ...curveLines(curve, 60),
      expect.stringContaining('game 3  20  best 20'),
    ]);
    for (const line of last.split('\n')) expect(line.length).toBeLessThan(60);
  });

  it('is percents of the best order of each subject where there are several', () => {
    const both = [point(1, 40, 40), point(2, 300, 300, 1), point(3, 20, 20), point(4, 450, 300, 1)];
    // 40 of 20, 300 of 300, 20 of 20, 450 of 300.
    const lines = curveLines(both, 60);
    expect(lines[0]).toContain('200.0');
    expect(lines.at(-1)).toContain('100.0');
  });
});
