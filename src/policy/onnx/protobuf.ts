/**
 * Messages of Protocol Buffers, written (https://protobuf.dev/programming-guides/encoding): only what an
 * ONNX model needs. A message is its fields one after the other; a field is its number and wire type,
 * then a varint, four bytes, or a length and as many bytes.
 */

const utf8 = new TextEncoder();

/** Wire types. */
const varint = 0;
const lengthDelimited = 2;
const fourBytes = 5;

/** A message that is being written. */
export class Message {
  readonly #chunks: Uint8Array[] = [];

  /** A whole number from 0 on, below 2^53. */
  integer(field: number, value: number): this {
    return this.#put(field, varint, variableLength(value));
  }

  /** A number of single precision. */
  float(field: number, value: number): this {
    return this.#put(field, fourBytes, new Uint8Array(Float32Array.of(value).buffer));
  }

  /** Bytes as they are. */
  bytes(field: number, value: Uint8Array): this {
    return this.#put(field, lengthDelimited, variableLength(value.length), value);
  }

  text(field: number, value: string): this {
    return this.bytes(field, utf8.encode(value));
  }

  message(field: number, value: Message): this {
    return this.bytes(field, value.finish());
  }

  /** The message's bytes. */
  finish(): Uint8Array {
    const all = new Uint8Array(this.#chunks.reduce((sum, { length }) => sum + length, 0));
    let next = 0;
    for (const chunk of this.#chunks) {
      all.set(chunk, next);
      next += chunk.length;
    }
    return all;
  }

  #put(field: number, wireType: number, ...chunks: readonly Uint8Array[]): this {
    this.#chunks.push(variableLength(field * 8 + wireType), ...chunks);
    return this;
  }
}

/** Seven bits a byte, the lowest first; the top bit says that more follow. */
function variableLength(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  bytes.push(rest);
  return Uint8Array.from(bytes);
}
