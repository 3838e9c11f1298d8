import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { verbs } from '../../src/cli/verbs.ts';
import { targets } from '../../src/compile/targets.ts';
import type { ResultFile } from '../../src/results/types.ts';
import { verifyResult } from '../../src/results/verify.ts';
import { inProcess, withFiles } from './run.ts';

interface GoldenTask {
  readonly num_inputs: number;
  readonly num_intermediates: number;
  readonly num_outputs: number;
  readonly num_edges: number;
  readonly orders: Readonly<Record<string, { readonly order: readonly number[] }>>;
}

async function golden(task: string): Promise<GoldenTask> {
  const file = new URL(`../golden/data/${task}.json`, import.meta.url);
  return JSON.parse(await readFile(file, 'utf8')) as GoldenTask;
}

const scalarTasks = [
  'HumanHeartDipole',
  'PropaneCombustion',
  'RoeFlux_1d',
  'RobotArm_6DOF',
  'g',
  'BlackScholes_Jacobian',
];
const tensorTasks = ['RoeFlux_3d', 'f', 'Perceptron', 'Encoder'];
const paperTasks = [...scalarTasks, ...tensorTasks];

interface Counts {
  readonly rows: readonly {
    readonly subject: string;
    readonly order: string;
    readonly count: number;
    readonly published?: number;
    readonly steps?: readonly number[];
  }[];
}

async function json<T>(...argv: readonly string[]): Promise<T> {
  const outcome = await inProcess(...argv, '--json');
  expect(outcome.stderr).toBe('');
  expect(outcome.code).toBe(0);
  return JSON.parse(outcome.stdout) as T;
}

describe('crosscountry count', () => {
  it('gives the counts of the golden files for every task of the paper', async () => {
    const { rows } = await json<Counts>('count');
    expect([...new Set(rows.map(({ subject }) => subject))].sort()).toEqual(paperTasks.toSorted());
    const of = (task: string): (number | undefined)[] =>
      ['forward', 'reverse', 'markowitz', 'published', 'markowitz-high'].map(
        (order) => rows.find((row) => row.subject === task && row.order === order)?.count,
      );
    expect(Object.fromEntries(scalarTasks.map((task) => [task, of(task)]))).toEqual({
      HumanHeartDipole: [240, 172, 194, 148, 148],
      PropaneCombustion: [151, 90, 111, 88, 88],
      RoeFlux_1d: [620, 364, 407, 320, 344],
      RobotArm_6DOF: [397, 301, 288, 231, 221],
      g: [632, 566, 451, 417, 444],
      BlackScholes_Jacobian: [545, 572, 350, 312, 335],
    });
    expect(Object.fromEntries(tensorTasks.map((task) => [task, of(task).slice(0, 4)]))).toEqual({
      RoeFlux_3d: [1556, 979, 956, 811],
      f: [17728, 9333, 12257, 6374],
      Perceptron: [10930, 392, 4796, 389],
      Encoder: [135010, 4688, 51896, 4656],
    });
  });

  it('gives the true multiplications of the orders that the peer chooses', async () => {
    const { rows } = await json<Counts>(
      'count',
      ...paperTasks,
      '--cost',
      'multiplications',
      '--order',
      'forward',
      'reverse',
      'markowitz',
      'published',
    );
    const counts = paperTasks.map((task) =>
      rows.filter(({ subject }) => subject === task).map(({ count }) => count),
    );
    expect(counts).toEqual([
      [48, 60, 48, 48],
      [26, 26, 24, 24],
      [362, 234, 278, 217],
      [227, 221, 179, 165],
      [442, 334, 334, 301],
      [385, 379, 274, 252],
      [676, 518, 495, 446],
      [12424, 5747, 9618, 5175],
      [4904, 199, 1888, 199],
      [91848, 3632, 49744, 3928],
    ]);
    expect(rows.every(({ published }) => published === undefined)).toBe(true);
  });

  it("says why the paper's programs give another figure than the paper", async () => {
    const given = ['count', 'f', '--order', 'reverse', 'published'];
    const { stdout } = await inProcess(...given);
    expect(stdout).toContain('9333 ≠ 8859');
    expect(stdout).toContain("The paper's 8859 for f, reverse: Graphax's count");
    const { rows } = await json<Counts>(...given);
    expect(rows).toMatchObject([
      { published: 8859, note: expect.stringContaining('Graphax') as string },
      { published: 6374 },
    ]);
    expect(rows[1]).not.toHaveProperty('note');
  });

  it('adds the cost of each elimination with --steps', async () => {
    const { rows } = await json<Counts>('count', 'RoeFlux_1d', '--order', 'reverse', '--steps');
    const steps = rows[0]?.steps ?? [];
    expect(steps).toHaveLength(98);
    expect(steps.reduce((sum, step) => sum + step, 0)).toBe(364);
  });

  it('prints a table that is readable at 100 columns', async () => {
    const { stdout } = await inProcess('count');
    expect(stdout).toContain('620 = 620');
    for (const line of stdout.split('\n')) expect(Array.from(line).length).toBeLessThanOrEqual(100);
    for (const task of paperTasks) expect(stdout).toContain(task);
  });

  it('writes a result file an order, which verify accepts and best finds', async () => {
    await withFiles({}, async (path) => {
      const out = path('out');
      const given = ['count', 'RoeFlux_1d', '--order', 'reverse', 'published', 'random'];
      expect((await inProcess(...given, '--seed', '7', '--out', out)).code).toBe(0);
      const names = await readdir(join(out, 'RoeFlux_1d'));
      expect(names).toHaveLength(3);
      const { files } = await json<{ files: { path: string; ok: boolean }[] }>('verify', out);
      expect(files.map(({ ok }) => ok)).toEqual([true, true, true]);
      const { rows } = await json<Counts>(
        'count',
        'RoeFlux_1d',
        '--order',
        'best',
        '--results',
        out,
      );
      expect(rows).toMatchObject([{ order: 'best', count: 320 }]);
    });
  });
});

