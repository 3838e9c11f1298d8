/** Runners of restarts by name: a thread is told a name, for functions do not travel. */
import { createAnnealRunner } from './anneal-restart.ts';
import { createBeamRunner } from './beam-restart.ts';
import { createGreedyRunner } from './greedy-restart.ts';
import { createNestedRunner } from './nested-restart.ts';
import { createGumbelRunner, createUctRunner } from './tree-restart.ts';
import { createCompiledRunner } from './compiled/restart.ts';
import type { RestartRunner, RestartSetting } from './restarts.ts';

const runners: ReadonlyMap<string, (setting: RestartSetting) => RestartRunner> = new Map([
  ['anneal', createAnnealRunner],
  ['beam', createBeamRunner],
  ['greedy', createGreedyRunner],
  ['nrpa', createNestedRunner],
  ['gumbel', createGumbelRunner],
  ['uct', createUctRunner],
  ['anneal-compiled', createCompiledRunner],
]);

/** A runner for one search on this thread. */
export function createRunner(name: string, setting: RestartSetting): RestartRunner {
  const create = runners.get(name);
  if (create === undefined) throw new Error(`there is no runner ${name}`);
  return create(setting);
}
