import { describe, expect, it } from 'vitest';

import { asProgram, withFiles } from './run.ts';

const good = `import { sin } from 'crosscountry/ops';
export default {
  name: 'example',
  inputs: { x: [], y: [] },
  f: ({ x, y }) => ({ a: sin(x.mul(y)), b: x.mul(y).add(1) }),
  sample: { x: 0.5, y: 2 },
};
`;

const tensors = `import { sin, exp } from 'crosscountry/ops';
export default {
  name: 'example',
  inputs: { x: [], y: [], w: [3] },
  f: ({ x, y, w }) => ({ a: sin(x.mul(y)), b: w.mul(exp(x)).sum(), c: w.mul(x) }),
  sample: { x: 0.5, y: 2, w: [1, 2, 3] },
};
`;

const wrong: readonly (readonly [string, string, RegExp])[] = [
  ['throws', 'const a = 1;\nnull.x;', /TypeError.*line 2/],
  ['throws a text', 'throw "boom";', /"boom"/],
  ['throws nothing', 'throw undefined;', /undefined/],
  ['rejects', 'await Promise.reject(new Error("late"));', /late.*line 1/],
  ['leaves a promise to reject', 'Promise.reject(new Error("lost")); export default {};', /lost/],
  ['has a syntax error', 'export default {\n  a: 1,\n  b b\n};', /syntax error.*line 3/],
  ['imports what is not there', 'import "./nowhere.mjs";', /nowhere/],
  ['has no default export', 'export const a = 1;', /no default export/],
  ['exports a number', 'export default 1;', /no object/],
  ['misspells a field', good.replace('sample:', 'sampel:'), /sampel.*Did you mean "sample"/],
  ['has no f', good.replace(/ {2}f:.*\n/, ''), /f has to be a function/],
  ['has no inputs', good.replace(/ {2}inputs:.*\n/, ''), /inputs has to be an object/],
  ['has a shape that is none', good.replace('x: []', 'x: [1.5]'), /inputs\.x\[0\]/],
  ['has an infinite sample', good.replace('x: 0.5', 'x: 1 / 0'), /sample\.x/],
  ['has a sample that is short', good.replace(', y: 2', ''), /"y" has no value/],
  ['has a sample of a wrong shape', good.replace('x: 0.5', 'x: [0.5]'), /an array.*sample\.x/],
  [
    'has an f that throws',
    good.replace('({ a:', '(nothing(), { a:'),
    /nothing is not defined.*line 5/,
  ],
  ['has an f that waits', good.replace('f: (', 'f: async ('), /synchronous/],
];

