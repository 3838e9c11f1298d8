import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { jsonText } from '../../src/results/json-text.ts';

describe('jsonText', () => {
  it('is the JSON of the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        // JSON has no −0, and JSON.stringify says how other values are written.
        expect(JSON.parse(jsonText(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: 3 },
    );
  });

  it('keeps a list of numbers on one line however long it is', () => {
    const order = Array.from({ length: 300 }, (_, index) => index);
    expect(jsonText({ order }).split('\n')).toHaveLength(4);
  });

  it('leaves undefined fields out and keeps __proto__', () => {
    const value = Object.fromEntries([
      ['__proto__', 1],
      ['left', undefined],
    ]);
    expect(jsonText(value)).toBe('{ "__proto__": 1 }\n'.replace('{ ', '{\n  ').replace(' }', '\n}'));
  });
});
