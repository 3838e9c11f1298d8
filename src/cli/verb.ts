/** What a verb is: its options, its help, and what it does. One file each, listed in verbs.ts. */
import { UserError } from '../support/user-error.ts';
import type { CommandLineIo } from './io.ts';

/** One option. `list` takes several values; `text` exactly one. */
export interface VerbOption {
  readonly type: 'flag' | 'text' | 'list';
  readonly describe: string;
  /** Name of the value in help texts, such as `FILE`. */
  readonly value?: string;
}

/** A verb of the command line. */
export interface Verb {
  /** After the verb's name: `[SUBJECT…]`. */
  readonly positionals: string;
  /** Fewest and most positionals. */
  readonly arity: readonly [least: number, most: number];
  readonly summary: string;
  readonly options: Readonly<Record<string, VerbOption>>;
  /** Command and what it shows. */
  readonly examples: readonly (readonly [command: string, what: string])[];
  /** @returns the exit code */
  run(given: VerbArguments, io: CommandLineIo): Promise<number>;
}

/** Options that every verb has. */
export const commonOptions: Readonly<Record<string, VerbOption>> = {
  json: { type: 'flag', describe: 'print one JSON document' },
  quiet: { type: 'flag', describe: 'leave out headings, notes and progress' },
  debug: { type: 'flag', describe: 'show where an error came from' },
  help: { type: 'flag', describe: 'show this help' },
};

/** What a verb was given, by kind. */
export class VerbArguments {
  readonly positionals: readonly string[];
  readonly #values: ReadonlyMap<string, unknown>;

  constructor(positionals: readonly string[], values: ReadonlyMap<string, unknown>) {
    this.positionals = positionals;
    this.#values = values;
  }

  /** Whether a flag is set. */
  flag(name: string): boolean {
    return this.#values.get(name) === true;
  }

  /**
   * The value of a text option.
   * @throws UserError where it was given twice or is empty.
   */
  text(name: string): string | undefined {
    const value = this.#values.get(name);
    if (value === undefined) return undefined;
    if (Array.isArray(value)) throw usageError(`--${name} is given twice; give it once`);
    if (typeof value !== 'string' || value === '') throw usageError(`--${name} needs a value`);
    return value;
  }

  /** The values of a list option; empty where it was not given. */
  list(name: string): readonly string[] {
    const value = this.#values.get(name);
    return Array.isArray(value) ? value.map(String) : [];
  }

  /**
   * The value of a text option as a whole number.
   * @throws UserError where it is none.
   */
  integer(name: string, otherwise: number): number {
    const text = this.text(name);
    if (text === undefined) return otherwise;
    const value = Number(text);
    if (/^-?\d+$/.test(text) && Number.isSafeInteger(value)) return value;
    throw usageError(`--${name} has to be a whole number, not ${JSON.stringify(text)}`);
  }
}

/** An error of bad usage. */
export function usageError(message: string): UserError {
  return new UserError({ code: 'usage', message });
}
