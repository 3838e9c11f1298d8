/** The WebGPU targets: compute shaders in WGSL. */
import type { ShaderTarget } from '../types.ts';
import {
  generateByInvocations,
  generateByWorkgroups,
  generateFused,
  generateUnfused,
} from './generate.ts';

/** Entry of the list of targets. */
export const webgpuTarget: ShaderTarget = {
  kind: 'device',
  name: 'webgpu',
  summary: 'compute shaders on a GPU, in single or half precision',
  precisions: ['f32', 'f16'],
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

/** Entry of the list of targets: `webgpu` where it was to choose that. */
export const invocationTarget: ShaderTarget = {
  kind: 'device',
  name: 'wgsl-invocation',
  summary: 'as webgpu, one invocation a point',
  precisions: ['f32'],
  exported: { summary: 'as wgsl, one invocation a point', binary: false },
  generate: generateByInvocations,
};

/** Entry of the list of targets: `webgpu` where it was to choose that. */
export const workgroupTarget: ShaderTarget = {
  kind: 'device',
  name: 'wgsl-workgroup',
  summary: 'as webgpu, one workgroup a point',
  precisions: ['f32'],
  exported: { summary: 'as wgsl, one workgroup a point', binary: false },
  generate: generateByWorkgroups,
};
