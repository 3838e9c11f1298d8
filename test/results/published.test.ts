import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

import { tasks } from '../../tasks/tasks.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

function json(...args: readonly string[]): unknown {
  const text = execFileSync(process.execPath, ['bin/crosscountry.js', ...args, '--json'], {
    cwd: root,
    encoding: 'utf8',
  });
  return JSON.parse(text);
}

/** What is looked at of a result file. */
interface Published {
  readonly cost: string;
  readonly granularity: string;
  readonly count: number;
  readonly evaluations: number;
  readonly strategy: { readonly parameters: Readonly<Record<string, unknown>> };
  readonly bound?: { readonly lower: number; readonly proved: boolean };
  readonly curve?: readonly { readonly count: number }[];
}

function published(task: string): Published[] {
  const folder = join(root, 'results', task);
  return readdirSync(folder)
    .filter((name) => !name.startsWith('timings-'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Published)
    // Neither of named orders, which are counted once, nor of the study of policies, which has a time each.
    .filter(({ evaluations, strategy }) => evaluations > 1 && strategy.parameters.clock === undefined);
}

const paperTasks = tasks.filter(({ suite }) => suite === 'paper').map(({ name }) => name);

describe('the published results', () => {
  it('are accepted by verify, every one', () => {
    const { files } = json('verify', 'results') as {
      files: { path: string; ok: boolean; problems: string[] }[];
    };
    expect(files.length).toBeGreaterThanOrEqual(30);
    expect(files.filter(({ ok }) => !ok)).toEqual([]);
  });

  it.each(paperTasks)('of %s have a best one for each model, with a bound where there are any', (task) => {
    const results = published(task);
    for (const cost of ['compiled', 'multiplications', 'paper']) {
      const own = results.filter((result) => result.cost === cost);
      const least = Math.min(...own.map(({ count }) => count));
      expect(least).toBeGreaterThan(0);
      expect(least).toBeLessThan(Infinity);
      // How each was found, from its start on.
      expect(own.some(({ count, curve }) => count === least && curve !== undefined)).toBe(true);
      if (cost === 'compiled') continue;
      const bound = own.find((result) => result.count === least && result.bound)?.bound;
      expect(bound?.lower).toBeGreaterThan(0);
      expect(bound?.lower).toBeLessThanOrEqual(least);
    }
  });

  it('prove the six scalar tasks optimal under paper', () => {
    // A prototype in C++ proved the same counts.
    const proved = new Map([
      ['HumanHeartDipole', 148],
      ['PropaneCombustion', 88],
      ['RoeFlux_1d', 295],
      ['RobotArm_6DOF', 221],
      ['g', 409],
      ['BlackScholes_Jacobian', 297],
    ]);
    for (const [task, count] of proved) {
      const paper = published(task).find(({ cost, bound }) => cost === 'paper' && bound);
      expect(paper?.count).toBe(count);
      expect(paper?.bound).toMatchObject({ lower: count, proved: true });
    }
  });

  it.each(['paper', 'multiplications'])(
    'are never worse than the published order under %s',
    (cost) => {
      const { rows } = json('count', '--cost', cost, '--order', 'published', 'best') as {
        rows: { subject: string; order: string; count: number }[];
      };
      const of = (subject: string, order: string): number =>
        rows.find((row) => row.subject === subject && row.order === order)?.count ?? NaN;
      const subjects = [...new Set(rows.map(({ subject }) => subject))];
      expect(subjects).toHaveLength(10);
      for (const subject of subjects) {
        expect(of(subject, 'best')).toBeLessThanOrEqual(of(subject, 'published'));
      }
    },
  );
});
