/** The page, built for tests, and visits to it. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';

/** The page, built into a folder of its own. */
export interface BuiltPage {
  readonly folder: string;
  /** Address of its index.html, as a file. */
  readonly address: string;
  remove(): Promise<void>;
}

/** Builds the page from the sources as they are; `npm run build` has to have run. */
export async function buildPage(): Promise<BuiltPage> {
  const folder = await mkdtemp(join(tmpdir(), 'crosscountry-page-'));
  const script = fileURLToPath(new URL('../../scripts/build-page.mjs', import.meta.url));
  await promisify(execFile)(process.execPath, [script, folder]);
  return {
    folder,
    address: pathToFileURL(join(folder, 'index.html')).href,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** How a visitor comes. */
export interface VisitOptions extends BrowserContextOptions {
  /** Behind the address. */
  readonly choice?: string;
  /**
   * As a file if left out; or served: so that the page is isolated and has a fine clock, or without
   * encryption, where browsers give no WebGPU.
   */
  readonly served?: 'isolated' | 'unencrypted';
}

/** What was seen during a visit. */
export interface Seen {
  readonly errors: readonly string[];
  readonly requests: readonly string[];
}

const hosts = { isolated: 'https://page.test', unencrypted: 'http://page.test' } as const;
const headers = {
  isolated: {
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
  },
  unencrypted: {},
} as const;

/** Opens the page in a context of its own; nothing may go wrong in it, and it may ask nobody else. */
export async function visit(
  browser: Browser,
  { folder, address }: BuiltPage,
  use: (page: Page) => Promise<void>,
  { choice = '', served, ...options }: VisitOptions = {},
): Promise<void> {
  const context = await browser.newContext({ acceptDownloads: true, ...options });
  try {
    const page = await context.newPage();
    const [errors, requests]: [string[], string[]] = [[], []];
    page.on('pageerror', ({ message }) => errors.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    page.on('request', (request) => requests.push(request.url()));
    const host = served === undefined ? undefined : hosts[served];
    if (served !== undefined) {
      await page.route(`${hosts[served]}/**`, (route) => {
        const { pathname } = new URL(route.request().url());
        return route.fulfill({ path: join(folder, pathname), headers: headers[served] });
      });
    }
    await page.goto(`${host === undefined ? address : `${host}/index.html`}${choice}`);
    await untilReady(page);
    await use(page);
    expect(errors).toEqual([]);
    const own = host === undefined ? 'file:' : `${host}/`;
    const others = requests.filter((url) => !url.startsWith(own) && !/^(blob|data):/.test(url));
    expect(others).toEqual([]);
  } finally {
    await context.close();
  }
}

/** Waits until a task is opened and its elimination can be played. */
export async function untilReady(page: Page): Promise<void> {
  await page.locator('main[aria-busy="false"] #step:not([max="0"])').waitFor();
}

/**
 * Opens the page as a file, until it can be used.
 * @returns seconds of processor time, of all the browser's processes together: what it would take on a
 *   machine that does nothing else
 */
export async function loadTime(browser: Browser, { address }: BuiltPage): Promise<number> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await browser.newBrowserCDPSession();
  const spent = async (): Promise<ReadonlyMap<number, number>> => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return new Map(processInfo.map(({ id, cpuTime }) => [id, cpuTime]));
  };
  const before = await spent();
  await page.goto(address);
  await untilReady(page);
  const after = await spent();
  await session.detach();
  await context.close();
  return [...after].reduce((sum, [id, time]) => sum + time - (before.get(id) ?? 0), 0);
}

/** A value of the page. */
export async function numberIn(page: Page, script: string): Promise<number> {
  const value: unknown = await page.evaluate(script);
  if (typeof value !== 'number') throw new Error(`${script} is no number`);
  return value;
}

/** Presses a button, and reads the file that it saves. */
export async function saved(
  page: Page,
  button: string,
): Promise<{ readonly name: string; readonly text: string }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return {
    name: download.suggestedFilename(),
    text: await readFile(await download.path(), 'utf8'),
  };
}
