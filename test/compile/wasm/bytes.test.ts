/** The number formats of the WebAssembly binary format. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteWriter } from '../../../src/compile/wasm/bytes.ts';

function written(write: (writer: ByteWriter) => void): number[] {
  const writer = new ByteWriter();
  write(writer);
  expect(writer.finish()).toHaveLength(writer.length);
  return [...writer.finish()];
}

/** Decodes as the specification defines it: the value of the low seven bits, then of the rest. */
function decode(bytes: readonly number[], signed: boolean): bigint {
  const value = bytes.reduce((sum, byte, k) => sum | (BigInt(byte & 0x7f) << BigInt(7 * k)), 0n);
  return signed ? BigInt.asIntN(7 * bytes.length, value) : value;
}

describe('LEB128 integers', () => {
  it('are those of the examples in the literature', () => {
    // DWARF Debugging Information Format 4, figures 22 and 23.
    const unsigned = new Map([
      [2, [2]],
      [127, [127]],
      [128, [0x80, 1]],
      [129, [0x81, 1]],
      [12857, [0xb9, 0x64]],
    ]);
    for (const [value, bytes] of unsigned) {
      expect(
        written((writer) => {
          writer.unsigned(value);
        }),
      ).toEqual(bytes);
    }
    const signed = new Map([
      [2, [2]],
      [-2, [0x7e]],
      [127, [0xff, 0]],
      [-127, [0x81, 0x7f]],
      [128, [0x80, 1]],
      [-129, [0xff, 0x7e]],
    ]);
    for (const [value, bytes] of signed) {
      expect(
        written((writer) => {
          writer.signed(value);
        }),
      ).toEqual(bytes);
    }
  });

  it('decode to what was written, in as few bytes as there can be', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (value) => {
        const bytes = written((writer) => {
          writer.unsigned(value);
        });
        expect(decode(bytes, false)).toBe(BigInt(value));
        expect(bytes.length).toBe(Math.max(1, Math.ceil(value.toString(2).length / 7)));
        expect(bytes.slice(0, -1).every((byte) => byte >= 0x80)).toBe(true);
      }),
    );
    fc.assert(
      fc.property(fc.integer(), (value) => {
        const bytes = written((writer) => {
          writer.signed(value);
        });
        expect(decode(bytes, true)).toBe(BigInt(value));
        // One bit more than the magnitude, for the sign.
        const bits =
          (value < 0 ? ~value : value).toString(2).length + (value === 0 || value === -1 ? 0 : 1);
        expect(bytes.length).toBe(Math.ceil(bits / 7));
      }),
    );
  });

  it('refuse what has no place', () => {
    for (const value of [-1, 2 ** 32, 0.5, NaN]) {
      expect(() => {
        new ByteWriter().unsigned(value);
      }).toThrow(/no unsigned/);
    }
    for (const value of [2 ** 31, -(2 ** 31) - 1, 0.5]) {
      expect(() => {
        new ByteWriter().signed(value);
      }).toThrow(/no signed/);
    }
  });
});

describe('a row of bytes', () => {
  it('keeps its content while it grows', () => {
    const wanted = Array.from({ length: 3000 }, (_, k) => (k * 7) % 256);
    expect(
      written((writer) => {
        for (const byte of wanted.slice(0, 1000)) writer.byte(byte);
        writer.bytes(wanted.slice(1000));
      }),
    ).toEqual(wanted);
  });

  it('writes names as UTF-8 with their length in bytes', () => {
    expect(
      written((writer) => {
        writer.name('∂y');
      }),
    ).toEqual([4, 0xe2, 0x88, 0x82, 0x79]);
  });
});
