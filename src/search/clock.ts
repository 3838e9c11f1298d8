/**
 * The clock that a budget of time goes by: the wall's for people, the processor's where searches are to
 * be compared on a machine that does other work too. Milliseconds since some moment; only differences
 * mean anything.
 */

/** Time that passes, or time of all processors that this program has used. */
export type ClockName = 'wall' | 'processor';

/** What Node tells, in microseconds; the page has no types of Node. */
interface ProcessorHost {
  readonly process?: { cpuUsage(): { readonly user: number; readonly system: number } };
}

/**
 * What a clock shows.
 * @throws Error where the processor's is asked for and the host, such as a page, does not tell it
 */
export function clockTime(clock: ClockName): number {
  if (clock === 'wall') return Date.now();
  const { process: host } = globalThis as unknown as ProcessorHost;
  if (host === undefined) throw new Error('this host does not tell the time of its processor');
  const { user, system } = host.cpuUsage();
  return (user + system) / 1000;
}
