/**
 * What a user's module does wrong, as one line with the file and the place: V8 says the place in
 * the stack of a thrown Error, and nowhere for a syntax error in an ES module, where `node --check`
 * is asked.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { UserError } from '../support/user-error.ts';
import { errorCode } from './read-file.ts';

/** What was thrown, in words: an Error's message, or the value itself. */
function thrownText(thrown: unknown): string {
  if (thrown instanceof Error) {
    return thrown.message === '' ? thrown.name : `${thrown.name}: ${thrown.message}`;
  }
  if (typeof thrown === 'string') return JSON.stringify(thrown);
  try {
    return String(thrown);
  } catch {
    return 'a value that has no text';
  }
}

/** `line 3, column 5` of the innermost frame of a stack that lies in the module. */
function placeInModule(thrown: unknown, url: string): string | undefined {
  if (!(thrown instanceof Error) || typeof thrown.stack !== 'string') return undefined;
  for (const name of [url, fileURLToPath(url)]) {
    for (const line of thrown.stack.split('\n')) {
      const start = line.indexOf(`${name}:`);
      if (start < 0) continue;
      const place = /^:(\d+)(?::(\d+))?/.exec(line.slice(start + name.length));
      if (place === null) continue;
      const column = place[2] === undefined ? '' : `, column ${place[2]}`;
      return `line ${place[1] ?? ''}${column}`;
    }
  }
  return undefined;
}

/** Where `node --check` sees the syntax error; `undefined` where it sees none. */
async function placeOfSyntaxError(url: string): Promise<string | undefined> {
  const path = fileURLToPath(url);
  const report = await new Promise<string>((done) => {
    execFile(process.execPath, ['--check', path], { timeout: 10_000 }, (_error, _out, stderr) => {
      done(stderr);
    });
  });
  const line = /:(\d+)$/m.exec(report.split('\n')[0] ?? '')?.[1];
  return line === undefined ? undefined : `line ${line}`;
}

/**
 * The error for people of what importing the module or running its `f` threw.
 * @param thrown anything
 * @param file the path as the person wrote it
 * @param url the module's address
 * @param doing what was going on, such as `tracing f`
 */
export async function moduleError(
  thrown: unknown,
  file: string,
  url: string,
  doing: string,
): Promise<UserError> {
  if (errorCode(thrown) === 'ERR_UNKNOWN_FILE_EXTENSION') {
    return new UserError({
      code: 'module-typescript',
      message: `Node ${process.versions.node} can't load TypeScript; use Node 22.18 or newer, or compile the module to .mjs`,
      file,
      cause: thrown,
    });
  }
  const place = placeInModule(thrown, url);
  if (thrown instanceof SyntaxError) {
    return new UserError({
      code: 'module-syntax',
      message: `the module has a syntax error (${thrown.message}); mend it`,
      file,
      ...atPlace(place ?? (await placeOfSyntaxError(url))),
      cause: thrown,
    });
  }
  return moduleFault(thrown, file, url, doing);
}

/** The same for what `f` threw, where no syntax error is possible and no waiting wanted. */
export function moduleFault(thrown: unknown, file: string, url: string, doing: string): UserError {
  const place = placeInModule(thrown, url);
  if (thrown instanceof UserError) {
    return new UserError({
      code: thrown.code,
      message: thrown.message,
      file,
      ...atPlace(place ?? thrown.at),
      cause: thrown,
    });
  }
  return new UserError({
    code: 'module-throws',
    message: `${doing} threw ${thrownText(thrown)}; mend the module`,
    file,
    ...atPlace(place),
    cause: thrown,
  });
}

function atPlace(place: string | undefined): { readonly at?: string } {
  return place === undefined ? {} : { at: place };
}
