/**
 * One real browser for the tests of a file, with WebGPU; without one they are skipped and say so. Scripts
 * for its pages are texts: these tests know no DOM.
 */
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, describe, it } from 'vitest';

/** Starts it, without a window; or says why it can't. */
async function launch(): Promise<Browser | string> {
  const executablePath = process.env.CHROMIUM_PATH;
  if (executablePath === undefined) return process.env.CROSSCOUNTRY_NO_BROWSER ?? 'none is set up';
  try {
    return await chromium.launch({
      executablePath,
      // Chromium hides WebGPU on Linux, and SwiftShader everywhere, behind the second.
      args: ['--no-sandbox', '--enable-unsafe-webgpu'],
    });
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  }
}

/** A page that comes from nowhere, and is secure as WebGPU wants it. */
const emptyAddress = 'https://crosscountry.test/';

/** Opens an empty page. */
export async function emptyPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  await page.route(emptyAddress, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>empty</title>' }),
  );
  await page.goto(emptyAddress);
  return page;
}

/** Whether pages get an adapter. */
async function hasAdapter(browser: Browser): Promise<boolean> {
  const page = await emptyPage(browser);
  const found: unknown = await page.evaluate(
    'navigator.gpu?.requestAdapter().then((adapter) => adapter !== null)',
  );
  await page.close();
  return found === true;
}

const launched = await launch();
if (typeof launched !== 'string') afterAll(() => launched.close());

const noBrowser =
  typeof launched === 'string'
    ? `no browser (${launched}); set CHROMIUM_PATH to a Chromium that is installed`
    : undefined;
const noAdapter =
  typeof launched === 'string' || (await hasAdapter(launched))
    ? noBrowser
    : 'no adapter in the browser; set CHROMIUM_PATH to a Chromium that has SwiftShader, or install a driver for the GPU';

// Where everything has to be tested (.ci/run), nothing is skipped.
if (process.env.CROSSCOUNTRY_REQUIRE_BROWSER !== undefined && noAdapter !== undefined) {
  throw new Error(noAdapter);
}

function describeWith(
  title: string,
  missing: string | undefined,
  body: (browser: Browser) => void,
): void {
  describe(title, () => {
    if (missing !== undefined || typeof launched === 'string') {
      it.skip(`skipped: ${missing ?? ''}`, () => undefined);
    } else body(launched);
  });
}

/** Tests that need the browser of this file. */
export function describeInBrowser(title: string, body: (browser: Browser) => void): void {
  describeWith(title, noBrowser, body);
}

/** Tests that need WebGPU in it. */
export function describeOnBrowserDevice(title: string, body: (browser: Browser) => void): void {
  describeWith(title, noAdapter, body);
}
