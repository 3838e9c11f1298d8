/** The frame of every kernel: bindings, functions, and the entry point around its lines. */
import type { LaneType } from '../lanes/types.ts';
import type { ShaderPrecision } from '../target-description.ts';
import { fromSingle, toSingle } from './operations.ts';
import {
  type BindingName,
  bindings,
  groupInvocations,
  placeVectors,
  type PointWorkers,
  tilePointsOf,
} from '../shader.ts';

/** What the kernels of a Program have in common. */
export interface KernelFrame {
  /** Who computes a point. */
  readonly workers: PointWorkers;
  /** What inputs and outputs are in. */
  readonly precision: ShaderPrecision;
  /** Numbers a point in each binding that is laid out in tiles. */
  readonly sizes: TileSizes;
}

/** Numbers a point in each binding that is laid out in tiles. */
export interface TileSizes {
  readonly inputs: number;
  readonly outputs: number;
  readonly scratch: number;
}

function declaration(
  name: BindingName,
  { workers, precision, sizes }: KernelFrame,
  places: number,
): string {
  const head = `@group(0) @binding(${bindings[name]})`;
  switch (name) {
    case 'places':
      return `${head} var<uniform> places: array<vec4<u32>, ${placeVectors(places)}>;`;
    case 'constants':
      return `${head} var<storage, read> constants: array<f32>;`;
    default: {
      const access = name === 'inputs' ? 'read' : 'read_write';
      // Bits, because integers and masks cross too, and a real may be changed in passing.
      const type = name === 'scratch' ? 'u32' : precision;
      const points = tilePointsOf[workers];
      const number = points === 1 ? type : `array<${type}, ${points}>`;
      const tile = `array<${number}, ${Math.max(1, sizes[name])}>`;
      return `${head} var<storage, ${access}> ${name}: array<${tile}>;`;
    }
  }
}

/** What a lane holds, as the scratch buffer holds it; a half as the single that it is. */
export function toBits(type: LaneType, value: string, precision: ShaderPrecision): string {
  if (type === 'mask') return `select(0u, 1u, ${value})`;
  return `bitcast<u32>(${type === 'real' ? toSingle(precision, value) : value})`;
}

/** The inverse of `toBits`. */
export function fromBits(type: LaneType, bits: string, precision: ShaderPrecision): string {
  if (type === 'mask') return `${bits} != 0u`;
  if (type === 'integer') return `bitcast<i32>(${bits})`;
  return fromSingle(precision, `bitcast<f32>(${bits})`);
}

/** Bindings that lie in tiles. */
type TiledBinding = 'inputs' | 'outputs' | 'scratch';

/** A number of the workgroup's tile, for this invocation's point, as lines of a kernel say it. */
export function tileText(workers: PointWorkers, name: TiledBinding, place: string): string {
  const number = `(*${tilePointer(name)})[${place}]`;
  return tilePointsOf[workers] === 1 ? number : `${number}[lane]`;
}

/** A number of the memory that the invocations of a workgroup share. */
export const heldText = (place: string): string => `held[${place}]`;

/**
 * The tile's address is taken once: with `inputs[tile]` at every access Encoder took 1.5 to 1.7 times as
 * long on SwiftShader.
 */
const tilePointer = (name: TiledBinding): string => `tile_${name}`;

function isUsed(name: BindingName, lines: readonly string[]): boolean {
  const text = name === 'places' || name === 'constants' ? `${name}[` : `*${tilePointer(name)})`;
  return lines.some((line) => line.includes(text));
}

/** Code of a kernel, and the bindings that it declares. */
export interface KernelText {
  readonly code: string;
  readonly bindings: readonly BindingName[];
}

/** What a kernel has of its own. */
export interface KernelMemory {
  /** Numbers of the binding `places`; none if left out. */
  readonly places?: number;
  /** Numbers of workgroup memory; none if left out. */
  readonly held?: number;
}

/** A kernel whose lines know the tile's numbers, and `at.y` of `all.y` workgroups in y. */
export function kernelText(
  frame: KernelFrame,
  functions: readonly string[],
  lines: readonly string[],
  { places = 0, held = 0 }: KernelMemory = {},
): KernelText {
  const used = (Object.keys(bindings) as BindingName[]).filter((name) => isUsed(name, lines));
  const pointers = (['inputs', 'outputs', 'scratch'] as const)
    .filter((name) => used.includes(name))
    .map((name) => `  let ${tilePointer(name)} = &${name}[at.x];`);
  const code = [
    ...(frame.precision === 'f16' ? ['enable f16;'] : []),
    ...used.map((name) => declaration(name, frame, places)),
    ...(held > 0 ? [`var<workgroup> held: array<f32, ${held}>;`] : []),
    '',
    ...functions.flatMap((text) => [text, '']),
    `@compute @workgroup_size(${groupInvocations[frame.workers]})`,
    'fn main(',
    '  @builtin(workgroup_id) at: vec3<u32>,',
    ...(lines.some((line) => line.includes('all.y'))
      ? ['  @builtin(num_workgroups) all: vec3<u32>,']
      : []),
    '  @builtin(local_invocation_index) lane: u32,',
    ') {',
    ...pointers,
    ...lines.map((line) => `  ${line}`),
    '}',
  ].join('\n');
  return { code, bindings: used };
}
