/** The frame of every kernel: bindings, functions, and the entry point around its lines. */
import type { LaneType } from '../lanes/types.ts';
import { type BindingName, bindings, placeVectors, tilePoints } from '../shader.ts';

/** Numbers a point in each binding that is laid out in tiles. */
export interface TileSizes {
  readonly inputs: number;
  readonly outputs: number;
  readonly scratch: number;
}

function declaration(name: BindingName, sizes: TileSizes, places: number): string {
  const head = `@group(0) @binding(${bindings[name]})`;
  switch (name) {
    case 'places':
      return `${head} var<uniform> places: array<vec4<u32>, ${placeVectors(places)}>;`;
    case 'constants':
      return `${head} var<storage, read> constants: array<f32>;`;
    default: {
      const access = name === 'inputs' ? 'read' : 'read_write';
      // Bits, because integers and masks cross too, and a real may be changed in passing.
      const type = name === 'scratch' ? 'u32' : 'f32';
      const tile = `array<array<${type}, ${tilePoints}>, ${Math.max(1, sizes[name])}>`;
      return `${head} var<storage, ${access}> ${name}: array<${tile}>;`;
    }
  }
}

/** What a lane holds, as the scratch buffer holds it. */
export function toBits(type: LaneType, value: string): string {
  return type === 'mask' ? `select(0u, 1u, ${value})` : `bitcast<u32>(${value})`;
}

/** The inverse of `toBits`. */
export function fromBits(type: LaneType, bits: string): string {
  if (type === 'mask') return `${bits} != 0u`;
  return `bitcast<${type === 'real' ? 'f32' : 'i32'}>(${bits})`;
}

/** A kernel whose lines know `tile`, `lane`, and in y `at.y` of `all.y` workgroups. */
export function kernelText(
  used: readonly BindingName[],
  sizes: TileSizes,
  functions: readonly string[],
  lines: readonly string[],
  places = 0,
): string {
  return [
    ...used.map((name) => declaration(name, sizes, places)),
    '',
    ...functions.flatMap((text) => [text, '']),
    `@compute @workgroup_size(${tilePoints})`,
    'fn main(',
    '  @builtin(workgroup_id) at: vec3<u32>,',
    ...(lines.some((line) => line.includes('all.y'))
      ? ['  @builtin(num_workgroups) all: vec3<u32>,']
      : []),
    '  @builtin(local_invocation_index) lane: u32,',
    ') {',
    '  let tile = at.x;',
    ...lines.map((line) => `  ${line}`),
    '}',
  ].join('\n');
}
