import { describe, expect, it } from 'vitest';
import { once } from '../../src/support/once.ts';

describe('what is made once', () => {
  it.each([undefined, 0, 'made'])('is made when it is asked for, and never again: %s', (value) => {
    let calls = 0;
    const get = once(() => {
      calls += 1;
      return value;
    });
    expect(calls).toBe(0);
    expect([get(), get()]).toEqual([value, value]);
    expect(calls).toBe(1);
  });
});
