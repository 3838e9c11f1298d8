/**
 * Our WebAssembly beside the peers: JAX (jacrev and jacfwd; jit, vmap, one thread), CasADi (its
 * virtual machine, and its C compiled by gcc), Graphax where it can be imported, and as a limit gcc's
 * vectorised code of our own accumulation Program. Same points, double precision, one core; rounds
 * visit all in random order, ours in this process and the others in a Python process, so ratios are
 * paired. Every Jacobian is checked first.
 *
 *   npm run peers -- [--tasks RoeFlux_1d,g] [--rounds 15] [--batch 4096] [--optimise 10] [--no-fused]
 *                    [--out DIR] [--json]
 *
 * With --optimise SECONDS the fastest of our optimised Programs runs too.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { accumulate } from '../../src/accumulate/accumulate.ts';
import { compactJacobian } from '../../src/accumulate/jacobian-layout.ts';
import { compileJacobian } from '../../src/accumulate/compile-jacobian.ts';
import { buildJacobian } from '../../src/bench/build.ts';
import { readyCell } from '../../src/bench/cell.ts';
import { errorFault, worstRowError } from '../../src/bench/check.ts';
import { calibrate, leastSample, systemClock, timeRuns } from '../../src/bench/clock.ts';
import { Copies } from '../../src/bench/copies.ts';
import { type Domain, domainOf, pointsFor } from '../../src/bench/domain.ts';
import { type Built, fastestJacobian } from '../../src/bench/fastest-jacobian.ts';
import { visits } from '../../src/bench/plan.ts';
import type { TimingRow } from '../../src/bench/types.ts';
import { costModelNamed } from '../../src/cost/models.ts';
import { graphHash } from '../../src/graph/canonical.ts';
import { equationNumbers } from '../../src/order/equation-numbers.ts';
import { orderIds } from '../../src/order/orders.ts';
import type { EliminationOrder } from '../../src/order/types.ts';
import { subjectCandidates } from '../../src/results/optimise-subject.ts';
import { findFunctionOrder } from '../../src/results/orders.ts';
import { startOrders } from '../../src/results/start-orders.ts';
import { timingOrigin, writeTimings } from '../../src/results/timing-files.ts';
import { noOrder } from '../../src/results/timing-names.ts';
import { timingDocument } from '../../src/results/timings.ts';
import { reverse } from '../../src/search/heuristics/reverse.ts';
import { batchOf } from '../../src/subject/points.ts';
import { taskSubject } from '../../src/subject/task-subject.ts';
import type { FunctionSubject } from '../../src/subject/types.ts';
import { enableRelaxedSimd, engineFlags } from '../../src/support/engine-flags.ts';
import { UserError } from '../../src/support/user-error.ts';
import { pairedRatio, quantile, summarise } from '../../src/support/statistics.ts';
import { taskNamed } from '../../tasks/tasks.ts';
import { cSource, casadiSource, jaxSource } from './sources.ts';
import { cacheFolder, hasGraphax, PeerWorker, pythonEnvironment } from './worker.ts';

const { values: options } = parseArgs({
  options: {
    tasks: {
      type: 'string',
      default:
        'HumanHeartDipole,PropaneCombustion,RoeFlux_1d,RobotArm_6DOF,g,BlackScholes_Jacobian',
    },
    rounds: { type: 'string', default: '15' },
    batch: { type: 'string', default: '4096' },
    optimise: { type: 'string', default: '0' },
    'no-fused': { type: 'boolean', default: false },
    out: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const checked = 16;

/** A whole number from the command line. */
function wholeNumber(name: 'rounds' | 'batch' | 'optimise', least: number): number {
  const value = Number(options[name]);
  if (Number.isSafeInteger(value) && value >= least) return value;
  process.stderr.write(`--${name} has to be a whole number from ${least} on\n`);
  process.exit(2);
}

const rounds = wholeNumber('rounds', 5);
const batch = wholeNumber('batch', checked);
const optimiseSeconds = wholeNumber('optimise', 0);
const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

// Before any module is compiled; engines that have the instruction for good ignore it.
if (!options['no-fused']) enableRelaxedSimd();
if (engineFlags().includes('--experimental-wasm-relaxed-simd')) {
  say('relaxed SIMD is switched on (Node 20 has it behind --experimental-wasm-relaxed-simd)');
}

const environment = pythonEnvironment(say);
const withGraphax = typeof environment !== 'string' && hasGraphax(environment.python);

/** Our orders: the best known under each model that has a stored result. */
async function ourOrders(subject: FunctionSubject): Promise<Map<string, EliminationOrder>> {
  const found = new Map<string, EliminationOrder>();
  for (const model of ['paper', 'multiplications', 'compiled'].map(costModelNamed)) {
    try {
      const order = await findFunctionOrder(subject, 'best', { model, seed: 0 });
      found.set(`best@${model.name}`, order);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      say(`${subject.name}: ${error.message}`);
    }
  }
  return found;
}

