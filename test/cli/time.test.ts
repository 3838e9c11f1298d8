import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { pairsOf, parseCell } from '../../src/cli/time-cells.ts';
import type { TimedRow, TimingRow } from '../../src/bench/types.ts';
import { asProgram, inProcess, withFiles } from './run.ts';

const quick = ['--rounds', '5', '--batch', '1,16', '--order', 'forward,reverse'];

/** What `time --json` prints. */
interface Timings {
  readonly format: string;
  readonly rows: readonly TimingRow[];
  readonly orders: Readonly<Record<string, readonly number[]>>;
  readonly comparisons: readonly { readonly ratio: { readonly median: number } }[];
  readonly machine: { readonly node: string };
}

describe('crosscountry time', () => {
  it('prints rows as the contract has them', async () => {
    const { code, stdout } = await inProcess(
      ...['time', 'PropaneCombustion', ...quick, '--precision', 'f64,f32', '--json'],
      ...['--compare', 'wasm:f64', 'js:f64'],
    );
    expect(code).toBe(0);
    const { format, rows, comparisons, machine } = JSON.parse(stdout) as Timings;
    expect(format).toBe('crosscountry/timings');
    expect(machine.node).toBe(process.versions.node);
    const timed = rows.filter((row) => row.state === 'timed');
    // 2 orders, 2 batches, 2 layouts; JavaScript in double precision only, WebAssembly in both.
    expect(timed).toHaveLength(24);
    for (const row of timed) {
      expect(row.samples).toHaveLength(5);
      expect(row.nsPerPoint.min).toBe(Math.min(...row.samples));
    }
    expect(comparisons).toHaveLength(4);
    for (const { ratio } of comparisons) expect(ratio.median).toBeGreaterThan(0);
  });

  it('shows a table a batch, with ratios', async () => {
    const { code, stdout } = await inProcess('time', 'PropaneCombustion', ...quick);
    expect(code).toBe(0);
    expect(stdout).toContain('PropaneCombustion, 1 point a call');
    expect(stdout).toContain('PropaneCombustion, 16 points a call');
    expect(stdout).toMatch(/wasm f64 +reverse .* \d[\d.]* \(\d[\d.]*–\d[\d.]*\)/);
  });

  it('shows errors of single precision as percentiles', async () => {
    const { stdout } = await inProcess(
      ...['time', 'PropaneCombustion', '--order', 'reverse', '--target', 'wasm', '--rounds', '1'],
      ...['--batch', '16', '--precision', 'f64,f32'],
    );
    expect(stdout).toMatch(/error at 256 points +p50 +p90 +p99 +max/);
    expect(stdout).toMatch(/wasm f32 +reverse( +\de-\d+){4}\n/);
    expect(stdout).not.toMatch(/wasm f64 +reverse( +\de-\d+){4}\n/);
  });

  it('writes files that verify accepts, and refuses when they were edited', async () => {
    await withFiles({}, async (path) => {
      const folder = path('timings');
      const { code } = await inProcess('time', 'PropaneCombustion', ...quick, '--out', folder);
      expect(code).toBe(0);
      expect((await inProcess('verify', folder)).code).toBe(0);
      const [name] = await readdir(join(folder, 'PropaneCombustion'));
      expect(name).toMatch(/^timings-[0-9a-f]{12}-[0-9TZ-]+\.json$/);
      const file = join(folder, 'PropaneCombustion', name ?? '');
      const content = JSON.parse(await readFile(file, 'utf8')) as Timings;
      const [first, ...others] = content.rows;
      if (first === undefined) throw new Error('rows');
      if (first.state === 'failed') throw new Error(first.reason);
      const faster = { ...first, nsPerPoint: { ...first.nsPerPoint, median: 0.001 } };
      await writeFile(file, JSON.stringify({ ...content, rows: [faster, ...others] }));
      const { code: refused, stdout } = await inProcess('verify', folder);
      expect(refused).toBe(1);
      expect(stdout).toContain('rows[0]: median of the samples is');
      const orders = { ...content.orders, forward: content.orders.reverse };
      await writeFile(file, JSON.stringify({ ...content, orders }));
      const renamed = await inProcess('verify', folder);
      expect(renamed.code).toBe(1);
      expect(renamed.stdout).toContain('order forward: the order is not the one that');
    });
  });

  it('optimises: one row more, with what won the race, in a file that verify accepts', async () => {
    await withFiles({}, async (path) => {
      const folder = path('timings');
      const { code, stdout } = await inProcess(
        ...['time', 'HumanHeartDipole', ...quick, '--optimise', '300ms', '--json', '--out', folder],
      );
      expect(code).toBe(0);
      const { rows } = JSON.parse(stdout) as Timings;
      const optimised = rows.filter(({ order }) => order === 'optimised');
      // 2 targets, 2 batches, 2 layouts.
      expect(optimised).toHaveLength(8);
      for (const row of optimised) {
        if (row.state === 'failed') throw new Error(row.reason);
        expect(row.chosen?.kind).toMatch(/^(order|program)$/);
        expect(row.maxError).toBeLessThan(1e-10);
      }
      expect((await inProcess('verify', folder)).code).toBe(0);
    });
  });

  it('says that tensors are not optimised, and times the orders', async () => {
    const { code, stdout } = await inProcess(
      ...['time', 'Perceptron', '--order', 'reverse', '--target', 'js', '--batch', '16'],
      ...['--rounds', '5', '--optimise', '1s'],
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/js f64 +reverse/);
    expect(stdout).toContain('optimised: Perceptron has tensors');
  });

  it('times a module; its file embeds the graph, so that verify needs no module', async () => {
    const module = `
      import { sin } from 'crosscountry/ops';
      export default {
        name: 'wave',
        inputs: { x: [], w: [3] },
        f: ({ x, w }) => ({ a: sin(x).mul(w).sum() }),
        sample: { x: 0.5, w: [1, 2, 3] },
      };`;
    await withFiles({ 'wave.mjs': module }, async (path) => {
      const folder = path('timings');
      const argv = ['time', path('wave.mjs'), ...quick, '--out', folder];
      expect((await asProgram(argv)).code).toBe(0);
      expect((await inProcess('verify', folder)).code).toBe(0);
      const [name] = await readdir(join(folder, 'wave'));
      const file = join(folder, 'wave', name ?? '');
      const { graph, ...content } = JSON.parse(await readFile(file, 'utf8')) as {
        readonly graph: { readonly edges: readonly object[] };
      };
      const fewer = { ...graph, edges: graph.edges.slice(1) };
      await writeFile(file, JSON.stringify({ ...content, graph: fewer }));
      const changed = await inProcess('verify', folder);
      expect(changed.code).toBe(1);
      expect(changed.stdout).toContain("the graph's hash is");
      // Without its graph, the name of a module is no reason to run one.
      await writeFile(file, JSON.stringify({ ...content, subject: path('wave.mjs') }));
      const bare = await inProcess('verify', folder);
      expect(bare.code).toBe(1);
      expect(bare.stdout).toContain('does not embed its graph');
    });
  });

  it('says what few rounds can show', async () => {
    const { stdout } = await inProcess(
      ...['time', 'PropaneCombustion', '--rounds', '3', '--batch', '1', '--target', 'js'],
      ...['--order', 'forward,reverse'],
    );
    // Three samples lie on both sides of the median with a chance of 1 − 2·2⁻³.
    expect(stdout).toContain('(75 %)');
  });

  it('switches relaxed SIMD on where that takes a flag', async () => {
    const { code, stdout } = await asProgram([
      ...['time', 'PropaneCombustion', '--rounds', '1', '--batch', '16', '--target', 'wasm'],
      ...['--order', 'forward', '--relaxed-simd', '--json', '--quiet'],
    ]);
    expect(code).toBe(0);
    const { machine } = JSON.parse(stdout) as { readonly machine: { readonly flags: string[] } };
    const takesFlag = Number.parseInt(process.versions.node, 10) < 22;
    expect(machine.flags.includes('--experimental-wasm-relaxed-simd')).toBe(takesFlag);
  });

  it('refuses a subject that is named twice', async () => {
    const { code, stderr } = await inProcess('time', 'PropaneCombustion', 'PropaneCombustion');
    expect(code).toBe(2);
    expect(stderr).toContain('two subjects have the name PropaneCombustion');
  });

  it.each([
    [['--batch', '0'], '--batch takes'],
    [['--precision', 'f8'], '--precision is'],
    [['--precision', 'f16'], '--target js,wasm does not compute in f16'],
    [['--form', 'sparse'], '--form is dense or compact'],
    [['--precision', 'f32', '--target', 'js'], 'js does not compute in f32'],
    [['--rounds', '0'], '--rounds has to be'],
    [['--target', 'wsam'], 'wasm'],
    [['--compare', 'js'], 'two cells'],
    [['--compare', 'js:wasm', 'js'], '--compare takes cells'],
  ])('refuses %j', async (extra, words) => {
    const { code, stderr } = await inProcess('time', 'PropaneCombustion', ...extra);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('refuses a graph, which has no function', async () => {
    const graph = JSON.stringify({
      format: 'crosscountry/graph',
      version: 1,
      name: 'g',
      vertices: [{ id: 'x' }, { id: 1 }, { id: 2 }],
      edges: [
        { from: 'x', to: 1 },
        { from: 1, to: 2 },
      ],
    });
    await withFiles({ 'g.json': graph }, async (path) => {
      const { code, stderr } = await inProcess('time', path('g.json'));
      expect(code).toBe(2);
      expect(stderr).toContain('function');
    });
  });
});

describe('cells on the command line', () => {
  const row = (fields: Partial<TimedRow>): TimedRow => ({
    state: 'timed',
    subject: 's',
    order: 'best',
    target: 'js',
    precision: 'f64',
    batch: 1,
    layout: 'kernel',
    nsPerPoint: { min: 1, p25: 1, median: 1, p75: 1 },
    samples: [1],
    buildMs: 1,
    firstCallMs: 1,
    copyNsPerPoint: 1,
    maxError: 0,
    fusedMultiplyAdd: false,
    ...fields,
  });

  it('are parts in any order; what is no other part is an order', () => {
    expect(parseCell('4096:wasm:best@compiled:call:f32')).toEqual({
      text: '4096:wasm:best@compiled:call:f32',
      target: 'wasm',
      order: 'best@compiled',
      precision: 'f32',
      batch: 4096,
      layout: 'call',
    });
  });

  it('are paired where all that neither names is equal', () => {
    const rows = ['js', 'wasm'].flatMap((target) =>
      [1, 16].flatMap((batch) => ['best', 'forward'].map((order) => row({ target, batch, order }))),
    );
    const pairs = pairsOf(parseCell('wasm'), parseCell('js'), rows);
    expect(pairs).toHaveLength(4);
    for (const { a, b } of pairs) {
      expect([a.target, b.target]).toEqual(['wasm', 'js']);
      expect([a.batch, a.order]).toEqual([b.batch, b.order]);
    }
    expect(pairsOf(parseCell('wasm:best:16'), parseCell('js:forward:1'), rows)).toHaveLength(1);
    expect(() => pairsOf(parseCell('wasm'), parseCell('published'), [])).toThrow(
      'no two timed rows',
    );
  });
});
