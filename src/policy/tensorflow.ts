/**
 * TensorFlow.js, loaded when it is needed and on the fastest back end there is: `tfjs-node-gpu` where
 * the user has installed it, else WebGPU where this host has an adapter, else WebAssembly on one
 * thread, which is in the package and gives the same numbers from run to run. This file alone imports
 * TensorFlow.js's modules; the others of this room take them from here.
 */
import type * as TensorFlowModule from '@tensorflow/tfjs-core';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { UserError } from '../support/user-error.ts';

/** TensorFlow.js's core. */
export type TensorFlow = typeof TensorFlowModule;
export type { Rank, Scalar, Tensor, Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';

/** Back ends, the fastest first. */
export const backEnds = ['node-gpu', 'webgpu', 'wasm', 'cpu'] as const;

/** Name of a back end. */
export type BackEnd = (typeof backEnds)[number];

/** TensorFlow.js ready to compute. */
export interface OpenTensorFlow {
  readonly tf: TensorFlow;
  readonly backEnd: BackEnd;
  /** One line: which back end it is, and what a faster one would need. */
  readonly note: string;
}

const notes: Readonly<Record<BackEnd, string>> = {
  'node-gpu': 'TensorFlow.js computes on the GPU (tfjs-node-gpu)',
  webgpu: 'TensorFlow.js computes on the GPU (WebGPU)',
  wasm: 'TensorFlow.js computes in WebAssembly on one thread; for a GPU install @tensorflow/tfjs-node-gpu',
  cpu: 'TensorFlow.js computes in plain JavaScript, slowly',
};

/** Packages that a user may have installed beside this one; their names are no static imports. */
const optionalPackages = {
  'node-gpu': '@tensorflow/tfjs-node-gpu',
  webgpu: '@tensorflow/tfjs-backend-webgpu',
} as const;

/** Whether a module can be imported; nothing but its absence is taken for that. */
async function isThere(name: string): Promise<boolean> {
  try {
    await import(name);
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ERR_MODULE_NOT_FOUND') return false;
    throw new UserError({
      code: 'tensorflow',
      message: `${name} is installed and does not load; mend or remove it`,
      cause: error,
    });
  }
}

/** Whether this host has WebGPU with an adapter; Node has none by itself. */
async function hasAdapter(): Promise<boolean> {
  const host: unknown = Reflect.get(globalThis, 'navigator');
  const gpu: unknown = typeof host === 'object' && host !== null ? Reflect.get(host, 'gpu') : null;
  if (typeof gpu !== 'object' || gpu === null || !('requestAdapter' in gpu)) return false;
  const request: unknown = gpu.requestAdapter;
  if (typeof request !== 'function') return false;
  const adapter: unknown = await Reflect.apply(request, gpu, []);
  return adapter !== null;
}

/** Makes one back end known to TensorFlow.js; false where this host lacks it. */
async function prepare(backEnd: BackEnd): Promise<boolean> {
  switch (backEnd) {
    case 'node-gpu':
      return isThere(optionalPackages[backEnd]);
    case 'webgpu':
      return (await hasAdapter()) && isThere(optionalPackages[backEnd]);
    case 'wasm': {
      const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
      const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
      setWasmPaths(join(dirname(main), '/'));
      return true;
    }
    case 'cpu':
      await import('@tensorflow/tfjs-backend-cpu');
      return true;
  }
}

/** The names by which TensorFlow.js knows its back ends. */
const ownNames: Readonly<Record<BackEnd, string>> = {
  'node-gpu': 'tensorflow',
  webgpu: 'webgpu',
  wasm: 'wasm',
  cpu: 'cpu',
};

/**
 * Opens TensorFlow.js.
 * @param wanted the back end to take; the fastest there is if left out
 * @throws UserError tensorflow where the wanted one is not there
 */
export async function openTensorFlow(wanted?: BackEnd): Promise<OpenTensorFlow> {
  const tf = await import('@tensorflow/tfjs-core');
  // The core's own file for Node leaves the gradients of operations out; this one registers them.
  await import('@tensorflow/tfjs-layers');
  // No advertisements on the console, and no search for NaN after each operation.
  tf.enableProdMode();
  for (const backEnd of wanted === undefined ? backEnds : [wanted]) {
    if (!(await prepare(backEnd))) continue;
    if (!(await tf.setBackend(ownNames[backEnd]))) continue;
    await tf.ready();
    return { tf, backEnd, note: notes[backEnd] };
  }
  throw new UserError({
    code: 'tensorflow',
    message:
      `TensorFlow.js has no back end ${wanted ?? ''} on this machine; ` +
      'leave the choice out, or install the package that has it',
  });
}