/** One contestant: a name, and how a sample is taken. */
interface Contestant {
  readonly target: string;
  readonly order: string;
  /** Nanoseconds a point to copy the bytes of inputs and results, in this round. */
  copy?(): number;
  readonly facts: Pick<
    Extract<TimingRow, { state: 'timed' }>,
    'buildMs' | 'firstCallMs' | 'maxError' | 'errors' | 'fusedMultiplyAdd'
  >;
  sample(): number | Promise<number>;
}

/** What our Jacobians compute and in what. */
const wanted = { outputs: 'compact', values: false } as const;
const kind = { target: 'wasm', precision: 'f64' } as const;

/** Our Jacobians: the orders as they are and, if asked for, the fastest of optimised Programs. */
async function ourJacobians(
  subject: FunctionSubject,
  orders: ReadonlyMap<string, EliminationOrder>,
  domain: Domain,
): Promise<readonly Built[]> {
  const fusedMultiplyAdd = !options['no-fused'];
  const asTheyAre = [...orders].map(([name, order]): Built => {
    const accumulation = accumulate(subject.linearisation(), order);
    const compile = () => compileJacobian(accumulation, { ...kind, ...wanted, fusedMultiplyAdd });
    return { order: name, built: buildJacobian(compile, domain, systemClock) };
  });
  if (optimiseSeconds === 0) return asTheyAre;
  const candidates = await subjectCandidates(
    subject,
    [...orders.values(), ...(await startOrders(subject, { seed: 0 }))],
    wanted,
    { seconds: optimiseSeconds, seed: 0 },
  );
  const context = { domain, clock: systemClock, seed: 0, points: batch };
  return [
    ...asTheyAre,
    fastestJacobian({ ...kind, fusedMultiplyAdd }, candidates, asTheyAre, context),
  ];
}

/** Ours as contestants, and of the orders the one that is quickest by a first look: gcc is given it. */
async function ourContestants(
  subject: FunctionSubject,
  orders: ReadonlyMap<string, EliminationOrder>,
  domain: Domain,
): Promise<{ readonly contestants: readonly Contestant[]; readonly quickest: EliminationOrder }> {
  let quickest: { readonly order: EliminationOrder; readonly time: number } | undefined;
  const jacobians = await ourJacobians(subject, orders, domain);
  const copies = new Copies();
  const contestants = jacobians.map(({ order: name, built }): Contestant => {
    if (typeof built === 'string') throw new Error(`${subject.name} ${name}: ${built}`);
    const cellName = { subject: subject.name, order: name, ...kind, batch };
    const { kernel, copy } = readyCell(cellName, { built, domain, copies }).runs;
    const repeats = calibrate(kernel, 2 * leastSample, 1e8, systemClock);
    const time = timeRuns(kernel, repeats, systemClock);
    const order = orders.get(name);
    if (order !== undefined && time < (quickest?.time ?? Infinity)) quickest = { order, time };
    const copyRepeats = calibrate(copy, leastSample, 3e7, systemClock);
    const { buildMs, firstCallMs, errors, jacobian } = built;
    const { fusedMultiplyAdd } = jacobian.compiled;
    return {
      target: 'wasm',
      order: name,
      facts: { buildMs, firstCallMs, maxError: errors.max, errors, fusedMultiplyAdd },
      sample: () => timeRuns(kernel, repeats, systemClock) / batch,
      copy: () => timeRuns(copy, copyRepeats, systemClock) / batch,
    };
  });
  if (quickest === undefined) throw new Error(`${subject.name} has no stored order`);
  return { contestants, quickest: quickest.order };
}

/** Orders as Graphax takes them: numbers of equations. */
function graphaxOrders(
  subject: FunctionSubject,
  orders: ReadonlyMap<string, EliminationOrder>,
): Record<string, readonly number[]> {
  const { graph } = subject.linearisation();
  return Object.fromEntries(
    [['reverse', reverse.order(graph, { seed: 0 })] as const, ...orders].map(([name, order]) => [
      name,
      equationNumbers(graph, order),
    ]),
  );
}

/** Writes what the Python process needs. */
function writeJob(
  subject: FunctionSubject,
  domain: Domain,
  orders: ReadonlyMap<string, EliminationOrder>,
  jacobianProgram: Parameters<typeof cSource>[0],
): string {
  const folder = join(cacheFolder, subject.name);
  mkdirSync(folder, { recursive: true });
  const columns = batchOf(pointsFor(domain, batch));
  const rows = new Float64Array(batch * columns.length);
  columns.forEach((column, input) => {
    column.forEach((value, point) => {
      rows[point * columns.length + input] = value;
    });
  });
  writeFileSync(join(folder, 'points.bin'), rows);
  const program = subject.program();
  const job = join(folder, 'job.json');
  writeFileSync(
    job,
    JSON.stringify({
      name: subject.name,
      inputs: program.inputs.length,
      outputs: program.outputs.length,
      count: batch,
      points: join(folder, 'points.bin'),
      checked,
      jax: jaxSource(program),
      casadi: casadiSource(program),
      c: cSource(jacobianProgram),
      cOutputs: jacobianProgram.outputs.length,
      graphax: withGraphax ? graphaxOrders(subject, orders) : {},
      equations: program.equations.length,
      folder,
    }),
  );
  return job;
}

