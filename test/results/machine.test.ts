import { describe, expect, it } from 'vitest';

import { parseResult } from '../../src/results/schema.ts';
import { exampleResult } from '../support/example-result.ts';

describe('the machine of a result', () => {
  it('is a processor under Node, or a browser, which does not tell its processor', () => {
    for (const machine of [
      { cpu: 'a processor', cores: 2, node: '20.19.0' },
      { cores: 8, browser: 'Mozilla/5.0 (a browser)' },
    ]) {
      expect(parseResult({ ...exampleResult, machine }, 'file').machine).toEqual(machine);
    }
  });

  it('is neither where both are missing', () => {
    expect(() => parseResult({ ...exampleResult, machine: { cores: 2 } }, 'file')).toThrow(
      /machine has to be an object/,
    );
  });
});
