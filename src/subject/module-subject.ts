/** A user's ES module as a subject: imported, checked, traced when first needed. */
import { stat } from 'node:fs/promises';
import { register } from 'node:module';
import { basename, extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { lineariseWithCodes } from '../cost/paper/encode.ts';
import { trace, type TraceResult } from '../program/trace.ts';
import type { Program } from '../program/types.ts';
import { breathe } from '../support/breathe.ts';
import { UserError } from '../support/user-error.ts';
import { moduleError, moduleFault } from './module-errors.ts';
import { type ModuleDescription, parseModule, type UserFunction } from './module-shape.ts';
import { once } from '../support/once.ts';
import { fileError, readText } from './read-file.ts';
import type { FunctionSubject } from './types.ts';

let hookRegistered = false;

/** Makes `crosscountry/…` resolvable for modules that lie anywhere. */
function registerResolveHook(): void {
  if (hookRegistered) return;
  hookRegistered = true;
  register(`./resolve-hook${extname(import.meta.url)}`, import.meta.url);
}

/**
 * Runs something of the user's with `console.log` and its like on stderr: stdout belongs to the
 * command's own document.
 */
function withConsoleOnStderr<T>(run: () => T): T {
  const shared = globalThis.console;
  const saved = { ...shared };
  const toStderr = (...values: unknown[]): void => {
    shared.error(...values);
  };
  Object.assign(shared, { log: toStderr, info: toStderr, debug: toStderr });
  const restore = (): void => {
    Object.assign(shared, saved);
  };
  let result: T;
  try {
    result = run();
  } catch (thrown) {
    restore();
    throw thrown;
  }
  if (result instanceof Promise) {
    // Restored when the promise settles; the promise itself is handed on untouched.
    result.then(restore, restore);
  } else {
    restore();
  }
  return result;
}

/**
 * Imports a module, and waits one turn of the event loop for promises that it left to reject on
 * their own, which would end the process otherwise.
 */
async function importModule(url: string): Promise<unknown> {
  let rejected: { readonly reason: unknown } | undefined;
  const listen = (reason: unknown): void => {
    rejected ??= { reason };
  };
  process.on('unhandledRejection', listen);
  try {
    const namespace: unknown = await withConsoleOnStderr(() => import(url) as Promise<unknown>);
    await breathe();
    if (rejected !== undefined) throw rejected.reason;
    return typeof namespace === 'object' && namespace !== null && 'default' in namespace
      ? namespace.default
      : undefined;
  } finally {
    process.off('unhandledRejection', listen);
  }
}

/** The module's function, refusing promises, which carry no traced value. */
function synchronous(f: UserFunction): (inputs: unknown) => TraceResult {
  return (inputs) => {
    const result = f(inputs);
    if (result instanceof Promise) {
      // Nobody will wait for it; a rejection must not end the process.
      result.catch(() => undefined);
      throw new UserError({
        code: 'module-async',
        message: 'f returns a promise; a function that is traced has to be synchronous',
      });
    }
    return result;
  };
}

/**
 * Imports a user's module.
 * @param file path to an ES module with a function description as default export
 * @throws UserError where the file can't be read, the module throws or its export has a wrong
 * shape; tracing, when it comes, throws UserError where `f` throws.
 */
export async function loadModuleSubject(file: string): Promise<FunctionSubject> {
  const path = resolve(file);
  const status = await stat(path).catch((error: unknown) => {
    throw fileError(error, file) ?? error;
  });
  if (status.isDirectory()) {
    throw new UserError({
      code: 'file-is-folder',
      message: 'this is a folder; name a file in it',
      file,
    });
  }
  await readText(file);
  registerResolveHook();
  const url = pathToFileURL(path).href;
  let description: ModuleDescription;
  try {
    description = parseModule(await importModule(url));
  } catch (thrown) {
    throw thrown instanceof UserError
      ? thrown.inFile(file)
      : await moduleError(thrown, file, url, 'the module');
  }
  const name = description.name ?? basename(file, extname(file));
  const program = once((): Program => {
    try {
      return withConsoleOnStderr(() =>
        trace(synchronous(description.f), Object.fromEntries(description.inputs), { name }),
      );
    } catch (thrown) {
      throw moduleFault(thrown, file, url, 'f');
    }
  });
  const linearisation = once(() => lineariseWithCodes(program()));
  return {
    kind: 'module',
    granularity: 'tensor',
    name,
    file,
    program,
    linearisation,
    graph: () => linearisation().graph,
    ...(description.sample === undefined ? {} : { sample: description.sample }),
  };
}