/** Times one task. */
async function timeTask(name: string, worker: PeerWorker): Promise<void> {
  const subject = taskSubject(taskNamed(name));
  const domain = domainOf(subject, { seed: 0, checked });
  const orders = await ourOrders(subject);
  const { contestants: ours, quickest } = await ourContestants(subject, orders, domain);
  const compact = compactJacobian(accumulate(subject.linearisation(), quickest), { values: false });
  const loaded = await worker.load(writeJob(subject, domain, orders, compact.program));
  const { layout } = compact;
  const cell = { subject: name, precision: 'f64', batch } as const;
  const failed: TimingRow[] = [];
  const peers = loaded.flatMap((peer): Contestant[] => {
    if ('error' in peer) {
      const reason = peer.error.trim().split('\n').at(-1) ?? 'failed';
      failed.push({ state: 'failed', ...cell, target: peer.peer, order: noOrder, reason });
      return [];
    }
    const dense = peer.jacobian.map((numbers) =>
      peer.peer.startsWith('gcc')
        ? layout.entries.map((entry) =>
            entry.kind === 'constant' ? entry.value : (numbers[entry.place] ?? NaN),
          )
        : numbers,
    );
    const maxError = worstRowError(dense, layout, domain.references);
    const fault = errorFault({ p50: maxError, max: maxError }, 'f64');
    if (fault !== undefined) {
      failed.push({ state: 'failed', ...cell, target: peer.peer, order: noOrder, reason: fault });
      return [];
    }
    const { buildMs, firstCallMs } = peer;
    return [
      {
        target: peer.peer,
        order: noOrder,
        facts: { buildMs, firstCallMs, maxError, fusedMultiplyAdd: true },
        sample: () => worker.sample(peer.peer),
      },
    ];
  });
  const samples = new Map([...ours, ...peers].map((one) => [one, [] as number[]]));
  const copies: number[] = [];
  for (const { cell: one } of visits([...samples.keys()], rounds, 1)) {
    samples.get(one)?.push(await one.sample());
    if (one.copy !== undefined) copies.push(one.copy());
  }
  // Of the compact results, as ours writes them: what all of the others move at least.
  const copyNsPerPoint = quantile(copies, 0.5);
  const rows = [...samples].map(([{ target, order, facts }, own]): TimingRow => ({
    state: 'timed',
    ...cell,
    target,
    order,
    layout: 'kernel',
    nsPerPoint: summarise(own),
    samples: own,
    ...facts,
    copyNsPerPoint,
  }));
  report(name, [...rows, ...failed]);
  if (options.out === undefined) return;
  const { graph } = subject.linearisation();
  const file = timingDocument(
    {
      subject: name,
      graphHash: graphHash(graph),
      orders: Object.fromEntries([...orders].map(([key, order]) => [key, orderIds(graph, order)])),
      form: 'compact',
      values: false,
      rounds,
      seed: 1,
      ...(optimiseSeconds === 0 ? {} : { optimiseSeconds }),
      rows: [...rows, ...failed],
      warnings: [],
    },
    timingOrigin(new Date()),
  );
  say(`wrote ${await writeTimings(options.out, file)}`);
}

/** A table of one task: times, and what each takes as a multiple of our quickest. */
function report(name: string, rows: readonly TimingRow[]): void {
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ subject: name, rows })}\n`);
    return;
  }
  const timed = rows.filter((row) => row.state === 'timed');
  const own = timed.filter(({ target }) => target === 'wasm');
  const best = own.toSorted((a, b) => quantile(a.samples, 0.5) - quantile(b.samples, 0.5))[0];
  process.stdout.write(`${name}, ${batch} points, ${rounds} rounds\n`);
  for (const { target, order, samples, maxError } of timed) {
    const ratio = best === undefined ? undefined : pairedRatio(samples, best.samples);
    const label = order === noOrder ? target : `${target} ${order}`;
    process.stdout.write(
      `  ${label.padEnd(28)}${quantile(samples, 0.5).toFixed(1).padStart(9)} ns` +
        (ratio === undefined
          ? ''
          : `  ${ratio.median.toFixed(2).padStart(7)} (${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)})`) +
        `  error ${maxError.toExponential(0)}\n`,
    );
  }
  for (const row of rows) {
    if (row.state === 'failed') process.stdout.write(`  ${row.target}: ${row.reason}\n`);
  }
}

if (typeof environment === 'string') {
  say(environment);
} else {
  if (!withGraphax) {
    say(
      'Graphax is left out: it is on no package index; install equinox, chex and mmh3 into ' +
        '.cache/peers/python and name the folder of its sources in PYTHONPATH',
    );
  }
  for (const name of options.tasks.split(',')) {
    // A process a task: what one compiled does not slow the next.
    const worker = new PeerWorker(environment.python);
    try {
      await timeTask(name, worker);
    } finally {
      worker.close();
    }
  }
}
