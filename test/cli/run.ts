/** Runs the command line in this process, and as a program. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { main } from '../../src/cli/main.ts';

/** What a command gave. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `main` in this process. */
export async function inProcess(...argv: readonly string[]): Promise<Outcome> {
  let stdout = '';
  let stderr = '';
  const code = await main(argv, {
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    colour: false,
    columns: 100,
  });
  return { code, stdout, stderr };
}

const executable = fileURLToPath(new URL('../../bin/crosscountry.js', import.meta.url));

/** Runs the built program; `npm run build` has to have run. */
export function asProgram(
  argv: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Outcome> {
  return new Promise((done) => {
    execFile(process.execPath, [executable, ...argv], options, (error, stdout, stderr) => {
      done({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
    });
  });
}

/** Path of the executable. */
export { executable };

/** A folder of files for one test, removed when `use` is done. */
export async function withFiles<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (path: (name: string) => string, list: () => Promise<string[]>) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'crosscountry-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      await writeFile(join(folder, name), content);
    }
    return await use(
      (name) => join(folder, name),
      async () => (await readdir(folder)).sort(),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
