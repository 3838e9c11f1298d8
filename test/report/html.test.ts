import { writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { describe, expect, it } from 'vitest';

import { html } from '../../src/report/formats/html.ts';
import { reportOf } from '../../src/report/report.ts';
import { readResultSet } from '../../src/results/result-set.ts';
import { withFiles } from '../cli/run.ts';
import { describeInBrowser } from '../support/browser.ts';
import { syntheticTimings } from './synthetic-timings.ts';

const folder = fileURLToPath(new URL('../../results', import.meta.url));

/** The published results, and timings where there are none: every table and figure is drawn. */
async function text(isWanted: (path: string) => boolean = () => true): Promise<string> {
  const all = await readResultSet(folder);
  const set = {
    ...all,
    results: all.results.filter(({ path }) => isWanted(path)),
    timings: all.timings.filter(({ path }) => isWanted(path)),
  };
  return html.write(reportOf({ ...set, timings: [...set.timings, syntheticTimings(set)] }));
}

describe('the HTML report', () => {
  it('draws figures with names, legends and words beside them, and loads nothing', async () => {
    const page = await text();
    expect(page.match(/<figure /g)?.length).toBeGreaterThanOrEqual(3);
    const drawings = page.match(/<svg [^>]*>/g) ?? [];
    expect(drawings).toHaveLength(2 * (page.match(/<figure /g)?.length ?? 0));
    for (const tag of drawings) expect(tag).toMatch(/(?=.*role="img")(?=.*aria-label="[^"]+")/);
    expect(page.match(/<table /g)?.length).toBe(page.match(/<caption /g)?.length);
    expect(page).not.toMatch(/<script|<link rel="stylesheet|src="http|@import|NaN/);
    // Each of the ten best orders is a dot of the first figure, at its bound or above.
    expect(page).toContain('RoeFlux_3d, best known: 639, 1.09 times the bound');
  });
});

/** Two tasks and a generated graph: every kind of table and figure, whose rows are all alike. */
const someSubjects = ['RoeFlux_1d', 'Perceptron', 'stencil-150'];
const isOfSome = (path: string): boolean => someSubjects.some((name) => path.includes(`${name}/`));

describeInBrowser('the HTML report in a browser', (browser) => {
  it.each([
    [400, 'light'],
    [400, 'dark'],
    [1400, 'light'],
    [1400, 'dark'],
  ] as const)(
    'has nothing that axe finds at %d px, %s, and needs no network',
    async (width, colorScheme) => {
      const page = await text(isOfSome);
      await withFiles({}, async (path) => {
        await writeFile(path('index.html'), page);
        const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
        const opened = await context.newPage();
        const requests: string[] = [];
        opened.on('request', (request) => requests.push(request.url()));
        await opened.goto(pathToFileURL(path('index.html')).href);
        await opened.evaluate(axe.source);
        const faults: unknown = await opened.evaluate(
          'axe.run({ preload: false }).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map(({ html }) => html)]))',
        );
        expect(faults).toEqual([]);
        const scrolled: unknown = await opened.evaluate('document.documentElement.scrollWidth');
        expect(scrolled).toBeLessThanOrEqual(width);
        expect(requests.filter((url) => !/^(file|data):/.test(url))).toEqual([]);
        await context.close();
      });
    },
  );
});
