/**
 * Before any worker starts: a Chromium for the tests of the page, the one that CHROMIUM_PATH names or,
 * without one, the development dependency's (Linux on x64). It is unpacked once, below
 * node_modules/.cache: the package itself would unpack to a shared place that may hold another version's.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Called once by vitest, in the main process. */
export default function setup(): void {
  if (process.env.CHROMIUM_PATH !== undefined) return;
  try {
    process.env.CHROMIUM_PATH = unpacked();
  } catch (error) {
    // Tests in a browser are skipped then, and say why (test/support/browser.ts).
    process.env.CROSSCOUNTRY_NO_BROWSER = error instanceof Error ? error.message : String(error);
  }
}

/** The package's Chromium, unpacked where it is not there yet. */
function unpacked(): string {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('the one from npm is for Linux on x64');
  }
  const require = createRequire(import.meta.url);
  const own = dirname(dirname(dirname(require.resolve('@sparticuz/chromium'))));
  const { version } = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8')) as {
    version: string;
  };
  const folder = join(root, 'node_modules', '.cache', 'crosscountry', `chromium-${version}`);
  if (!existsSync(folder)) {
    // Several runs may unpack at once; the folder appears whole or not at all.
    const partial = `${folder}.${process.pid}`;
    mkdirSync(partial, { recursive: true });
    const code = `
      import chromium from '@sparticuz/chromium';
      await chromium.executablePath();`;
    // It unpacks to the folder for temporary files.
    execFileSync(process.execPath, ['--input-type=module', '--eval', code], {
      cwd: root,
      env: { ...process.env, TMPDIR: partial },
    });
    try {
      renameSync(partial, folder);
    } catch (error) {
      rmSync(partial, { recursive: true });
      if (!existsSync(folder)) throw error;
    }
  }
  return join(folder, 'chromium');
}
