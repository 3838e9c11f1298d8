import { describe, expect, it } from 'vitest';

import { parseResult } from '../../src/results/schema.ts';

const result = {
  format: 'crosscountry/result',
  version: 1,
  subject: 'example',
  graphHash: 'a'.repeat(64),
  cost: 'paper',
  granularity: 'tensor',
  order: [1],
  count: 7,
  strategy: { name: 'reverse', parameters: {} },
  seed: null,
  seconds: 0.25,
  evaluations: 1,
  package: { version: '0.1.0', commit: null },
  date: '2024-05-01T12:00:00.000Z',
};

describe('the machine of a result', () => {
  it('is a processor under Node, or a browser, which does not tell its processor', () => {
    for (const machine of [
      { cpu: 'a processor', cores: 2, node: '20.19.0' },
      { cores: 8, browser: 'Mozilla/5.0 (a browser)' },
    ]) {
      expect(parseResult({ ...result, machine }, 'file').machine).toEqual(machine);
    }
  });

  it('is neither where both are missing', () => {
    expect(() => parseResult({ ...result, machine: { cores: 2 } }, 'file')).toThrow(
      /machine has to be an object/,
    );
  });
});
