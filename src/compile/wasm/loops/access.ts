/** How code goes through the points in hand: a tile of them in vectors, or one. */
import type { FunctionEmitter } from '../emitter.ts';
import { vector } from '../opcodes.ts';
import type { LaneFormat } from '../operations.ts';
import { tilePoints } from '../tiles.ts';

/** Bytes of a vector. */
export const vectorBytes = 16;

/** Rows of numbers, one a point, and the vectors that they are worked on in. */
export interface PointAccess {
  /** Bytes of a row. */
  readonly rowBytes: number;
  /** Vectors of a row; they are 16 bytes apart. */
  readonly vectors: number;
  load(emitter: FunctionEmitter, offset: number): void;
  store(emitter: FunctionEmitter, offset: number): void;
}

/** Tiles of 16 points. */
export function tileAccess({ bytes, lanes }: LaneFormat): PointAccess {
  return {
    rowBytes: tilePoints * bytes,
    vectors: tilePoints / lanes,
    load: (emitter, offset) => {
      emitter.memory(vector.load, offset);
    },
    store: (emitter, offset) => {
      emitter.memory(vector.store, offset);
    },
  };
}

/** One point, as a vector of equal lanes. */
export function pointAccess(format: LaneFormat): PointAccess {
  const { bytes, real } = format;
  return {
    rowBytes: bytes,
    vectors: 1,
    load: (emitter, offset) => {
      loadConstant(emitter, format, offset);
    },
    store: (emitter, offset) => {
      emitter.memoryLane(real.storeLane, offset, Math.log2(bytes), 0);
    },
  };
}

/** A number in every lane. */
export function loadConstant(
  emitter: FunctionEmitter,
  { bytes, real }: LaneFormat,
  offset: number,
): void {
  emitter.memory(real.loadSplat, offset, Math.log2(bytes));
}
