import { describe, expect, it } from 'vitest';

import { readGraph } from '../../src/graph/file.ts';
import { graphFamilies, graphOfFamily } from '../../src/subject/families/families.ts';
import { testLargeGraphs } from './large.ts';
import { inProcess, withFiles } from './run.ts';

describe('generate', () => {
  it.each(graphFamilies.map((family) => [family.name, family] as const))(
    'writes a graph file of %s that reads as the graph in memory',
    async (name, family) => {
      const size = String(family.leastVertices);
      const { code, stdout, stderr } = await inProcess(
        'generate',
        name,
        '--vertices',
        size,
        '--seed',
        '9',
      );
      expect(code).toBe(0);
      expect(stderr).toMatch(/^\d+ vertices, \d+ edges\n$/);
      expect(readGraph(stdout)).toEqual(graphOfFamily(family.make(family.leastVertices, 9)));
    },
  );

  it('writes a file and says what is in it', async () => {
    await withFiles({}, async (path, list) => {
      const out = path('graph.json');
      const { code, stdout } = await inProcess(
        'generate',
        'chain',
        '--vertices',
        '5',
        '--out',
        out,
        '--json',
      );
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toEqual({
        format: 'crosscountry/generated',
        version: 1,
        family: 'chain',
        name: 'chain-5',
        seed: 0,
        vertices: 5,
        edges: 4,
        file: out,
      });
      expect(await list()).toEqual(['graph.json']);
    });
  });

  it.each([
    [/there is no family of graphs "stencl".*stencil/s, ['stencl']],
    [/--vertices of chain has to be from 3 to 1000000, not 2/, ['chain', '--vertices', '2']],
    [/--vertices of chain has to be from 3 to 1000000/, ['chain', '--vertices', '1000001']],
    [/whole number/, ['chain', '--vertices', 'many']],
    [/--out FILE/, ['chain', '--json']],
    [/generate needs FAMILY/, []],
  ])('refuses with %s', async (message, argv) => {
    const { code, stderr } = await inProcess('generate', ...argv);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe('ten thousand vertices', () => {
  testLargeGraphs(10_000);
});
