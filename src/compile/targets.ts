/** The list of targets: what `--target` offers. */
import { UserError } from '../support/user-error.ts';
import { suggestion } from '../support/suggest.ts';
import type { Program } from '../program/types.ts';
import { javascriptTarget } from './js/compile.ts';
import { wasmTarget } from './wasm/compile.ts';
import { invocationTarget, unfusedTarget, webgpuTarget, workgroupTarget } from './wgsl/targets.ts';
import type { AnyTarget, CompiledProgram, CompileOptions, ShaderTarget, Target } from './types.ts';

/** Every target the house knows. */
export const allTargets: readonly AnyTarget[] = [
  javascriptTarget,
  wasmTarget,
  webgpuTarget,
  unfusedTarget,
  invocationTarget,
  workgroupTarget,
];

/** Whether a name is that of one of our targets, and not of another program that was timed beside them. */
export function isTarget(name: string): boolean {
  return allTargets.some((target) => target.name === name);
}

/** Those that compute where they are called. */
export const targets: readonly Target[] = allTargets.flatMap((target) =>
  target.kind === 'immediate' ? [target] : [],
);

/** Those that compute on a device. */
export const shaderTargets: readonly ShaderTarget[] = allTargets.flatMap((target) =>
  target.kind === 'device' ? [target] : [],
);

/**
 * Finds a target of either kind.
 * @throws UserError `unknown-name`
 */
export function anyTargetNamed(name: string): AnyTarget {
  const found = allTargets.find((target) => target.name === name);
  if (found !== undefined) return found;
  const names = allTargets.map((target) => target.name);
  throw new UserError({
    code: 'unknown-name',
    message: `There is no target "${name}"; known: ${names.join(', ')}.` + suggestion(name, names),
  });
}

/**
 * Finds a target that computes where it is called.
 * @throws UserError `unknown-name`, and `target-device` for one that computes on a device
 */
export function targetNamed(name: string): Target {
  const found = anyTargetNamed(name);
  if (found.kind === 'immediate') return found;
  throw new UserError({
    code: 'target-device',
    message: `The target ${name} computes on a device, which has to be awaited: use compileAsync or compileJacobianAsync`,
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
