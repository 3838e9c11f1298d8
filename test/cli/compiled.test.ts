/** `--cost compiled` on the command line. */
import { describe, expect, it } from 'vitest';
import { inProcess, withFiles } from './run.ts';

const chain = JSON.stringify({
  format: 'crosscountry/graph',
  version: 1,
  name: 'chain',
  vertices: [{ id: 'x', kind: 'input' }, { id: 1 }, { id: 2 }],
  edges: [
    { from: 'x', to: 1 },
    { from: 1, to: 2 },
  ],
});

describe('--cost compiled', () => {
  it('refuses a graph file, which has no function, and says what to do', async () => {
    await withFiles({ 'chain.json': chain }, async (path) => {
      for (const verb of ['count', 'search']) {
        const { code, stderr } = await inProcess(verb, path('chain.json'), '--cost', 'compiled');
        expect(code).toBe(2);
        expect(stderr).toContain('name a task or a module, or use --cost multiplications');
        expect(stderr).toContain('chain.json');
      }
    });
  });

  it('refuses --steps, for there are none', async () => {
    const { code, stderr } = await inProcess('count', 'g', '--cost', 'compiled', '--steps');
    expect(code).toBe(2);
    expect(stderr).toContain('leave --steps out');
  });

  it('counts a tensor task alike at both granularities in the forward order', async () => {
    const count = async (granularity: string) => {
      const { stdout } = await inProcess(
        ...['count', 'Perceptron', '--cost', 'compiled', '--granularity', granularity],
        ...['--order', 'forward', '--json'],
      );
      return (JSON.parse(stdout) as { rows: { count: number }[] }).rows[0]?.count;
    };
    const scalar = await count('scalar');
    expect(scalar).toBeGreaterThan(0);
    expect(await count('tensor')).toBe(scalar);
  });

  it('finds an order that verify counts again', async () => {
    await withFiles({}, async (path) => {
      const file = path('result.json');
      const search = await inProcess(
        ...['search', 'HumanHeartDipole', '--cost', 'compiled', '--evaluations', '3000'],
        ...['--out', file],
      );
      expect(search.code).toBe(0);
      expect((await inProcess('verify', file)).code).toBe(0);
    });
  });
});
