/** Processor time, which a busy machine disturbs less than the wall clock. */

/** Milliseconds of processor time, all threads of the process, and the result. */
export function processorTime<T>(run: () => T): readonly [number, T] {
  const before = process.cpuUsage();
  const result = run();
  const { user, system } = process.cpuUsage(before);
  return [(user + system) / 1000, result];
}
