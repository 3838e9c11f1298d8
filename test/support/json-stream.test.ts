import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseJson } from '../../src/support/json.ts';
import { JsonStream } from '../../src/support/json-stream.ts';
import { createRandom } from '../../src/support/random.ts';
import { UserError } from '../../src/support/user-error.ts';

/** What comes of a text in pieces: its value, or the code and place of its fault. */
function streamed(pieces: readonly string[]): unknown {
  const stream = new JsonStream();
  try {
    for (const piece of pieces) stream.push(piece);
    return { value: stream.end() };
  } catch (error) {
    if (error instanceof UserError) return [error.code, error.at, error.message];
    throw error;
  }
}

function whole(text: string): unknown {
  try {
    return { value: parseJson(text) };
  } catch (error) {
    if (error instanceof UserError) return [error.code, error.at, error.message];
    throw error;
  }
}

/** The text cut at random places, into pieces of a few characters. */
function cut(text: string, seed: number): string[] {
  const random = createRandom(seed);
  const pieces: string[] = [];
  for (let at = 0; at < text.length;) {
    const end = at + random.integer(7);
    pieces.push(text.slice(at, end));
    at = end;
  }
  return pieces;
}

const sample = `{
  "name": "ein \\"Graph\\" \\u00fc",  "vertices": [ { "id": 12, "shape": [ ] }, {"id":-0.5e+3}, true ],
  "__proto__": { "a": null }, "a": 1, "a": [[], {}, false, "", 1234567890123, 0, 10]
}
`;

describe('JSON in pieces', () => {
  it('is the value of the engine’s own parser, wherever the text is cut', () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 5 }),
        fc.nat(),
        fc.constantFrom('', ' ', '\t'),
        (text, seed, indent) => {
          const spaced = JSON.stringify(JSON.parse(text), undefined, indent);
          expect(streamed(cut(spaced, seed))).toEqual({ value: JSON.parse(spaced) as unknown });
        },
      ),
      { numRuns: 3000 },
    );
    const expected: unknown = { value: JSON.parse(sample) as unknown };
    for (let at = 0; at <= sample.length; at += 1) {
      expect(streamed([sample.slice(0, at), sample.slice(at)])).toEqual(expected);
    }
    expect(streamed(sample.match(/./gsu) ?? [])).toEqual(expected);
  });

  it('keeps names of no meaning to itself', () => {
    const result = streamed(['{"__proto__": {"polluted": 1}}']);
    expect(result).toEqual({ value: JSON.parse('{"__proto__": {"polluted": 1}}') as unknown });
    expect('polluted' in {}).toBe(false);
  });

  it('says the same of a file that ends too early, at every place, as of the whole text', () => {
    for (let length = 0; length < sample.length - 2; length += 1) {
      const text = sample.slice(0, length);
      expect(streamed([text])).toEqual([
        'json-syntax',
        expect.stringMatching(/^line \d/) as unknown,
        expect.any(String) as unknown,
      ]);
      for (const pieces of [cut(text, length), text.match(/./gsu) ?? []]) {
        expect(streamed(pieces)).toEqual(streamed([text]));
      }
    }
  });

  it('accepts and refuses what the engine’s own parser does, in damaged texts', () => {
    const letters = [
      '"',
      '\\',
      ',',
      ':',
      '{',
      '}',
      '[',
      ']',
      '0',
      '-',
      '.',
      'e',
      '\n',
      '\u0001',
      't',
      'u',
      ' ',
    ];
    let refused = 0;
    for (let seed = 0; seed < 6000; seed += 1) {
      const random = createRandom(seed);
      const at = random.integer(sample.length);
      const letter = letters[random.integer(letters.length)] ?? '';
      const text = sample.slice(0, at) + letter + sample.slice(at + random.integer(3));
      const result = streamed(cut(text, seed));
      expect(result, text).toEqual(whole(text));
      expect(result).toEqual(streamed([text]));
      if (Array.isArray(result)) refused += 1;
    }
    expect(refused).toBeGreaterThan(3000);
  });

  it.each([
    ['line 2, column 3', ['[1,\n', '  x', 'yz]']],
    ['line 1, column 2', ['["ab', 'c\n"]']],
    ['line 1, column 2', ['["a\\', 'q"]']],
    ['line 1, column 2', ['["a\\u12', 'g4"]']],
    ['line 1, column 2', ['[0', '1]']],
    ['line 1, column 2', ['[-', ']']],
    ['line 1, column 6', ['{"a" ', '"b"}']],
    ['line 3, column 1', ['{}', '\n\n', '{}']],
  ])('names %s in %j', (at, pieces) => {
    expect(streamed(pieces)).toEqual(['json-syntax', at, expect.any(String) as unknown]);
  });

  it('takes time in proportion to the text where one token fills many pieces', () => {
    const pieces = Array.from({ length: 3000 }, () => 'x'.repeat(1000));
    expect(streamed(['"', ...pieces, '"'])).toEqual({ value: pieces.join('') });
  });
});
