import { defineConfig } from 'vitest/config';

/** The long forms of tests: more cases, larger orders. `npm run soak`; not part of `npm test`. */
export default defineConfig({
  test: {
    include: ['test/**/*.soak.ts'],
    globalSetup: ['test/support/adapter-setup.ts', 'test/support/browser-setup.ts'],
    testTimeout: 3_600_000,
    hookTimeout: 180_000,
    sequence: { shuffle: true },
  },
});
