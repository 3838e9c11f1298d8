import { describe, expect, it } from 'vitest';
import { Message } from '../../../src/policy/onnx/protobuf.ts';

const hex = (message: Message): string => Buffer.from(message.finish()).toString('hex');

describe('a message of Protocol Buffers', () => {
  // The examples of https://protobuf.dev/programming-guides/encoding.
  it('is written as its guide says', () => {
    expect(hex(new Message().integer(1, 150))).toBe('089601');
    expect(hex(new Message().text(2, 'testing'))).toBe('120774657374696e67');
    expect(hex(new Message().message(3, new Message().integer(1, 150)))).toBe('1a03089601');
  });

  it('holds numbers of single precision, and lengths of more than a byte', () => {
    expect(hex(new Message().float(2, 1))).toBe('150000803f');
    const long = new Message().bytes(16, new Uint8Array(300)).finish();
    expect([...long.subarray(0, 4)]).toEqual([0x82, 0x01, 0xac, 0x02]);
    expect(long).toHaveLength(304);
  });
});
