import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);

function json(...args: readonly string[]): unknown {
  const text = execFileSync(process.execPath, ['bin/crosscountry.js', ...args, '--json'], {
    cwd: root,
    encoding: 'utf8',
  });
  return JSON.parse(text);
}

describe('the published results', () => {
  it('are accepted by verify, every one', () => {
    const { files } = json('verify', 'results') as {
      files: { path: string; ok: boolean; problems: string[] }[];
    };
    expect(files.length).toBeGreaterThanOrEqual(20);
    expect(files.filter(({ ok }) => !ok)).toEqual([]);
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