describe('crosscountry verify', () => {
  it('confirms the published facts of every task', async () => {
    const { tasks } = await json<{ tasks: { task: string; ok: boolean; orders: string[] }[] }>(
      'verify',
    );
    expect(tasks.map(({ task }) => task).sort()).toEqual(paperTasks.toSorted());
    for (const { ok, orders } of tasks) {
      expect(ok).toBe(true);
      expect(orders).toEqual(['forward', 'reverse', 'markowitz', 'published']);
    }
  });

  it('finds a wrong count, a wrong hash, an illegal order and a false proof', async () => {
    await withFiles({}, async (path) => {
      await inProcess('count', 'PropaneCombustion', '--order', 'reverse', '--out', path('out'));
      const folder = path(join('out', 'PropaneCombustion'));
      const [name] = await readdir(folder);
      const text = await readFile(join(folder, name ?? ''), 'utf8');
      const result = JSON.parse(text) as { order: unknown[] };
      await mkdir(path('bad'));
      const bad = {
        'a-count.json': { count: 89 },
        'b-hash.json': { graphHash: '0'.repeat(64) },
        'c-order.json': { order: result.order.slice(1) },
        'd-proof.json': { bound: { lower: 88, proved: true, method: 'none' } },
        'd-record.json': { bound: { lower: 90, proved: true, method: 'because' } },
        'd-unproved.json': { bound: { lower: 80, proved: false, method: 'because' } },
        'e-subject.json': { subject: 'Propane' },
        'f-cost.json': { cost: 'guess' },
      };
      for (const [file, changes] of Object.entries(bad)) {
        await writeFile(path(join('bad', file)), JSON.stringify({ ...result, ...changes }));
      }
      await writeFile(path(join('bad', 'g-text.json')), '{');
      const outcome = await inProcess('verify', path('bad'), '--json');
      expect(outcome.code).toBe(1);
      const { files } = JSON.parse(outcome.stdout) as { files: { problems: string[] }[] };
      const wanted = [
        /counts 90, not 89/,
        /hash/,
        /lacks/,
        /proves nothing/,
        /90 has no record/,
        /80 has no record/,
        /no task/,
        /cost model/,
        /too early/,
      ];
      expect(files).toHaveLength(wanted.length);
      files.forEach(({ problems }, index) => {
        expect(problems.join('\n')).toMatch(wanted[index] ?? /nothing/);
      });
    });
  });

  it('makes the orders of names again, by the seed where they are random', async () => {
    await withFiles({}, async (path) => {
      const names = 'reverse,markowitz,published,random';
      const out = ['--order', names, '--seed', '3', '--out', path('out')];
      expect((await inProcess('count', 'PropaneCombustion', ...out)).code).toBe(0);
      const folder = path(join('out', 'PropaneCombustion'));
      const files = await readdir(folder);
      const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
      const results = texts.map((text) => JSON.parse(text) as ResultFile);
      const of = (wanted: string): ResultFile => {
        const found = results.find(({ strategy }) => strategy.name === wanted);
        if (found === undefined) throw new Error(`no ${wanted}`);
        return found;
      };
      const problemsOf = async (result: ResultFile): Promise<readonly string[]> =>
        (await verifyResult(result, 'result.json')).problems;
      for (const result of results) expect(await problemsOf(result)).toEqual([]);
      const named = (name: string): ResultFile['strategy'] => ({ name, parameters: {} });
      const wrong: readonly [ResultFile, RegExp][] = [
        [{ ...of('reverse'), strategy: named('markowitz') }, /not the one that markowitz gives/],
        [{ ...of('reverse'), strategy: named('published') }, /not the one that published gives/],
        [{ ...of('random'), seed: 4 }, /not the one that random with seed 4 gives/],
        [{ ...of('random'), seed: null }, /needs a seed/],
      ];
      for (const [result, words] of wrong) {
        expect(await problemsOf(result)).toEqual([expect.stringMatching(words)]);
      }
      // A search may find any order, and what was best once may not be any more.
      for (const name of ['anneal', 'best']) {
        expect(await problemsOf({ ...of('reverse'), strategy: named(name) })).toEqual([]);
      }
    });
  });

  it('says what it did not check, and refuses a folder without results', async () => {
    const graph = JSON.stringify({
      format: 'crosscountry/graph',
      version: 1,
      name: 'chain',
      vertices: [{ id: 'x' }, { id: 1 }, { id: 'y' }],
      edges: [
        { from: 'x', to: 1 },
        { from: 1, to: 'y' },
      ],
    });
    await withFiles({ 'chain.json': graph }, async (path) => {
      const count = ['count', path('chain.json'), '--cost', 'pairs', '--order', 'reverse'];
      expect((await inProcess(...count, '--out', path('out'))).code).toBe(0);
      const shown = await inProcess('verify', path('out'));
      expect(shown.code).toBe(0);
      expect(shown.stdout).toMatch(/1 of 1 results hold\nNot compared: 1 Jacobian of graphs/);
      await mkdir(path('empty'));
      const nothing = await inProcess('verify', path('out'), path('empty'));
      expect(nothing.code).toBe(2);
      expect(nothing.stderr).toMatch(/no result files.*empty/);
    });
    const proved = ['verify', 'results/BlackScholes_Jacobian/paper-tensor-62689cd5edb1.json'];
    const searched = JSON.parse((await inProcess(...proved, '--json')).stdout) as object;
    expect(searched).toMatchObject({
      files: [{ ok: true, jacobian: true, replayed: false }],
      unchecked: { jacobians: 0, proofs: 1 },
    });
    expect((await inProcess(...proved)).stdout).toMatch(/Not run again: .* 1 proof \(--replay\)/);
  });
});

