/** Large graphs through the whole program; quick in the tests, a million vertices in the soak. */
import { expect, it } from 'vitest';

import { asProgram, withFiles } from './run.ts';

/** What every one of these graphs has to be, by family: a count that is known, or a range. */
const counts: ReadonlyMap<string, (count: number, vertices: number) => boolean> = new Map([
  ['chain', (count: number, vertices: number) => count === vertices - 2],
  // Twelve inputs: an edge of a step is multiplied at most with as many.
  ['unrolled-ode', (count: number, vertices: number) => count < 12 * 3 * vertices],
  ['stencil', (count: number, vertices: number) => count < 35 * vertices],
  ['bundle-adjustment', (count: number, vertices: number) => count < 20 * vertices],
]);

/** Tests of graphs of about so many vertices. */
export function testLargeGraphs(vertices: number): void {
  it.each([...counts])(
    `generates, reads and counts ${vertices} vertices: %s`,
    async (family, fits) => {
      await withFiles({}, async (path) => {
        const file = path('graph.json');
        const size = String(vertices);
        const made = await asProgram([
          'generate',
          family,
          '--vertices',
          size,
          '--out',
          file,
          '--json',
        ]);
        expect(made).toMatchObject({ code: 0, stderr: '' });
        const { vertices: own } = JSON.parse(made.stdout) as { vertices: number };
        expect(own).toBeGreaterThan(0.9 * vertices);
        const counted = await asProgram(['count', file, '--order', 'markowitz', '--json']);
        expect(counted).toMatchObject({ code: 0, stderr: '' });
        const { rows } = JSON.parse(counted.stdout) as { rows: { count: number }[] };
        expect(fits(rows[0]?.count ?? NaN, own), `${rows[0]?.count}`).toBe(true);
      });
    },
  );
}
