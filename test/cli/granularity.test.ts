import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inProcess, withFiles } from './run.ts';

interface Row {
  readonly subject: string;
  readonly cost: string;
  readonly granularity: string;
  readonly order: string;
  readonly count: number;
  readonly published?: number;
  readonly valueNumbering?: boolean;
  readonly steps?: readonly number[];
}

async function rows(...argv: readonly string[]): Promise<readonly Row[]> {
  const { code, stdout, stderr } = await inProcess('count', ...argv, '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return (JSON.parse(stdout) as { rows: Row[] }).rows;
}

async function refusal(...argv: readonly string[]): Promise<string> {
  const { code, stdout } = await inProcess(...argv, '--json');
  expect(code).toBe(2);
  return (JSON.parse(stdout) as { code: string }).code;
}

const orders = ['forward', 'reverse', 'markowitz', 'markowitz-high'] as const;

describe('--granularity scalar', () => {
  // Figures of an independent prototype; see test/golden/scalar-granularity.test.ts.
  it('counts elements', async () => {
    const found = await rows(
      'RoeFlux_3d',
      '--granularity',
      'scalar',
      '--cost',
      'pairs',
      '--order',
      ...orders,
    );
    expect(found.map(({ count }) => count)).toEqual([1362, 875, 721, 639]);
    expect(found.every(({ granularity }) => granularity === 'scalar')).toBe(true);
    expect(found.every(({ published }) => published === undefined)).toBe(true);
  });

  it('has no published order of a tensor task, and the one of a scalar task', async () => {
    const scalar = ['--granularity', 'scalar', '--order', 'published'] as const;
    expect(await refusal('count', 'Perceptron', ...scalar)).toBe('order-not-published');
    const [row] = await rows('RoeFlux_1d', ...scalar);
    expect(row?.count).toBe(320);
    const shown = await rows('Perceptron', '--granularity', 'scalar');
    expect(shown.map(({ order }) => order)).not.toContain('published');
  });

  it('evaluates to what tensors evaluate to', async () => {
    const evaluate = async (granularity: string): Promise<Record<string, unknown>> => {
      const { stdout } = await inProcess(
        'eval',
        'Perceptron',
        '--order',
        'reverse',
        '--cost',
        'multiplications',
        '--granularity',
        granularity,
        '--json',
      );
      return JSON.parse(stdout) as Record<string, unknown>;
    };
    const [tensor, scalar] = [await evaluate('tensor'), await evaluate('scalar')];
    expect(scalar.multiplications).toBe(199);
    const numbers = (value: unknown): number[] =>
      typeof value === 'number'
        ? [value]
        : Object.values(value as Record<string, unknown>).flatMap(numbers);
    const [expected, actual] = [numbers(tensor.jacobian), numbers(scalar.jacobian)];
    expect(actual).toHaveLength(86);
    actual.forEach((entry, k) => {
      expect(Math.abs(entry - (expected[k] ?? NaN))).toBeLessThan(1e-12);
    });
    expect(JSON.stringify(scalar.values).replace(/[^[\]]/g, '')).toBe('[]');
  });

  it('writes results that verify and that best finds', async () => {
    await withFiles({}, async (path) => {
      const out = path('out');
      const scalar = ['Perceptron', '--granularity', 'scalar', '--cost', 'multiplications'];
      const { code } = await inProcess('count', ...scalar, '--order', 'reverse', '--out', out);
      expect(code).toBe(0);
      const names = await readdir(join(out, 'Perceptron'));
      expect(names).toEqual([expect.stringMatching(/^multiplications-scalar-[0-9a-f]{12}\.json$/)]);
      const verified = await inProcess('verify', out, '--json');
      expect(JSON.parse(verified.stdout)).toMatchObject({ files: [{ ok: true, problems: [] }] });
      const [best] = await rows(...scalar, '--order', 'best', '--results', out);
      expect(best?.count).toBe(199);
      const tensor = ['Perceptron', '--cost', 'multiplications', '--order', 'best'];
      expect(await refusal('count', ...tensor, '--results', out)).toBe('order-no-best');
    });
  });

  it('exports the graph of elements', async () => {
    const { stdout } = await inProcess(
      'export',
      'Perceptron',
      '--granularity',
      'scalar',
      '--to',
      'graph',
    );
    const graph = JSON.parse(stdout) as { vertices: { id: unknown }[]; edges: unknown[] };
    expect(graph.edges).toHaveLength(309);
    expect(graph.vertices.map(({ id }) => id)).toContain('27[0,3]');
  });

  it('has no equation numbers for Graphax, which knows tensors only', async () => {
    const asked = ['export', 'Perceptron', '--granularity', 'scalar', '--to', 'graphax'];
    expect(await refusal(...asked)).toBe('usage');
  });

  it('refuses other words', async () => {
    expect(await refusal('count', 'g', '--granularity', 'element')).toBe('unknown-name');
  });
});

describe('--value-numbering', () => {
  it('counts an order of tensors element by element', async () => {
    const found = await rows('f', '--value-numbering', '--order', 'reverse', '--steps');
    expect(found).toMatchObject([
      { cost: 'multiplications', granularity: 'tensor', count: 5747, valueNumbering: true },
    ]);
    expect(found[0]?.steps?.reduce((sum, step) => sum + step, 0)).toBe(5747);
  });

  it('counts an order of elements, never above the plain count', async () => {
    const asked = ['RoeFlux_3d', '--granularity', 'scalar', '--order', ...orders];
    const plain = await rows(...asked, '--cost', 'multiplications');
    const numbered = await rows(...asked, '--value-numbering');
    numbered.forEach(({ count }, k) => {
      expect(count).toBeLessThan(plain[k]?.count ?? NaN);
    });
  });

  it('goes with no other cost, no result file and no graph file', async () => {
    expect(await refusal('count', 'g', '--value-numbering', '--cost', 'paper')).toBe('usage');
    expect(await refusal('count', 'g', '--value-numbering', '--out', 'x')).toBe('usage');
    const { stdout } = await inProcess('export', 'g', '--to', 'graph');
    await withFiles({ 'g.json': stdout }, async (path) => {
      expect(await refusal('count', path('g.json'), '--value-numbering')).toBe(
        'subject-no-function',
      );
    });
  });
});