describe('crosscountry export', () => {
  it.each(paperTasks)('gives Graphax the published orders of %s', async (task) => {
    const { orders } = await golden(task);
    const exported: unknown = JSON.parse(
      (await inProcess('export', task, '--order', 'published', '--to', 'graphax')).stdout,
    );
    expect(Object.values(orders).map(({ order }) => order)).toContainEqual(exported);
    const forward = await inProcess('export', task, '--order', 'forward', '--to', 'graphax');
    expect(JSON.parse(forward.stdout)).toEqual(orders.fwd?.order);
  });

  it('writes a graph that counts like its task', async () => {
    await withFiles({}, async (path) => {
      const file = path('roe.json');
      const outcome = await inProcess('export', 'RoeFlux_1d', '--to', 'graph', '--out', file);
      expect(outcome).toMatchObject({ code: 0, stdout: '' });
      const { rows } = await json<Counts>('count', file, '--order', 'reverse', 'markowitz');
      expect(rows.map(({ count }) => count)).toEqual([364, 407]);
    });
  });

  it.each([
    ['paper', [17728, 9333, 12257]],
    ['multiplications', [12424, 5747, 9618]],
  ])('writes a graph of tensors that counts like its task under %s', async (cost, counts) => {
    await withFiles({}, async (path) => {
      const file = path('f.json');
      await inProcess('export', 'f', '--to', 'graph', '--out', file);
      const given = ['--cost', cost, '--order', 'forward', 'reverse', 'markowitz'];
      const { rows } = await json<Counts>('count', file, ...given);
      expect(rows.map(({ count }) => count)).toEqual(counts);
    });
  });

  it('writes Graphviz text with an edge a line', async () => {
    const { stdout } = await inProcess('export', 'RoeFlux_1d', '--to', 'dot');
    expect(stdout.match(/->/g)).toHaveLength(177);
    expect(stdout).toMatch(/^digraph "RoeFlux_1d" \{[^]*\}\n$/);
  });

  it('escapes names in Graphviz text', async () => {
    const name = 'a "quoted" \\ name\nof two lines';
    const graph = {
      format: 'crosscountry/graph',
      version: 1,
      name,
      vertices: [{ id: '</script>"' }, { id: 1 }],
      edges: [{ from: '</script>"', to: 1 }],
    };
    await withFiles({ 'graph.json': JSON.stringify(graph) }, async (path) => {
      const { stdout } = await inProcess('export', path('graph.json'), '--to', 'dot');
      expect(stdout).toContain('digraph "a \\"quoted\\" \\\\ name\\nof two lines" {');
      expect(stdout).toContain('label="</script>\\""');
    });
  });

  it('writes a JavaScript module that stands alone', async () => {
    const { stdout } = await inProcess('export', 'RoeFlux_1d', '--order', 'reverse', '--to', 'js');
    expect(stdout).toMatch(/^export /m);
    expect(stdout).not.toMatch(/^import /m);
  });
});

