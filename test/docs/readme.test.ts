import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const readme = readFileSync(new URL('README.md', root), 'utf8');

function run(args: readonly string[], input?: string): string {
  const options = { cwd: root, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } } as const;
  return execFileSync(
    process.execPath,
    args,
    input === undefined ? options : { ...options, input },
  );
}

/** Without what rounding decides: the digits of differences near the last place. */
function withoutDifferences(text: string): string {
  return text.trimEnd().replaceAll(/\d\.\de-\d+/g, 'tiny');
}

describe('what the README shows', () => {
  const shown = [...readme.matchAll(/<!-- output: (.+?) -->\s+```text\n([^]*?)```/g)];

  it('shows the output of count and verify', () => {
    expect(shown.map(([, verb]) => verb)).toEqual([
      'count',
      'verify',
      'count --order published best',
    ]);
  });

  it.each(shown.map(([, verb = '', text = '']) => [verb, text] as const))(
    'is what %s prints',
    (verb, text) => {
      expect(text.split('\n').length).toBeGreaterThan(10);
      const real = run(['bin/crosscountry.js', ...verb.split(' ')]);
      expect(withoutDifferences(real)).toContain(withoutDifferences(text));
    },
  );
});

describe('the examples of the README', () => {
  const blocks = [...readme.matchAll(/```js\n([^]*?)```/g)].map(([, code = '']) => code);
  const printing = blocks.filter((code) => code.includes('console.log'));

  it.each(printing.map((code, index) => [index + 1, code] as const))(
    'number %d prints what its comments say',
    (_, code) => {
      const expected = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, text]) => text);
      const printed = run(['--input-type=module'], code).trimEnd().split('\n');
      expect(printed).toEqual(expected);
    },
  );

  it('of a module is a subject', () => {
    expect(blocks.some((code) => code.startsWith('// example.mjs'))).toBe(true);
  });
});
