import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);

function json<T>(...args: readonly string[]): T {
  const text = execFileSync(process.execPath, ['bin/crosscountry.js', ...args, '--json'], {
    cwd: root,
    encoding: 'utf8',
  });
  return JSON.parse(text) as T;
}

describe('the published results', () => {
  it('are accepted by verify, every one', () => {
    const { files } = json<{ files: { path: string; ok: boolean; problems: string[] }[] }>(
      'verify',
      'results',
    );
    expect(files.length).toBeGreaterThanOrEqual(20);
    expect(files.filter(({ ok }) => !ok)).toEqual([]);
  });

  it.each(['paper', 'multiplications'])(
    'are never worse than the published order under %s',
    (cost) => {
      const { rows } = json<{ rows: { subject: string; order: string; count: number }[] }>(
        ...['count', '--cost', cost, '--order', 'published', 'best'],
      );
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
