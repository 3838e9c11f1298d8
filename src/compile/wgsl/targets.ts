/** The WebGPU targets: compute shaders in WGSL, single precision. */
import type { ShaderTarget } from '../types.ts';
import { generateFused, generateUnfused } from './generate.ts';

/** Entry of the list of targets. */
export const webgpuTarget: ShaderTarget = {
  kind: 'device',
  name: 'webgpu',
  summary: 'compute shaders on a GPU, single precision',
  precisions: ['f32'],
  exported: {
    name: 'wgsl',
    summary: 'values and Jacobian as WGSL compute shaders',
    binary: false,
  },
  generate: generateFused,
};

/** Entry of the list of targets. */
export const unfusedTarget: ShaderTarget = {
  kind: 'device',
  name: 'wgsl-unfused',
  summary: 'the same, one shader an operation: what fusion is measured against',
  precisions: ['f32'],
  exported: { summary: 'the same, one shader an operation', binary: false },
  generate: generateUnfused,
};
