/**
 * The functions of a module that copy between rows of tiles and row-major arrays:
 *
 * - `pack(tiles, from, stride, to, tileStride)`: number k of the row-major array, at from + k · stride,
 *   becomes lane k mod 16 of the row at to + ⌊k/16⌋ · tileStride;
 * - `unpack(tiles, from, tileStride, to, stride)`: back.
 *
 * All addresses and strides are in bytes. Numbers move as bits, so NaN keeps its payload.
 */
import { FunctionEmitter } from './emitter.ts';
import type { FunctionType, WasmFunction } from './module.ts';
import { emptyBlockType, plain, vector } from './opcodes.ts';
import type { LaneFormat } from './operations.ts';
import { overTiles } from './tile-loop.ts';
import { tilePoints } from './tiles.ts';

const type: FunctionType = { parameters: ['i32', 'i32', 'i32', 'i32', 'i32'], results: [] };
// Parameter 0 is the number of tiles.
const [from, fromStride, to, toStride] = [1, 2, 3, 4];

/** `pack` and `unpack`, in this order. */
export function repackFunctions(format: LaneFormat): WasmFunction[] {
  return [
    copyFunction(format, 'pack', {
      array: from,
      arrayStride: fromStride,
      row: to,
      rowStride: toStride,
    }),
    copyFunction(format, 'unpack', {
      array: to,
      arrayStride: toStride,
      row: from,
      rowStride: fromStride,
    }),
  ];
}

/** Parameters by the side they belong to. */
interface Sides {
  readonly array: number;
  readonly arrayStride: number;
  readonly row: number;
  readonly rowStride: number;
}

/** Copies tile by tile: neighbouring numbers as vectors, others one by one. */
function copyFunction(
  format: LaneFormat,
  name: 'pack' | 'unpack',
  { array, arrayStride, row, rowStride }: Sides,
): WasmFunction {
  const emitter = new FunctionEmitter(type);
  const { bytes } = format;
  const rowBytes = tilePoints * bytes;
  const [load, store] =
    bytes === 8 ? [plain.i64Load, plain.i64Store] : [plain.i32Load, plain.i32Store];

  emitter.indexed(plain.localGet, arrayStride);
  emitter.i32(bytes);
  emitter.op(plain.i32Eq);
  emitter.indexed(plain.if, emptyBlockType);
  overTiles(emitter, () => {
    for (let offset = 0; offset < rowBytes; offset += 16) {
      emitter.indexed(plain.localGet, to);
      emitter.indexed(plain.localGet, from);
      emitter.memory(vector.load, offset);
      emitter.memory(vector.store, offset);
    }
    advanceBy(emitter, array, () => {
      emitter.i32(rowBytes);
    });
    advanceBy(emitter, row, () => {
      emitter.indexed(plain.localGet, rowStride);
    });
  });
  emitter.op(plain.else);
  overTiles(emitter, () => {
    for (let lane = 0; lane < tilePoints; lane += 1) {
      const [loadOffset, storeOffset] = name === 'pack' ? [0, lane * bytes] : [lane * bytes, 0];
      emitter.indexed(plain.localGet, to);
      emitter.indexed(plain.localGet, from);
      emitter.plainMemory(load, loadOffset, bytes);
      emitter.plainMemory(store, storeOffset, bytes);
      advanceBy(emitter, array, () => {
        emitter.indexed(plain.localGet, arrayStride);
      });
    }
    advanceBy(emitter, row, () => {
      emitter.indexed(plain.localGet, rowStride);
    });
  });
  emitter.op(plain.end);
  return emitter.finish(name);
}

function advanceBy(emitter: FunctionEmitter, local: number, amount: () => void): void {
  emitter.indexed(plain.localGet, local);
  amount();
  emitter.op(plain.i32Add);
  emitter.indexed(plain.localSet, local);
}
