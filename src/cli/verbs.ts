/** The list of verbs; each is loaded when it is used, so that none pays for another. */
import type { Verb } from './verb.ts';

/** A verb before it is loaded. */
export interface VerbEntry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<Verb>;
}

/** In the order of the help text. */
export const verbs: readonly VerbEntry[] = [
  {
    name: 'tasks',
    summary: 'list the tasks',
    load: async () => (await import('./tasks.ts')).tasksVerb,
  },
  {
    name: 'count',
    summary: 'count elimination orders, the paper’s figures beside them',
    load: async () => (await import('./count.ts')).countVerb,
  },
  {
    name: 'search',
    summary: 'search for a better elimination order',
    load: async () => (await import('./search.ts')).searchVerb,
  },
  {
    name: 'train',
    summary: 'train a policy that finds orders',
    load: async () => (await import('./train.ts')).trainVerb,
  },
  {
    name: 'play',
    summary: 'let a trained policy play',
    load: async () => (await import('./play.ts')).playVerb,
  },
  {
    name: 'bound',
    summary: 'lower bounds, and proofs that no order is better',
    load: async () => (await import('./bound.ts')).boundVerb,
  },
  {
    name: 'eval',
    summary: 'evaluate a function and its Jacobian',
    load: async () => (await import('./eval.ts')).evalVerb,
  },
  {
    name: 'time',
    summary: 'time compiled Jacobians',
    load: async () => (await import('./time.ts')).timeVerb,
  },
  {
    name: 'bench',
    summary: 'count, search, bound and time the whole suite',
    load: async () => (await import('./bench.ts')).benchVerb,
  },
  {
    name: 'report',
    summary: 'tables and figures from result files',
    load: async () => (await import('./report.ts')).reportVerb,
  },
  {
    name: 'verify',
    summary: 'check results, or the published facts of the tasks',
    load: async () => (await import('./verify.ts')).verifyVerb,
  },
  {
    name: 'export',
    summary: 'write code, pictures and data for other tools',
    load: async () => (await import('./export.ts')).exportVerb,
  },
  {
    name: 'generate',
    summary: 'make a large graph of a family, from a seed',
    load: async () => (await import('./generate.ts')).generateVerb,
  },
];