describe('crosscountry tasks', () => {
  it('lists the tasks with the vertices and edges that the paper counts', async () => {
    const { tasks } = await json<{
      tasks: {
        name: string;
        inputs: number;
        intermediates: number;
        outputs: number;
        edges: number;
      }[];
    }>('tasks');
    for (const name of paperTasks) {
      const task = tasks.find((entry) => entry.name === name);
      const expected = await golden(name);
      expect(task).toMatchObject({
        inputs: expected.num_inputs,
        intermediates: expected.num_intermediates,
        outputs: expected.num_outputs,
        edges: expected.num_edges,
      });
    }
  });
});

describe('crosscountry eval', () => {
  it('shows values and Jacobian', async () => {
    const { stdout, code } = await inProcess('eval', 'HumanHeartDipole');
    expect(code).toBe(0);
    expect(stdout).toContain('∂/∂');
    expect(stdout).toMatch(/multiplications in markowitz order\n$/);
  });

  it('gives the same Jacobian in every order', async () => {
    const numbers = async (order: string): Promise<number[]> => {
      const { jacobian } = await json<{ jacobian: Record<string, Record<string, number>> }>(
        'eval',
        'RobotArm_6DOF',
        '--order',
        order,
      );
      return Object.values(jacobian).flatMap((row) => Object.values(row));
    };
    const reverse = await numbers('reverse');
    expect(reverse).toHaveLength(36);
    for (const order of ['forward', 'published']) {
      (await numbers(order)).forEach((entry, index) => {
        expect(entry).toBeCloseTo(reverse[index] ?? NaN, 10);
      });
    }
  });
});

describe('targets on the command line', () => {
  it('evaluate the same Jacobian', async () => {
    const numbers = async (target: string): Promise<number[]> => {
      const { jacobian } = await json<{ jacobian: Record<string, Record<string, number>> }>(
        'eval',
        'RobotArm_6DOF',
        '--target',
        target,
      );
      return Object.values(jacobian).flatMap((row) => Object.values(row));
    };
    const [first = [], ...others] = await Promise.all(targets.map(({ name }) => numbers(name)));
    expect(first).toHaveLength(36);
    for (const other of others) {
      other.forEach((entry, index) => {
        expect(entry).toBeCloseTo(first[index] ?? NaN, 12);
      });
    }
  });

  it('export WebAssembly that says how it is called', async () => {
    await withFiles({}, async (path) => {
      const file = path('roe.wasm');
      const outcome = await inProcess('export', 'RoeFlux_1d', '--to', 'wasm', '--out', file);
      expect(outcome.code).toBe(0);
      expect(outcome.stderr).toMatch(/^wrote .*run\(tiles, inputs, outputs\)/);
      const bytes = await readFile(file);
      expect([...bytes.subarray(0, 4)]).toEqual([0, 0x61, 0x73, 0x6d]);
      expect(bytes.includes('"ul0"')).toBe(true);
    });
  });

  it('refuse to write bytes to a terminal', async () => {
    const outcome = await inProcess('export', 'RoeFlux_1d', '--to', 'wasm');
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain('--out FILE');
    expect(outcome.stdout).toBe('');
  });
});

describe('help', () => {
  it('lists the verbs', async () => {
    const { stdout, code } = await inProcess('--help');
    expect(code).toBe(0);
    for (const { name } of verbs) expect(stdout).toContain(`  ${name}`);
  });

  it.each(verbs.map(({ name }) => name))('of %s has its options and an example', async (name) => {
    const { stdout, stderr, code } = await inProcess(name, '--help');
    expect(code).toBe(0);
    expect(stderr).toBe('');
    for (const part of [`crosscountry ${name}`, '--json', '--quiet', 'Examples:']) {
      expect(stdout).toContain(part);
    }
  });
});
