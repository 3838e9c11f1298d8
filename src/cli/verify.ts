/** `crosscountry verify`: results re-checked from nothing, or the published facts of the tasks. */
import { paperTasks } from '../../tasks/tasks.ts';
import { isPolicy } from '../results/policy-record.ts';
import { readResult, resultFiles } from '../results/store.ts';
import { isTimings, readTimings, verifyTimings } from '../results/timing-files.ts';
import { type TaskVerification, verifyResult, verifyTask } from '../results/verify.ts';
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

/** A file that can't be read as a result: bad input, where it is the one that was named. */
async function verifyFiles(given: VerbArguments, io: CommandLineIo): Promise<number> {
  const files: { path: string; ok: boolean; problems: readonly string[] }[] = [];
  for (const argument of given.positionals) {
    for (const path of await resultFiles(argument)) {
      files.push(await verifyFile(path, path === argument, given.flag('replay')));
    }
  }
  const failed = files.filter(({ ok }) => !ok);
  if (given.flag('json')) {
    printDocument(io, 'verification', { files });
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
  }
  return failed.length === 0 ? 0 : 1;
}

async function verifyFile(
  path: string,
  named: boolean,
  replay: boolean,
): Promise<{ path: string; ok: boolean; problems: readonly string[] }> {
  try {
    const bytes = await readBytes(path);
    const problems = await problemsOf(bytes, path, replay);
    return { path, ok: problems.length === 0, problems };
  } catch (error) {
    if (!(error instanceof UserError) || named) throw error;
    const problem = error.at === undefined ? error.message : `${error.message} (${error.at})`;
    return { path, ok: false, problems: [problem] };
  }
}

async function problemsOf(
  bytes: Uint8Array,
  path: string,
  replay: boolean,
): Promise<readonly string[]> {
  if (isTimings(bytes)) return verifyTimings(readTimings(bytes, path), path);
  if (isPolicy(bytes)) {
    // Refuses a file that is damaged, of another version, or whose weights are no network's.
    const { readPolicy } = await import('../policy/policy-file.ts');
    readPolicy(parseJson(decodeText(bytes, path), path), path);
    return [];
  }
  return (await verifyResult(readResult(bytes, path), path, replay)).problems;
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
