import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { parseSeconds } from '../../src/cli/search-options.ts';
import { strategies } from '../../src/search/strategies/strategies.ts';
import { executable, inProcess, withFiles } from './run.ts';

const result = z.looseObject({
  format: z.literal('crosscountry/result'),
  version: z.literal(1),
  subject: z.string(),
  cost: z.string(),
  granularity: z.string(),
  order: z.array(z.union([z.string(), z.number()])),
  count: z.number(),
  strategy: z.object({ name: z.string(), parameters: z.record(z.string(), z.unknown()) }),
  seed: z.number(),
  evaluations: z.number(),
  seconds: z.number(),
  curve: z.array(z.object({ evaluations: z.number(), count: z.number() })),
});

const quick = ['--evaluations', '30000', '--threads', '1'];

describe('crosscountry search', () => {
  it('prints improvements on stderr and the baselines beside the find', async () => {
    const { code, stdout, stderr } = await inProcess('search', 'HumanHeartDipole', ...quick);
    expect(code).toBe(0);
    const counts = stderr
      .trim()
      .split('\n')
      .map((line) => Number(/^ *\d+\.\d\d s {2}(\d+)$/.exec(line)?.[1]));
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    const found = counts.at(-1) ?? NaN;
    expect(stdout).toMatch(/HumanHeartDipole by the cost model paper, seed 0: .* proposals in/);
    for (const [order, count] of [
      ['forward', 240],
      ['reverse', 172],
      ['markowitz', 194],
      ['published', 148],
      ['anneal', found],
    ] as const) {
      expect(stdout).toMatch(new RegExp(`^${order} +${count}`, 'm'));
    }
    expect(stdout.split('\n').length).toBeLessThan(24);
  });

  it('gives a result file as JSON, the same for the same seed', async () => {
    const run = async () => {
      const { code, stdout, stderr } = await inProcess(
        ...['search', 'g', '--cost', 'multiplications', '--json', '--quiet', '--seed', '5'],
        ...quick,
      );
      expect([code, stderr]).toEqual([0, '']);
      return result.parse(JSON.parse(stdout));
    };
    const first = await run();
    expect(first).toMatchObject({
      subject: 'g',
      cost: 'multiplications',
      granularity: 'tensor',
      seed: 5,
      strategy: { name: 'anneal', parameters: { evaluations: 30000 } },
    });
    expect(first.evaluations).toBeLessThanOrEqual(30000);
    const second = await run();
    expect([second.order, second.count]).toEqual([first.order, first.count]);
  });

  it('writes results that verify accepts, to a file or into a folder', async () => {
    await withFiles({}, async (path) => {
      const file = path('found.json');
      const written = await inProcess('search', 'PropaneCombustion', '--out', file, ...quick);
      expect(written.code).toBe(0);
      expect(written.stderr).toContain(`wrote ${file}`);
      result.parse(JSON.parse(await readFile(file, 'utf8')));
      const stored = await inProcess(
        ...['search', 'PropaneCombustion', '--out', `${path('store')}/`, ...quick],
      );
      expect(stored.code).toBe(0);
      expect((await inProcess('verify', file)).code).toBe(0);
      expect((await inProcess('verify', path('store'))).code).toBe(0);
      const best = await inProcess(
        ...['count', 'PropaneCombustion', '--order', 'best', '--results', path('store'), '--json'],
      );
      expect(best.code).toBe(0);
    });
  });

  it('writes how the count fell, and verify finds a curve that does not fit', async () => {
    await withFiles({}, async (path) => {
      const file = path('found.json');
      await inProcess('search', 'RoeFlux_1d', '--out', file, ...quick);
      const found = result.parse(JSON.parse(await readFile(file, 'utf8')));
      const { curve, count, evaluations } = found;
      expect(curve.at(-1)?.count).toBe(count);
      for (const [wrong, words] of [
        [[{ evaluations: 1, count: count + 1 }], `ends at ${count + 1}`],
        [[{ evaluations: evaluations + 1, count }], `${evaluations + 1} evaluations`],
        [[1, 2].map((made) => ({ evaluations: made, count })), 'does not fall'],
      ] as const) {
        await writeFile(file, JSON.stringify({ ...found, curve: wrong }));
        const { code, stdout } = await inProcess('verify', file);
        expect(code).toBe(1);
        expect(stdout).toContain(words);
      }
    });
  });

  it('ends with 0 where the target is reached, and with 1 where it is not', async () => {
    const reached = await inProcess('search', 'HumanHeartDipole', '--target', '172', ...quick);
    expect(reached.code).toBe(0);
    // 88 is proved to be the least.
    const missed = await inProcess('search', 'PropaneCombustion', '--target', '87', ...quick);
    expect(missed.code).toBe(1);
    expect(missed.stdout).toContain('anneal');
  });

  it('searches graph files and elements of tensors', async () => {
    const chain = {
      format: 'crosscountry/graph',
      version: 1,
      name: 'chain',
      vertices: ['x', 'a', 'b', 'y'].map((id) => ({ id })),
      edges: [
        { from: 'x', to: 'a' },
        { from: 'a', to: 'b' },
        { from: 'b', to: 'y' },
      ],
    };
    await withFiles({ 'chain.json': JSON.stringify(chain) }, async (path) => {
      const { code, stdout } = await inProcess('search', path('chain.json'), '--json', ...quick);
      expect(code).toBe(0);
      expect(result.parse(JSON.parse(stdout))).toMatchObject({ count: 2 });
      expect(JSON.parse(stdout)).toHaveProperty('graph');
    });
    const scalar = await inProcess(
      ...['search', 'Perceptron', '--granularity', 'scalar', '--cost', 'multiplications'],
      ...['--json', ...quick],
    );
    expect(result.parse(JSON.parse(scalar.stdout))).toMatchObject({ granularity: 'scalar' });
  });

  it('prints the count alone where it shall be quiet', async () => {
    const { stdout, stderr } = await inProcess('search', 'RoeFlux_1d', '--quiet', ...quick);
    expect(stdout).toMatch(/^\d+\n$/);
    expect(stderr).toBe('');
  });

  it('names every strategy and its parameters in the help', async () => {
    const { stdout } = await inProcess('search', '--help');
    for (const { name, parameters } of strategies) {
      expect(stdout).toContain(name);
      for (const parameter of parameters) expect(stdout).toContain(parameter.name);
    }
  });

  it.each([
    [['--strategy', 'aneal'], /no search strategy "aneal".*Did you mean "anneal"/],
    [['--time', '10'.repeat(400)], /--time has to be a time/],
    [['--time', 'soon'], /--time has to be a time/],
    [['--time', '0s'], /--time has to be a time/],
    [['--time', '1s', '--evaluations', '5'], /--time or --evaluations, not both/],
    [['--evaluations', '0'], /--evaluations has to be a whole number/],
    [['--evaluations', '1.5'], /--evaluations has to be a whole number/],
    [['--threads', '0'], /--threads has to be a whole number from 1 to 256/],
    [['--threads', '1000'], /--threads has to be a whole number from 1 to 256/],
    [['--seed', 'x'], /--seed has to be a whole number/],
    [['--target', 'low'], /--target has to be a count/],
    [['--parameter', 'swepps=4'], /no parameter "swepps".*Did you mean "sweeps"/],
    [['--parameter', 'sweeps=0'], /sweeps has to be a whole number from 1/],
    [['--cost', 'flop'], /no cost model "flop"/],
    [['--out', '/dev/null/x.json'], /a part of this path is a file/],
  ])('refuses %j', async (options, message) => {
    const { code, stdout, stderr } = await inProcess('search', 'RoeFlux_1d', ...options);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect([code, stdout]).toEqual([2, '']);
  });

  it('names the file of a graph that the model refuses', async () => {
    const tensor = {
      format: 'crosscountry/graph',
      version: 1,
      name: 'tensor',
      vertices: [
        { id: 'x', shape: [3] },
        { id: 'a', shape: [3] },
        { id: 'y', shape: [3] },
      ],
      edges: [
        { from: 'x', to: 'a', partial: 'i|i|i' },
        { from: 'a', to: 'y', partial: 'i|i|i' },
      ],
    };
    await withFiles({ 'tensor.json': JSON.stringify(tensor) }, async (path) => {
      const { code, stderr } = await inProcess('search', path('tensor.json'), ...quick);
      expect(code).toBe(2);
      expect(stderr).toContain('tensor.json');
    });
  });

  it('ends at Ctrl-C with the best so far, saved', async () => {
    await withFiles({}, async (path) => {
      const argv = ['search', 'g', '--time', '1h', '--json', '--out', path('found.json')];
      const child = spawn(process.execPath, [executable, ...argv]);
      let stdout = '';
      child.stdout.on('data', (data: Buffer) => {
        stdout += data.toString();
      });
      child.stderr.once('data', () => {
        child.kill('SIGINT');
      });
      const code = await new Promise((done) => {
        child.once('close', done);
      });
      expect(code).toBe(0);
      const printed = result.parse(JSON.parse(stdout));
      expect(printed.strategy.parameters).toMatchObject({ interrupted: true });
      expect(JSON.parse(await readFile(path('found.json'), 'utf8'))).toEqual(printed);
      expect((await inProcess('verify', path('found.json'))).code).toBe(0);
    });
  });
});

describe('times', () => {
  it.each([
    ['10s', 10],
    ['500ms', 0.5],
    ['2m', 120],
    ['1.5h', 5400],
    ['0.25', 0.25],
    ['3 min', 180],
  ])('%s are %d seconds', (text, seconds) => {
    expect(parseSeconds(text)).toBeCloseTo(seconds, 12);
  });
});
