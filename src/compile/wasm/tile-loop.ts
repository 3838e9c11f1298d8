/** Loops that several functions of a module have. */
import type { FunctionEmitter } from './emitter.ts';
import { emptyBlockType, plain } from './opcodes.ts';

/**
 * `body`, counter − 1, until the counter is 0: so often as the counter says, which is not 0.
 * @param counter a local
 */
export function countDown(emitter: FunctionEmitter, counter: number, body: () => void): void {
  emitter.indexed(plain.loop, emptyBlockType);
  body();
  emitter.indexed(plain.localGet, counter);
  emitter.i32(1);
  emitter.op(plain.i32Sub);
  emitter.indexed(plain.localTee, counter);
  emitter.indexed(plain.brIf, 0);
  emitter.op(plain.end);
}

/** While `tiles` (parameter 0) is not 0: `body`, tiles − 1. Nothing where it is 0 at the start. */
export function overTiles(emitter: FunctionEmitter, body: () => void): void {
  const tiles = 0;
  emitter.indexed(plain.localGet, tiles);
  emitter.indexed(plain.if, emptyBlockType);
  countDown(emitter, tiles, body);
  emitter.op(plain.end);
}

/** local += bytes */
export function advance(emitter: FunctionEmitter, local: number, bytes: number): void {
  emitter.indexed(plain.localGet, local);
  emitter.i32(bytes);
  emitter.op(plain.i32Add);
  emitter.indexed(plain.localSet, local);
}
