/** Code of one function under construction: instructions, and locals that are used again. */
import { ByteWriter } from './bytes.ts';
import { plain, vector, vectorPrefix } from './opcodes.ts';
import type { FunctionType, WasmFunction, WasmType } from './module.ts';

/** Alignment hints are given as exponents of two. */
const align16 = 4;

/** Writes instructions of one function. */
export class FunctionEmitter {
  readonly #type: FunctionType;
  readonly #locals: WasmType[] = [];
  readonly #free: number[] = [];
  readonly #code = new ByteWriter();

  /** A function of this type without instructions. */
  constructor(type: FunctionType) {
    this.#type = type;
  }

  /** Bytes of code so far. */
  get length(): number {
    return this.#code.length;
  }

  /** A new local of type i32. */
  counter(): number {
    return this.#newLocal('i32');
  }

  /** A local of type v128 that nothing else uses until it is given back. */
  takeVector(): number {
    return this.#free.pop() ?? this.#newLocal('v128');
  }

  /** Gives a local of type v128 back. */
  giveBack(local: number): void {
    this.#free.push(local);
  }

  /** An instruction of one byte. */
  op(opcode: number): void {
    this.#code.byte(opcode);
  }

  /** An instruction with an index: of a local, a label or a function. */
  indexed(opcode: number, index: number): void {
    this.#code.byte(opcode);
    this.#code.unsigned(index);
  }

  /** A number on the stack. */
  i32(value: number): void {
    this.#code.byte(plain.i32Const);
    this.#code.signed(value);
  }

  /** A vector instruction. */
  vector(opcode: number): void {
    this.#code.byte(vectorPrefix);
    this.#code.unsigned(opcode);
  }

  /** A constant vector of 16 bytes. */
  constant(bytes: Uint8Array): void {
    this.vector(vector.const);
    this.#code.bytes(bytes);
  }

  /** Sixteen bytes out of the thirty-two of two vectors. */
  shuffle(bytes: readonly number[]): void {
    this.vector(vector.shuffle);
    this.#code.bytes(bytes);
  }

  /** A load or store of one number at the address on the stack plus `offset`. */
  plainMemory(opcode: number, offset: number, bytes: 4 | 8): void {
    this.#code.byte(opcode);
    this.#code.unsigned(Math.log2(bytes));
    this.#code.unsigned(offset);
  }

  /** A vector load or store at the address on the stack plus `offset`. */
  memory(opcode: number, offset: number, align = align16): void {
    this.vector(opcode);
    this.#code.unsigned(align);
    this.#code.unsigned(offset);
  }

  /** A load or store of one lane. */
  memoryLane(opcode: number, offset: number, align: number, lane: number): void {
    this.memory(opcode, offset, align);
    this.#code.byte(lane);
  }

  /** A vector instruction on one lane. */
  lane(opcode: number, lane: number): void {
    this.vector(opcode);
    this.#code.byte(lane);
  }

  /** The function. */
  finish(exportName?: string): WasmFunction {
    const made = { type: this.#type, locals: this.#locals, code: this.#code.finish() };
    return exportName === undefined ? made : { ...made, exportName };
  }

  #newLocal(type: WasmType): number {
    this.#locals.push(type);
    return this.#type.parameters.length + this.#locals.length - 1;
  }
}
