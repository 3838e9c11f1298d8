import { describe, expect, it } from 'vitest';

import { pairs } from '../../src/cost/pairs.ts';
import { graphHash } from '../../src/graph/canonical.ts';
import { familySubject } from '../../src/subject/family-subject.ts';
import { graphFamilies } from '../../src/subject/families/families.ts';
import { loadSubject } from '../../src/subject/load.ts';
import { inProcess, withFiles } from '../cli/run.ts';

describe('a generated graph by name', () => {
  it.each(graphFamilies.map((family) => [family.name, family] as const))(
    '%s is the graph that generate writes',
    async (name, family) => {
      const vertices = Math.max(family.leastVertices, 200);
      await withFiles({}, async (path) => {
        const words = ['--vertices', String(vertices), '--seed', '3', '--out', path('graph.json')];
        await inProcess('generate', name, ...words);
        const file = await loadSubject(path('graph.json'));
        const named = await loadSubject(`${name}-${vertices}-3`);
        expect(graphHash(named.graph(pairs))).toBe(graphHash(file.graph(pairs)));
      });
    },
  );

  it('has the seed 0 where none is named, and is made once', () => {
    const hash = (text: string): string | undefined => {
      const graph = familySubject(text)?.graph(pairs);
      return graph && graphHash(graph);
    };
    expect(hash('random-sparse-50')).toBe(hash('random-sparse-50-0'));
    expect(hash('random-sparse-50')).not.toBe(hash('random-sparse-50-1'));
    const subject = familySubject('stencil-100');
    expect(subject?.graph(pairs)).toBe(subject?.graph(pairs));
  });

  it('is nothing else', () => {
    for (const text of ['RoeFlux_1d', 'stencil', 'stencil-', 'stensil-100', 'stencil-100-1-1']) {
      expect(familySubject(text)).toBeUndefined();
    }
  });

  it.each(['stencil-3', 'stencil-1000000000'])('%s is refused with the sizes there are', (text) => {
    expect(() => familySubject(text)).toThrow(/from 30 to 100000 vertices/);
  });

  it('is not embedded in results, and they are verified all the same', async () => {
    await withFiles({ 'results.json': '' }, async (path) => {
      const out = path('result.json');
      const words = ['--strategy', 'anneal', '--evaluations', '1000', '--out', out, '--json'];
      const { stdout } = await inProcess(
        'search',
        'unrolled-ode-90-2',
        '--cost',
        'pairs',
        ...words,
      );
      const result = JSON.parse(stdout) as { subject: string; graph?: unknown };
      expect(result.subject).toBe('unrolled-ode-90-2');
      expect(result.graph).toBeUndefined();
      expect((await inProcess('verify', out)).code).toBe(0);
    });
  });
});
