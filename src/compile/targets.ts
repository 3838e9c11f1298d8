/** The list of targets: what `--target` offers. */
import { UserError } from '../support/user-error.ts';
import { suggestion } from '../support/suggest.ts';
import type { Program } from '../program/types.ts';
import { javascriptTarget } from './js/compile.ts';
import { wasmTarget } from './wasm/compile.ts';
import type { CompiledProgram, CompileOptions, Target } from './types.ts';

/** Every target the house knows. */
export const targets: readonly Target[] = [javascriptTarget, wasmTarget];

/**
 * Finds a target.
 * @throws UserError `unknown-name`
 */
export function targetNamed(name: string): Target {
  const found = targets.find((target) => target.name === name);
  if (found !== undefined) return found;
  const names = targets.map((target) => target.name);
  throw new UserError({
    code: 'unknown-name',
    message: `There is no target "${name}"; known: ${names.join(', ')}.` + suggestion(name, names),
  });
}

/**
 * Compiles a Program for a target.
 * @throws UserError `unknown-name` for an unknown target, and what the target throws
 */
export function compile(
  program: Program,
  { target, ...options }: CompileOptions & { readonly target: string },
): CompiledProgram {
  return targetNamed(target).compile(program, options);
}
