/** What `search` reads from the command line beside subject and model. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, resolve } from 'node:path';

import { parseParameters } from '../search/parameters.ts';
import { learnedStrategies } from '../policy/strategies/strategies.ts';
import { strategies, strategyNamed } from '../search/strategies/strategies.ts';
import type { ParameterValue, SearchBudget, SearchStrategy } from '../search/strategy.ts';
import { entryAt } from '../subject/read-file.ts';
import { UserError } from '../support/user-error.ts';
import { usageError, type VerbArguments } from './verb.ts';

/** Every strategy that the command line knows. */
export const allStrategies: readonly SearchStrategy[] = [...strategies, ...learnedStrategies];

/** Where neither a time nor a number of evaluations is given. */
const standardSeconds = 10;

const units: ReadonlyMap<string, number> = new Map([
  ['ms', 0.001],
  ['s', 1],
  ['', 1],
  ['m', 60],
  ['min', 60],
  ['h', 3600],
]);

/**
 * Seconds from text such as `10s`, `500ms`, `2m` or `0.5`.
 * @throws UserError for anything else
 */
export function parseSeconds(text: string, option = 'time'): number {
  const [, number, unit] = /^(\d+(?:\.\d*)?|\.\d+)\s*([a-z]*)$/.exec(text.trim()) ?? [];
  const factor = units.get(unit ?? '?');
  const seconds = Number(number) * (factor ?? NaN);
  if (Number.isFinite(seconds) && seconds > 0) return seconds;
  throw usageError(
    `--${option} has to be a time such as 10s, 500ms, 2m or 1h, not ${JSON.stringify(text)}`,
  );
}

/** The parameters of several strategies or ways of learning, for help texts. */
export function parametersHelp(
  all: readonly Pick<SearchStrategy, 'name' | 'parameters'>[],
): string {
  return all
    .map(
      ({ name, parameters }) =>
        `${name} has ` +
        parameters
          .map((parameter) => {
            const words = 'choices' in parameter ? `, ${parameter.choices.join(' or ')}` : '';
            return `${parameter.name} (${parameter.standard}: ${parameter.describe}${words})`;
          })
          .join(', '),
    )
    .join('; ');
}

/** Threads beyond any machine that this was tried on. */
export const mostThreads = 256;

/** A whole number from 1 to `most`, also as 1e7. */
export function positive(
  given: VerbArguments,
  name: string,
  otherwise: number,
  most: number,
): number {
  const text = given.text(name);
  if (text === undefined) return otherwise;
  const value = /^\d+(?:e\d+)?$/.test(text) ? Number(text) : NaN;
  if (value >= 1 && value <= most) return value;
  throw usageError(
    `--${name} has to be a whole number from 1 to ${most}, not ${JSON.stringify(text)}`,
  );
}

/**
 * What a search or a proof may take: `--time` or `--evaluations`.
 * @throws UserError where both are given, or something else than a time or a number
 */
export function budgetOf(given: VerbArguments): SearchBudget {
  const time = given.text('time');
  if (given.text('evaluations') !== undefined) {
    if (time !== undefined) throw usageError('give --time or --evaluations, not both');
    return {
      kind: 'evaluations',
      evaluations: positive(given, 'evaluations', 1, Number.MAX_SAFE_INTEGER),
    };
  }
  return { kind: 'time', seconds: time === undefined ? standardSeconds : parseSeconds(time) };
}

function targetOf(given: VerbArguments): number | undefined {
  const text = given.text('target');
  if (text === undefined) return undefined;
  const target = Number(text);
  if (text.trim() !== '' && Number.isFinite(target) && target >= 0) return target;
  throw usageError(`--target has to be a count, not ${JSON.stringify(text)}`);
}

/** How to search. */
export interface SearchOptions {
  readonly strategy: SearchStrategy;
  readonly parameters: ReadonlyMap<string, ParameterValue>;
  readonly budget: SearchBudget;
  readonly seed: number;
  readonly threads: number;
  readonly target: number | undefined;
}

/**
 * The options of a search.
 * @throws UserError for what they can not be
 */
export function searchOptions(given: VerbArguments): SearchOptions {
  const strategy = strategyNamed(given.text('strategy') ?? 'anneal', allStrategies);
  return {
    strategy,
    parameters: parseParameters(strategy, given.list('parameter')),
    budget: budgetOf(given),
    seed: given.integer('seed', 0),
    threads: positive(given, 'threads', availableParallelism(), mostThreads),
    target: targetOf(given),
  };
}

/** Whether a path is a folder to store results in, or a file to write. */
export async function isFolder(path: string): Promise<boolean> {
  if (/[/\\]$/.test(path)) return true;
  return (await entryAt(path))?.isDirectory() === true;
}

/**
 * Looks whether something can be written at a path, before a long search and not after it.
 * @throws UserError where it can't
 */
export async function requireWritable(path: string): Promise<void> {
  let place = resolve(path);
  for (;;) {
    const found = await entryAt(place);
    if (found !== undefined) {
      const reached = place === resolve(path);
      const fits = found.isDirectory() || (reached && found.isFile());
      const allowed = await access(place, constants.W_OK).then(
        () => true,
        () => false,
      );
      if (fits && allowed) return;
      throw new UserError({
        code: 'file-unwritable',
        message: fits
          ? 'no permission to write here; choose another place'
          : 'a part of this path is a file, no folder; choose another place',
        file: path,
      });
    }
    place = dirname(place);
  }
}
