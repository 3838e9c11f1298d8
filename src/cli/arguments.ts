/** Parsing a verb's arguments with yargs: its messages become UserErrors, its help our text. */
import yargs from 'yargs';

import { suggestion } from '../support/suggest.ts';
import { UserError } from '../support/user-error.ts';
import type { CommandLineIo } from './io.ts';
import { commonOptions, usageError, type Verb, VerbArguments } from './verb.ts';

/** Arguments, or the help that was asked for. */
export type ParsedArguments =
  | { readonly kind: 'run'; readonly given: VerbArguments }
  | { readonly kind: 'help'; readonly text: string };

/** Options as a person may write them, for suggestions. */
function complaint(message: string, names: readonly string[]): UserError {
  const unknown = /^Unknown arguments?: (.*)$/.exec(message)?.[1]?.split(', ')[0];
  if (unknown === undefined) {
    const missing = /^Not enough arguments following: (.*)$/.exec(message)?.[1];
    return usageError(missing === undefined ? message : `--${missing} needs a value`);
  }
  const dashes = unknown.length === 1 ? '-' : '--';
  return new UserError({
    code: 'unknown-option',
    message: `there is no option ${dashes}${unknown} here.${suggestion(
      `--${unknown}`,
      names.map((name) => `--${name}`),
    )} (--help lists them)`,
  });
}

/**
 * Parses what follows a verb's name.
 * @throws UserError for an unknown option, a missing value, too few or too many subjects.
 */
export async function parseArguments(
  name: string,
  verb: Verb,
  argv: readonly string[],
  io: CommandLineIo,
): Promise<ParsedArguments> {
  const options = { ...verb.options, ...commonOptions };
  const usage = `crosscountry ${name} ${verb.positionals}`.trim();
  const parser = yargs([...argv])
    .scriptName('crosscountry')
    .usage(`${usage}\n\n${verb.summary}`)
    .locale('en')
    .wrap(Math.min(100, io.columns))
    .help(false)
    .version(false)
    .exitProcess(false)
    .showHelpOnFail(false)
    .strictOptions()
    .parserConfiguration({
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'dot-notation': false,
      'camel-case-expansion': false,
      'boolean-negation': false,
      'short-option-groups': false,
    })
    .fail((message: string | null, error: Error | undefined) => {
      if (error !== undefined && error.name !== 'YError') throw error;
      throw complaint(message ?? error?.message ?? 'bad usage', Object.keys(options));
    });
  for (const [option, { type, describe, value }] of Object.entries(options)) {
    const text = value === undefined ? describe : `${value}: ${describe}`;
    parser.option(
      option,
      type === 'flag'
        ? { type: 'boolean', describe: text }
        : type === 'list'
          ? { type: 'string', array: true, requiresArg: true, describe: text }
          : { type: 'string', requiresArg: true, describe: text },
    );
  }
  const examples = verb.examples.map(([command, what]) => `  ${command}\n      ${what}\n`);
  parser.epilogue(`Examples:\n${examples.join('')}`);
  const parsed = await parser.parseAsync();
  if (parsed.help === true)
    return { kind: 'help', text: `${(await parser.getHelp()).trimEnd()}\n` };
  const positionals = parsed._.map(String);
  const [least, most] = verb.arity;
  if (positionals.length < least) {
    throw usageError(`${name} needs ${verb.positionals} (crosscountry ${name} --help)`);
  }
  if (positionals.length > most) {
    throw usageError(
      `${name} takes ${most === 0 ? 'no subject' : `${most} subject${most === 1 ? '' : 's'}`}, and ${JSON.stringify(positionals[most])} is one too many`,
    );
  }
  const values = new Map<string, unknown>(
    Object.keys(options).map((option) => [option, parsed[option]]),
  );
  return { kind: 'run', given: new VerbArguments(positionals, values) };
}
