import { mkdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

import { inProcess, type Outcome, withFiles } from './run.ts';

const diamond = {
  format: 'crosscountry/graph',
  version: 1,
  name: 'diamond',
  vertices: [
    { id: 'x', kind: 'input' },
    { id: 1, kind: 'intermediate' },
    { id: 2, kind: 'intermediate' },
    { id: 'y', kind: 'output' },
  ],
  edges: [
    { from: 'x', to: 1 },
    { from: 'x', to: 2 },
    { from: 1, to: 'y' },
    { from: 2, to: 'y' },
  ],
};

const graphWith = (changes: object): string => JSON.stringify({ ...diamond, ...changes });

/** One line, exit code 2, no stack trace; the line names what it has to name. */
function expectRefusal(outcome: Outcome, ...mentions: readonly (string | RegExp)[]): void {
  expect(outcome.stderr).toMatch(/^crosscountry: [^\n]+\n$/);
  expect(outcome.stderr).not.toMatch(/\n\s+at /);
  expect(outcome.stdout).toBe('');
  expect(outcome.code).toBe(2);
  for (const mention of mentions) {
    if (typeof mention === 'string') expect(outcome.stderr).toContain(mention);
    else expect(outcome.stderr).toMatch(mention);
  }
}

const brokenGraphs: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
  [
    'a cycle',
    graphWith({
      edges: [...diamond.edges, { from: 1, to: 2 }, { from: 2, to: 1 }],
    }),
    /cycle/,
  ],
  [
    'a duplicate edge',
    graphWith({ edges: [...diamond.edges, { from: 'x', to: 1 }] }),
    /edges\[4\]/,
  ],
  ['a duplicate id', graphWith({ vertices: [...diamond.vertices, { id: 1 }] }), /vertices\[4\]/],
  ['a dangling end', graphWith({ edges: [...diamond.edges, { from: 1, to: 9 }] }), /edges\[4\]/],
  ['a wrong type', graphWith({ vertices: 'none' }), /vertices/],
  ['an id of a wrong type', graphWith({ vertices: [{ id: [1] }] }), /vertices\[0\]/],
  ['NaN', graphWith({}).replace('"version":1', '"version":NaN'), /line 1/],
  ['a truncated text', graphWith({}).slice(0, 120), /line 1/],
  ['bytes that are not UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]), /UTF-8.*byte 2/],
  ['deep nesting', '['.repeat(200_000), /graph\.json/],
  [
    'deep nesting in a field',
    graphWith({}).replace('"diamond"', `${'['.repeat(5000)}${']'.repeat(5000)}`),
    /name/,
  ],
  ['nothing', '', /empty/],
  ['a list', '[]', /graph\.json/],
  ['null', 'null', /graph\.json/],
];

describe('a graph file that is none', () => {
  it.each(brokenGraphs)('with %s is refused in one line', async (_, content, mention) => {
    await withFiles({ 'graph.json': content }, async (path, list) => {
      const file = path('graph.json');
      expectRefusal(await inProcess('count', file, '--out', path('out')), file, mention);
      expect(await list()).toEqual(['graph.json']);
    });
  });

  it('that is missing, a folder or unnamed is refused in one line', async () => {
    await withFiles({}, async (path) => {
      expectRefusal(await inProcess('count', path('none.json')), 'none.json', 'no such file');
      await mkdir(path('folder.json'));
      expectRefusal(await inProcess('count', path('folder.json')), 'folder.json', 'folder');
      expectRefusal(await inProcess('count', ''), 'no task ""');
      expectRefusal(await inProcess('count', 'a\u0000.json'), 'no such file');
    });
  });
});

const brokenOrders: readonly (readonly [string, string, RegExp])[] = [
  ['lacks a vertex', '[1]', /2/],
  ['names a vertex twice', '[1, 2, 1]', /1.*\[2\]/],
  ['names a vertex that is not there', '[1, 2, 7]', /7.*\[2\]/],
  ['names an input', '[1, 2, "x"]', /"x".*\[2\]/],
  ['names an output', '["y", 1, 2]', /"y".*\[0\]/],
  ['is no list', '{"order": [1, 2]}', /array/],
  ['holds what is no id', '[1, 2.5]', /\[1\]/],
  ['holds null', '[null]', /\[0\]/],
  ['is empty text', '', /empty/],
  ['is cut off', '[1, 2', /ends too early/],
];

describe('an order file', () => {
  it.each(brokenOrders)('that %s is refused with its name', async (_, content, mention) => {
    const files = { 'graph.json': graphWith({}), 'order.json': content };
    await withFiles(files, async (path) => {
      const outcome = await inProcess('count', path('graph.json'), '--order', path('order.json'));
      expectRefusal(outcome, path('order.json'), mention);
    });
  });

  it('that is legal is counted', async () => {
    const files = { 'graph.json': graphWith({}), 'order.json': '[2, 1]' };
    await withFiles(files, async (path) => {
      const file = path('order.json');
      const outcome = await inProcess('count', path('graph.json'), '--order', file, '--json');
      expect(outcome.code).toBe(0);
      expect(JSON.parse(outcome.stdout)).toMatchObject({
        format: 'crosscountry/counts',
        version: 1,
        rows: [{ subject: 'diamond', cost: 'paper', order: file, count: 2 }],
      });
    });
  });
});

describe('bad usage', () => {
  it.each([
    [['cuont'], /no verb "cuont".*Did you mean "count"/],
    [['__proto__'], /no verb "__proto__"/],
    [[], /name a verb/],
    [['count', '--ordr', 'forward'], /no option --ordr.*Did you mean "--order"/],
    [['count', '-x'], /no option -x/],
    [['count', 'RoeFlux_1D'], /Did you mean "RoeFlux_1d".*crosscountry tasks/],
    [['count', '__proto__'], /no task "__proto__"/],
    [['count', 'RoeFlux_1d', '--order', 'revers'], /Did you mean "reverse"/],
    [['count', '--order', 'reverse', 'RoeFlux_1d'], /RoeFlux_1d is a task.*before --order/],
    [['count', 'RoeFlux_1d', '--cost', 'papper'], /Did you mean "paper"/],
    [['count', 'RoeFlux_1d', '--cost'], /--cost needs a value/],
    [['count', 'RoeFlux_1d', '--cost', 'paper', '--cost', 'pairs'], /--cost is given twice/],
    [['count', 'RoeFlux_1d', '--seed', '1.5'], /--seed has to be a whole number/],
    [['eval'], /needs SUBJECT/],
    [['eval', 'RoeFlux_1d', 'g'], /"g" is one too many/],
    [['eval', 'RoeFlux_1d', '--target', 'jss'], /Did you mean "js"/],
    [['export', 'RoeFlux_1d'], /needs --to/],
    [['export', 'RoeFlux_1d', '--to', 'dto'], /Did you mean "dot"/],
    [['verify', 'nowhere'], /no such file.*nowhere/],
    [['tasks', 'all'], /takes no subject/],
  ])('%j is answered in one line', async (argv, mention) => {
    expectRefusal(await inProcess(...argv), mention);
  });

  it('is one JSON document too where --json asks for it', async () => {
    const { code, stdout, stderr } = await inProcess('count', 'nowhere.json', '--json');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^crosscountry: [^\n]+\n$/);
    expect(JSON.parse(stdout)).toMatchObject({
      format: 'crosscountry/error',
      version: 1,
      code: 'file-missing',
      file: 'nowhere.json',
    });
  });

  it('shows a stack only with --debug', async () => {
    const { stderr } = await inProcess('count', 'nowhere.json', '--debug');
    expect(stderr).toMatch(/\n\s+at /);
  });
});

describe('a point to evaluate at', () => {
  it.each([
    ['that lacks an input', '{}', /no value/],
    ['with an unknown input', '{"nothing": 1}', /"nothing"/],
    ['with a text', null, /a string where a number belongs/],
    ['with an infinite number', undefined, /finite/],
    ['that is a list', '[1]', /object/],
    ['that is cut off', '{"a": ', /ends too early/],
  ])('%s is refused with its file', async (_, content, mention) => {
    const { tasks } = await import('../../tasks/tasks.ts');
    const task = tasks.find(({ name }) => name === 'RoeFlux_1d');
    const point = (value: string): string =>
      `{${(task?.inputs ?? []).map(({ name }) => `${JSON.stringify(name)}: ${value}`).join(', ')}}`;
    const text = content ?? point(content === null ? '"one"' : '1e999');
    await withFiles({ 'point.json': text }, async (path) => {
      const file = path('point.json');
      expectRefusal(await inProcess('eval', 'RoeFlux_1d', '--at', file), file, mention);
    });
  });
});
