import { describe, expect, it } from 'vitest';
import { entryNamed } from '../../src/support/named.ts';

describe('entries by their names', () => {
  const entries = [{ name: 'forward' }, { name: 'reverse' }];

  it('are those of the list', () => {
    expect(entryNamed(entries, 'order', 'reverse')).toBe(entries[1]);
  });

  it('are refused with what there is and the nearest name where there is none', () => {
    expect(() => entryNamed(entries, 'order', 'revers')).toThrow(
      'there is no order "revers"; use one of forward, reverse. Did you mean "reverse"?',
    );
  });
});
