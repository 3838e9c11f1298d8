/**
 * A real browser for tests: Chromium from npm alone, with WebGPU on SwiftShader. The package is for
 * Linux on x64; elsewhere CHROMIUM_PATH names one that is installed.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import packed from '@sparticuz/chromium';
import { type Browser, chromium, type Page } from 'playwright-core';

const own = process.env.CHROMIUM_PATH;

/** Why there is no browser here, with the remedy; nothing where there is one. */
export const noBrowser: string | undefined =
  own !== undefined || (process.platform === 'linux' && process.arch === 'x64')
    ? undefined
    : 'no browser: set CHROMIUM_PATH to a Chromium';

/** Starts it; software rendering, no window. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: own ?? (await packed.executablePath()),
    args: ['--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'],
  });
}

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

/** Waits until a task is opened and its elimination can be played. */
export async function untilReady(page: Page): Promise<void> {
  await page.locator('main[aria-busy="false"] #step:not([max="0"])').waitFor();
}