describe('a module', () => {
  it.each(wrong)('that %s is refused in one line', async (_, content, mention) => {
    await withFiles({ 'wrong.mjs': content }, async (path, list) => {
      const file = path('wrong.mjs');
      const outcome = await asProgram(['count', file, '--out', path('out')]);
      expect(outcome.stderr).toMatch(/^crosscountry: [^\n]+\n$/);
      expect(outcome.stderr).toMatch(mention);
      expect(outcome.stderr).toContain(file);
      expect(outcome).toMatchObject({ code: 2, stdout: '' });
      expect(await list()).toEqual(['wrong.mjs']);
    });
  });

  it('finds crosscountry/ops wherever it lies, and is evaluated', async () => {
    await withFiles({ 'good.mjs': good }, async (path) => {
      const outcome = await asProgram(['eval', path('good.mjs'), '--json']);
      expect(outcome.stderr).toBe('');
      const document: unknown = JSON.parse(outcome.stdout);
      const close = (value: number): unknown => expect.closeTo(value, 12);
      expect(document).toMatchObject({
        format: 'crosscountry/evaluation',
        version: 1,
        values: { a: close(Math.sin(1)), b: 2 },
        jacobian: {
          a: { x: close(2 * Math.cos(1)), y: close(0.5 * Math.cos(1)) },
          b: { x: 2, y: 0.5 },
        },
      });
    });
  });

  it('of tensors is evaluated: nested arrays of output shape, then input shape', async () => {
    await withFiles({ 'tensor.mjs': tensors }, async (path) => {
      const outcome = await asProgram(['eval', path('tensor.mjs'), '--json']);
      expect(outcome.stderr).toBe('');
      const close = (value: number): unknown => expect.closeTo(value, 12);
      const e = Math.exp(0.5);
      expect(JSON.parse(outcome.stdout)).toMatchObject({
        values: { a: close(Math.sin(1)), b: close(6 * e), c: [0.5, 1, 1.5] },
        jacobian: {
          a: { x: close(2 * Math.cos(1)), y: close(0.5 * Math.cos(1)), w: [0, 0, 0] },
          b: { x: close(6 * e), y: 0, w: [close(e), close(e), close(e)] },
          c: {
            x: [1, 2, 3],
            y: [0, 0, 0],
            w: [
              [0.5, 0, 0],
              [0, 0.5, 0],
              [0, 0, 0.5],
            ],
          },
        },
      });
    });
  });

  it('of tensors is exported as JavaScript that needs nothing else', async () => {
    await withFiles({ 'tensor.mjs': tensors }, async (path) => {
      const outcome = await asProgram(['export', path('tensor.mjs'), '--to', 'js']);
      expect(outcome.stderr).toBe('');
      const module = (await import(
        /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(outcome.stdout)}`
      )) as { outputs: string[]; point(...inputs: unknown[]): unknown[] };
      const results = module.point(0.5, 2, [1, 2, 3]);
      expect(results[module.outputs.indexOf('∂c/∂x')]).toEqual(Float64Array.of(1, 2, 3));
      expect(results[module.outputs.indexOf('∂b/∂w')]).toEqual(
        new Float64Array(3).fill(Math.exp(0.5)),
      );
    });
  });

  it('leaves results that carry its graph and are verified without it', async () => {
    await withFiles({ 'good.mjs': good }, async (path) => {
      const given = ['count', path('good.mjs'), '--order', 'reverse', '--out', path('out')];
      expect((await asProgram(given)).code).toBe(0);
      const { code, stdout } = await asProgram(['verify', path('out')]);
      expect(code).toBe(0);
      expect(stdout).toMatch(
        /✓ .*example.*\n1 of 1 results hold\nNot compared: 1 Jacobian of .*\n$/,
      );
    });
  });

  it('may print without spoiling the document', async () => {
    await withFiles({ 'loud.mjs': `console.log("hello");\n${good}` }, async (path) => {
      const outcome = await asProgram(['count', path('loud.mjs'), '--json']);
      expect(outcome.stderr).toBe('hello\n');
      expect(JSON.parse(outcome.stdout)).toMatchObject({ format: 'crosscountry/counts' });
    });
  });

  it('may call its inputs and outputs __proto__ and constructor', async () => {
    const odd = `export default {
      name: 'odd',
      inputs: { ['__proto__']: [], constructor: [] },
      f: (inputs) => ({ ['__proto__']: inputs['__proto__'].mul(inputs.constructor), toString: inputs.constructor }),
      sample: { ['__proto__']: 3, constructor: 4 },
    };`;
    await withFiles({ 'odd.mjs': odd }, async (path) => {
      const { stdout, stderr, code } = await asProgram(['eval', path('odd.mjs'), '--json']);
      expect(stderr).toBe('');
      expect(code).toBe(0);
      // JSON.parse makes own properties of any name.
      const { jacobian } = JSON.parse(stdout) as { jacobian: Record<string, object> };
      expect(Object.entries(jacobian).map(([name, row]) => [name, Object.entries(row)])).toEqual([
        [
          '__proto__',
          [
            ['__proto__', 4],
            ['constructor', 3],
          ],
        ],
        [
          'toString',
          [
            ['__proto__', 0],
            ['constructor', 1],
          ],
        ],
      ]);
    });
  });
});
