/**
 * Test files that get a process of their own: those that switch something on in the engine, which can't
 * be switched off again, those that put something in a module's place, and those with a browser, which is
 * closed behind them. All others share the processes of the workers.
 */
export const alone: readonly string[] = [
  'test/bench/job/timings-step.test.ts',
  'test/cli/time.test.ts',
  'test/compile/wasm/generate.test.ts',
  'test/report/html.test.ts',
  'test/web/conformance.test.ts',
  'test/web/page.test.ts',
];
