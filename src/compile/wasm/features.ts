/** What the engine can do, found out once by asking it. */
import { compileModule, instantiateModule, validates } from './engine.ts';
import { FunctionEmitter } from './emitter.ts';
import { encodeModule } from './module.ts';
import { f64x2, plain, vector } from './opcodes.ts';
import { laneFormat, splatReal } from './operations.ts';

const format = laneFormat('f64');

/** A module with a function that stores x·y − 1 in every lane, for x = 1 + 2⁻³⁰ and y = 1 − 2⁻³⁰. */
function probe(fused: boolean): Uint8Array<ArrayBuffer> {
  const emitter = new FunctionEmitter({ parameters: ['i32'], results: [] });
  emitter.indexed(plain.localGet, 0);
  for (const x of [1 + 2 ** -30, 1 - 2 ** -30]) emitter.constant(splatReal(format, x));
  if (!fused) emitter.vector(f64x2.mul);
  emitter.constant(splatReal(format, -1));
  emitter.vector(fused ? f64x2.relaxedMadd : f64x2.add);
  emitter.memory(vector.store, 0);
  return encodeModule({
    functions: [emitter.finish('probe')],
    memoryPages: 1,
  });
}

/** What the module of a probe computes. */
function runProbe(bytes: Uint8Array): number {
  const { memory, probe: call } = instantiateModule(compileModule(bytes), ['probe']);
  call(0);
  return new Float64Array(memory.buffer, 0, 1)[0] ?? NaN;
}

let vectors: boolean | undefined;
let fusing: boolean | undefined;

/** Whether the engine has WebAssembly with vectors of 128 bits. */
export function hasVectors(): boolean {
  vectors ??= validates(probe(false));
  return vectors;
}

/**
 * Whether the engine has relaxed SIMD and its multiply-add rounds once on this machine. The standard
 * allows two roundings, which lane code must not get; so it is tried, not only validated. Node 20
 * needs `--experimental-wasm-relaxed-simd`, Node 22 and later need nothing.
 */
export function hasFusedMultiplyAdd(): boolean {
  // Exactly x·y = 1 − 2⁻⁶⁰; rounded twice the difference to 1 is 0.
  fusing ??= validates(probe(true)) && runProbe(probe(true)) === -(2 ** -60);
  return fusing;
}
