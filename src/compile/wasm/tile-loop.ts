/** Loops that several functions of a module have. */
import type { FunctionEmitter } from './emitter.ts';
import { emptyBlockType, plain } from './opcodes.ts';

/** While `tiles` (parameter 0) is not 0: `body`, tiles − 1. Nothing where it is 0 at the start. */
export function overTiles(emitter: FunctionEmitter, body: () => void): void {
  const tiles = 0;
  emitter.indexed(plain.localGet, tiles);
  emitter.indexed(plain.if, emptyBlockType);
  emitter.indexed(plain.loop, emptyBlockType);
  body();
  emitter.indexed(plain.localGet, tiles);
  emitter.i32(1);
  emitter.op(plain.i32Sub);
  emitter.indexed(plain.localTee, tiles);
  emitter.indexed(plain.brIf, 0);
  emitter.op(plain.end);
  emitter.op(plain.end);
}

/** local += bytes */
export function advance(emitter: FunctionEmitter, local: number, bytes: number): void {
  emitter.indexed(plain.localGet, local);
  emitter.i32(bytes);
  emitter.op(plain.i32Add);
  emitter.indexed(plain.localSet, local);
}
