/** `crosscountry verify`: results re-checked from nothing, or the published facts of the tasks. */
import { paperTasks } from '../../tasks/tasks.ts';
import { isPolicy } from '../results/policy-record.ts';
import { readResult, resultFiles } from '../results/store.ts';
import { isTimings, readTimings } from '../results/timing-files.ts';
import { verifyTimings } from '../results/verify-timings.ts';
import {
  type ResultVerification,
  type TaskVerification,
  verifyResult,
  verifyTask,
} from '../results/verify.ts';
import { decodeText, readBytes } from '../subject/read-file.ts';
import { taskSubject } from '../subject/task-subject.ts';
import { parseJson } from '../support/json.ts';
import { UserError } from '../support/user-error.ts';
import type { CommandLineIo } from './io.ts';
import { coloursOf, oneLine, printDocument, table } from './print.ts';
import type { Verb, VerbArguments } from './verb.ts';

/** The verb. */
export const verifyVerb: Verb = {
  positionals: '[FILE|DIR…]',
  arity: [0, Infinity],
  summary:
    'Checks result files: legal order, graph hash, count, bound, and the accumulated Jacobian\n' +
    'against an independent one; of timings, orders and statistics; of policies, checksum and weights. Without files, the published facts of every task of the paper.',
  options: {
    replay: {
      type: 'flag',
      describe: 'run the searches of proofs again, however long they take, and compare the states',
    },
  },
  examples: [
    ['crosscountry verify', 'the published orders and figures, and every Jacobian'],
    ['crosscountry verify results', 'every stored result'],
    ['crosscountry verify --replay results/g', 'proofs of optimality once more'],
  ],
  run: (given, io) =>
    given.positionals.length > 0 ? verifyFiles(given, io) : verifyTasks(given, io),
};

/** What one file gave; `jacobian` and `replayed` of results alone. */
type FileVerification = Partial<ResultVerification> & {
  readonly path: string;
  readonly ok: boolean;
  readonly problems: readonly string[];
};

/** A file that can't be read as a result: bad input, where it is the one that was named. */
async function verifyFiles(given: VerbArguments, io: CommandLineIo): Promise<number> {
  const files: FileVerification[] = [];
  for (const argument of given.positionals) {
    const paths = await resultFiles(argument);
    if (paths.length === 0) {
      throw new UserError({
        code: 'results-none',
        message: 'there are no result files (*.json) in this folder; name one that has some',
        file: argument,
      });
    }
    for (const path of paths) {
      files.push(await verifyFile(path, path === argument, given.flag('replay')));
    }
  }
  const failed = files.filter(({ ok }) => !ok);
  const unchecked = {
    jacobians: files.filter(({ jacobian }) => jacobian === false).length,
    proofs: files.filter(({ replayed }) => replayed === false).length,
  };
  if (given.flag('json')) {
    printDocument(io, 'verification', { files, unchecked });
    return failed.length === 0 ? 0 : 1;
  }
  const { green, red } = coloursOf(io);
  for (const { path, ok, problems } of files) {
    if (ok && given.flag('quiet')) continue;
    io.stdout(`${ok ? green('✓') : red('✗')} ${path}\n`);
    for (const problem of problems) io.stdout(`    ${oneLine(problem)}\n`);
  }
  if (!given.flag('quiet')) {
    io.stdout(`${files.length - failed.length} of ${files.length} results hold\n`);
    const { jacobians, proofs } = unchecked;
    if (jacobians > 0) {
      io.stdout(`Not compared: ${counted(jacobians, 'Jacobian')} of graphs without a function\n`);
    }
    if (proofs > 0) {
      io.stdout(`Not run again: the searches of ${counted(proofs, 'proof')} (--replay)\n`);
    }
  }
  return failed.length === 0 ? 0 : 1;
}

function counted(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}

async function verifyFile(
  path: string,
  named: boolean,
  replay: boolean,
): Promise<FileVerification> {
  try {
    const bytes = await readBytes(path);
    const found = await verificationOf(bytes, path, replay);
    return { path, ok: found.problems.length === 0, ...found };
  } catch (error) {
    if (!(error instanceof UserError) || named) throw error;
    const problem = error.at === undefined ? error.message : `${error.message} (${error.at})`;
    return { path, ok: false, problems: [problem] };
  }
}

async function verificationOf(
  bytes: Uint8Array,
  path: string,
  replay: boolean,
): Promise<Pick<FileVerification, 'problems' | 'jacobian' | 'replayed'>> {
  if (isTimings(bytes)) return { problems: await verifyTimings(readTimings(bytes, path), path) };
  if (isPolicy(bytes)) {
    // Refuses a file that is damaged, of another version, or whose weights are no network's.
    const { readPolicy } = await import('../policy/policy-file.ts');
    readPolicy(parseJson(decodeText(bytes, path), path), path);
    return { problems: [] };
  }
  return verifyResult(readResult(bytes, path), path, replay);
}

async function verifyTasks(given: VerbArguments, io: CommandLineIo): Promise<number> {
  const verified: TaskVerification[] = [];
  for (const task of paperTasks) verified.push(await verifyTask(taskSubject(task)));
  const failed = verified.filter(({ problems }) => problems.length > 0);
  const code = failed.length === 0 ? 0 : 1;
  if (given.flag('json')) {
    const documents = verified.map((entry) => ({ ...entry, ok: entry.problems.length === 0 }));
    printDocument(io, 'verification', { files: [], tasks: documents });
    return code;
  }
  const { bold, green, red, dim } = coloursOf(io);
  const quiet = given.flag('quiet');
  const shown = quiet ? failed : verified;
  if (!quiet) {
    io.stdout(
      'The published order counted again, and the Jacobians of named orders against dual numbers.\n\n',
    );
  }
  const text = table(
    [
      { title: '', align: 'left' },
      { title: 'task', align: 'left' },
      { title: 'published', align: 'right' },
      { title: 'Jacobian, difference', align: 'right', titleWidth: 11 },
      { title: 'points', align: 'right' },
      { title: 'orders', align: 'left' },
    ],
    shown.map(({ task, problems, count, published, worst, points, orders }) => [
      problems.length === 0 ? { text: '✓', style: green } : { text: '✗', style: red },
      { text: task },
      { text: `${count ?? '–'} ${count === published ? '=' : '≠'} ${published ?? '–'}` },
      { text: worst === 0 ? '0' : worst.toExponential(1) },
      { text: String(points) },
      { text: orders.join(', '), style: dim },
    ]),
    quiet ? undefined : bold,
  );
  if (shown.length > 0) io.stdout(text);
  for (const { task, problems } of failed) {
    for (const problem of problems) io.stdout(`${red('✗')} ${task}: ${oneLine(problem)}\n`);
  }
  if (!quiet) io.stdout(`\n${verified.length - failed.length} of ${verified.length} tasks hold\n`);
  return code;
}
