/** Parameters as a restart finds them in its setting. */
import type { RestartSetting } from './restarts.ts';

/** A parameter, which the strategy has checked and completed. */
export function restartParameter({ parameters }: RestartSetting, name: string): number {
  const value = parameters[name];
  if (value === undefined) throw new Error(`a restart lacks the parameter ${name}`);
  return value;
}
