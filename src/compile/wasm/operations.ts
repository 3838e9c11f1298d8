/** Lane operations as instructions: operands are on the stack, the result is left there. */
import type { LaneOperation, LaneValue, Precision } from '../lanes/types.ts';
import type { FunctionEmitter } from './emitter.ts';
import type { ModulePlaces, TablePlace } from './places.ts';
import {
  convertI32x4ToF32x4,
  f32x4,
  f64x2,
  i32x4,
  i64x2,
  plain,
  type RealInstructions,
  vector,
  type IntegerInstructions,
} from './opcodes.ts';

/** What depends on the precision. */
export interface LaneFormat {
  readonly precision: Precision;
  /** Bytes of a lane. */
  readonly bytes: 4 | 8;
  /** Lanes of a vector. */
  readonly lanes: 2 | 4;
  readonly real: RealInstructions;
  readonly integer: IntegerInstructions;
  /**
   * 1.5 · 2^(bits of the significand − 1): added to an integer of moderate size it leaves that
   * integer in the low bits of the sum.
   */
  readonly magic: number;
}

const formats: Readonly<Record<Precision, LaneFormat>> = {
  f64: { precision: 'f64', bytes: 8, lanes: 2, real: f64x2, integer: i64x2, magic: 1.5 * 2 ** 52 },
  f32: { precision: 'f32', bytes: 4, lanes: 4, real: f32x4, integer: i32x4, magic: 1.5 * 2 ** 23 },
};

/** The format of a precision. */
export function laneFormat(precision: Precision): LaneFormat {
  return formats[precision];
}

/** A vector that has `value` in every lane. */
export function splatReal({ precision }: LaneFormat, value: number): Uint8Array {
  const bytes = new Uint8Array(16);
  const numbers =
    precision === 'f64' ? new Float64Array(bytes.buffer) : new Float32Array(bytes.buffer);
  numbers.fill(value);
  return bytes;
}

function splatInteger({ precision }: LaneFormat, value: bigint): Uint8Array {
  const small = Number(BigInt.asIntN(32, value));
  const numbers =
    precision === 'f64'
      ? BigInt64Array.of(value, value)
      : Int32Array.of(small, small, small, small);
  return new Uint8Array(numbers.buffer);
}

/** Emits an operation behind its operands. */
export function emitOperation(
  emitter: FunctionEmitter,
  format: LaneFormat,
  operation: LaneOperation,
  places: Pick<ModulePlaces, 'table' | 'literal'>,
): void {
  const { real, integer } = format;
  switch (operation.op) {
    case 'realLiteral': {
      const address = places.literal(operation.value);
      if (address === undefined) {
        emitter.constant(splatReal(format, operation.value));
        return;
      }
      emitter.i32(0);
      emitter.memory(real.loadSplat, address, Math.log2(format.bytes));
      return;
    }
    case 'integerLiteral':
      emitter.constant(splatInteger(format, operation.value));
      return;
    case 'copysign':
      // Stack: y, x. The bits of y where the mask of the sign bit is set.
      emitter.constant(splatReal(format, -0));
      emitter.vector(vector.bitselect);
      return;
    case 'fma':
      emitter.vector(real.relaxedMadd);
      return;
    case 'fnma':
      emitter.vector(real.relaxedNmadd);
      return;
    case 'integerAdd':
      emitter.vector(integer.add);
      return;
    case 'integerSub':
      emitter.vector(integer.sub);
      return;
    case 'integerAnd':
    case 'maskAnd':
      emitter.vector(vector.and);
      return;
    case 'integerOr':
    case 'maskOr':
      emitter.vector(vector.or);
      return;
    case 'integerXor':
      emitter.vector(vector.xor);
      return;
    case 'maskNot':
      emitter.vector(vector.not);
      return;
    case 'shiftLeft':
      emitter.i32(operation.amount);
      emitter.vector(integer.shl);
      return;
    case 'shiftRightLogical':
      emitter.i32(operation.amount);
      emitter.vector(integer.shrU);
      return;
    case 'shiftRightArithmetic':
      emitter.i32(operation.amount);
      emitter.vector(integer.shrS);
      return;
    case 'integerLt':
      emitter.vector(integer.ltS);
      return;
    case 'integerEq':
      emitter.vector(integer.eq);
      return;
    case 'select':
      emitter.vector(vector.bitselect);
      return;
    case 'bitsOf':
    case 'realOf':
      return;
    case 'toInteger':
      emitter.constant(splatReal(format, format.magic));
      emitter.vector(real.add);
      emitter.constant(splatReal(format, format.magic));
      emitter.vector(integer.sub);
      return;
    case 'toReal':
      if (format.precision === 'f32') {
        emitter.vector(convertI32x4ToF32x4);
        return;
      }
      emitter.constant(splatReal(format, format.magic));
      emitter.vector(integer.add);
      emitter.constant(splatReal(format, format.magic));
      emitter.vector(real.sub);
      return;
    case 'lookUp':
      emitLookUp(emitter, format, operation.column, places.table(operation.table));
      return;
    default:
      emitter.vector(real[operation.op]);
  }
}

/** Each lane's number is loaded into its place; the addresses of all lanes come first, lane 0's on top. */
function emitLookUp(
  emitter: FunctionEmitter,
  { bytes, lanes, real, integer }: LaneFormat,
  column: number,
  { address, rowShift }: TablePlace,
): void {
  const rows = emitter.takeVector();
  emitter.indexed(plain.localSet, rows);
  for (let lane = lanes - 1; lane >= 0; lane -= 1) {
    emitter.indexed(plain.localGet, rows);
    emitter.lane(integer.extractLane, lane);
    if (bytes === 8) emitter.op(plain.i32WrapI64);
    emitter.i32(rowShift);
    emitter.op(plain.i32Shl);
  }
  emitter.giveBack(rows);
  const offset = address + column * bytes;
  emitter.memory(real.loadZero, offset, Math.log2(bytes));
  for (let lane = 1; lane < lanes; lane += 1) {
    emitter.memoryLane(real.loadLane, offset, Math.log2(bytes), lane);
  }
}

/**
 * The operands in the order in which they go onto the stack: a select of WebAssembly takes the mask
 * last, and copysign is a select of y's bits by a constant mask.
 */
export function stackOrder(operation: LaneOperation): readonly LaneValue[] {
  if (operation.op === 'select') {
    const [mask, a, b] = operation.operands;
    return [a, b, mask];
  }
  return operation.op === 'copysign' ? operation.operands.toReversed() : operation.operands;
}
