/**
 * The command line: finds the verb, parses its options, runs it, and turns errors into one line and
 * an exit code: 0 done, 1 a check failed, 2 bad usage or bad input, 3 a fault of the program.
 */
import { suggestion } from '../support/suggest.ts';
import { UserError } from '../support/user-error.ts';
import { errorFields, errorLine, shownError, stackOf } from './errors.ts';
import { type CommandLineIo, processIo } from './io.ts';
import { coloursOf, printDocument } from './print.ts';
import { usageError, type Verb } from './verb.ts';
import { verbs } from './verbs.ts';

function generalHelp(io: CommandLineIo): string {
  const { bold } = coloursOf(io);
  const width = Math.max(...verbs.map(({ name }) => name.length));
  return [
    'crosscountry finds, proves, compiles and times elimination orders for Jacobians.',
    '',
    bold('Usage:') + ' crosscountry VERB …',
    '',
    bold('Verbs:'),
    ...verbs.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    bold('Everywhere:'),
    '  --json     one JSON document on stdout',
    '  --quiet    no headings, notes or progress',
    '  --debug    show where an error came from',
    '  --help     help on a verb: crosscountry count --help',
    '  --version  the version of this program',
    '',
    bold('Examples:'),
    '  crosscountry count                       every task of the paper, every heuristic',
    '  crosscountry search RoeFlux_1d --time 1s a better order than the published one',
    '  crosscountry eval RoeFlux_1d             a function and its Jacobian',
    '  crosscountry verify                      the published facts, checked',
    '',
  ].join('\n');
}

async function version(json: boolean, io: CommandLineIo): Promise<number> {
  const { packageRecord } = await import('../results/provenance.ts');
  const record = packageRecord();
  if (json) printDocument(io, 'version', { package: record });
  else io.stdout(`${record.version}\n`);
  return 0;
}

function verbNamed(name: string): Promise<Verb> {
  const entry = verbs.find((candidate) => candidate.name === name);
  if (entry !== undefined) return entry.load();
  const names = verbs.map((candidate) => candidate.name);
  throw new UserError({
    code: 'unknown-verb',
    message: `there is no verb ${JSON.stringify(name)}; use one of ${names.join(', ')}.${suggestion(name, names)}`,
  });
}

async function dispatch(argv: readonly string[], io: CommandLineIo): Promise<number> {
  const place = argv.findIndex((argument) => !argument.startsWith('-'));
  const name = argv[place];
  if (name === undefined) {
    const flags = new Set(argv);
    if (flags.has('--version')) return version(flags.has('--json'), io);
    if (flags.has('--help')) {
      io.stdout(generalHelp(io));
      return 0;
    }
    throw usageError(
      'name a verb: tasks, count, search, eval, verify or export (crosscountry --help)',
    );
  }
  const verb = await verbNamed(name);
  const { parseArguments } = await import('./arguments.ts');
  const parsed = await parseArguments(name, verb, argv.toSpliced(place, 1), io);
  if (parsed.kind === 'help') {
    io.stdout(parsed.text);
    return 0;
  }
  return verb.run(parsed.given, io);
}

/**
 * Runs a command.
 * @param argv what follows the program's name
 * @param io where output goes; the process's streams if left out
 * @returns the exit code
 */
export async function main(
  argv: readonly string[],
  io: CommandLineIo = processIo(),
): Promise<number> {
  try {
    return await dispatch(
      argv.map((argument) => (argument === '-h' ? '--help' : argument)),
      io,
    );
  } catch (error) {
    const shown = shownError(error);
    if (argv.includes('--json')) {
      printDocument(io, 'error', errorFields(shown));
    }
    io.stderr(errorLine(shown));
    if (argv.includes('--debug')) io.stderr(stackOf(error));
    return error instanceof UserError ? 2 : 3;
  }
}
