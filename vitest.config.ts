import { defineConfig } from 'vitest/config';

import { LongFilesFirst } from './test/support/long-files-first.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/adapter-setup.ts', 'test/support/browser-setup.ts'],
    // Of the whole project lint checks the types.
    typecheck: { include: ['test/**/*.test-d.ts'], tsconfig: './tsconfig.types.json' },
    // Tests must not depend on one another: any order has to pass.
    sequence: { shuffle: true, sequencer: LongFilesFirst },
    // The tests compute: a worker a core, none left for waiting.
    maxWorkers: '100%',
    testTimeout: 180_000,
    hookTimeout: 180_000,
    coverage: { include: ['src/**', 'tasks/**'], reporter: ['text-summary', 'html'] },
    onConsoleLog: (log) => {
      throw new Error(`a test printed to the console: ${log}`);
    },
  },
});
