import { describe } from 'vitest';

import { testLargeGraphs } from './large.ts';

describe('a million vertices', () => {
  testLargeGraphs(1_000_000);
});
