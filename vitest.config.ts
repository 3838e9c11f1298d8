import { defineConfig } from 'vitest/config';

import { alone } from './test/support/alone.ts';
import { LongFilesFirst } from './test/support/long-files-first.ts';

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: [...alone],
          // A worker keeps the program that it has loaded, and what the engine has made of it: a third
          // of the time of all tests.
          isolate: false,
          // Of the whole project lint checks the types.
          typecheck: { include: ['test/**/*.test-d.ts'], tsconfig: './tsconfig.types.json' },
        },
      },
      { extends: true, test: { name: 'alone', include: [...alone] } },
    ],
    globalSetup: ['test/support/adapter-setup.ts', 'test/support/browser-setup.ts'],
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
