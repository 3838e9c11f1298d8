/** Parameters as a restart finds them in its setting, checked and completed by the strategy. */
import type { RestartSetting } from './restarts.ts';

/** A number. */
export function restartParameter({ parameters }: RestartSetting, name: string): number {
  const value = parameters[name];
  if (typeof value === 'number') return value;
  throw new Error(`a restart lacks the number ${name}`);
}

/** One of some words. */
export function restartWord<Word extends string>(
  { parameters }: RestartSetting,
  name: string,
  words: readonly Word[],
): Word {
  const found = words.find((word) => word === parameters[name]);
  if (found !== undefined) return found;
  throw new Error(`a restart lacks the word ${name}`);
}
