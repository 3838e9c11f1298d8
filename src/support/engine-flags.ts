/** Flags of the engine, which change what it runs and so belong beside every time. */
import { setFlagsFromString } from 'node:v8';

const added: string[] = [];

/** Flags that the process was started with, by itself or by NODE_OPTIONS, and those set since. */
export function engineFlags(): readonly string[] {
  const { execArgv, env } = process;
  const options = env.NODE_OPTIONS?.split(/\s+/).filter((word) => word !== '') ?? [];
  return [...new Set([...execArgv, ...options, ...added])];
}

/** The first Node that has relaxed SIMD without a flag (V8 12). */
const firstRelaxed = 22;

/**
 * Switches relaxed SIMD on, with its fused multiply-add, for modules compiled from now on. Does
 * nothing where the engine has it anyway.
 */
export function enableRelaxedSimd(): void {
  const flag = '--experimental-wasm-relaxed-simd';
  if (Number.parseInt(process.versions.node, 10) >= firstRelaxed) return;
  if (engineFlags().includes(flag)) return;
  setFlagsFromString(flag);
  added.push(flag);
}
