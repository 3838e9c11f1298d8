/** Checks shaders in a browser by the code that checks them in Node. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { z } from 'zod';

import { namedOrderIds } from '../execute/conformance.ts';
import { emptyPage } from '../support/browser.ts';

const summary = z.object({ points: z.number(), p50: z.number(), p99: z.number(), max: z.number() });

/** Checks one task on the browser's device: errors against dual numbers in double precision. */
export type BrowserCheck = (
  task: string,
  order: string,
  target: string,
  points: number,
) => Promise<z.infer<typeof summary>>;

/** Opens a page with the check in it. */
export async function openBrowserCheck(browser: Browser): Promise<BrowserCheck> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('conformance-entry.ts', import.meta.url))],
    bundle: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    write: false,
    logLevel: 'error',
  });
  const page = await emptyPage(browser);
  const content = outputFiles.map(({ text }) => text).join('');
  await page.addScriptTag({ content });
  await page.evaluate(
    'openConformance(navigator.gpu).then((check) => { globalThis.check = check; })',
  );
  return async (task, name, target, points) => {
    const order = await namedOrderIds(task, name);
    const given = JSON.stringify({ task, order, target, points });
    return summary.parse(await page.evaluate(`check(${given})`));
  };
}
