import type { ResultFile } from '../../src/results/types.ts';

/** A result of no particular graph, for the tests of what is done with results. */
export const exampleResult: ResultFile = {
  format: 'crosscountry/result',
  version: 1,
  subject: 'example',
  graphHash: 'a'.repeat(64),
  cost: 'paper',
  granularity: 'tensor',
  order: [2, 1, 'last'],
  count: 7,
  strategy: { name: 'reverse', parameters: {} },
  seed: null,
  seconds: 0.25,
  evaluations: 1,
  package: { version: '0.1.0', commit: null },
  machine: { cpu: 'a processor', cores: 2, node: '20.19.0' },
  date: '2024-05-01T12:00:00.000Z',
};
