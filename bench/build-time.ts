/**
 * What it takes to make a WebAssembly module of a Jacobian for batches: our part (from the accumulated
 * Program to bytes) and, apart, the engine's optimising compile of these bytes, which by itself it does
 * later and beside other work. Processor time of all threads, in milliseconds: the first build of a
 * process, the median of the next 24, when the engine still interprets and compiles our own code, and the
 * median of the last 25, when that has settled.
 *
 *   npm run bench:build -- [--tasks RoeFlux_1d,g] [--builds 200] [--json]
 *
 * It starts a process a task with the engine's flags that compile everything at once with the
 * optimising compiler (--no-liftoff --no-wasm-lazy-compilation) and relaxed SIMD (Node 20).
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { accumulate } from '../src/accumulate/accumulate.ts';
import { compileJacobian } from '../src/accumulate/compile-jacobian.ts';
import type { CompiledWasm } from '../src/compile/wasm/compile.ts';
import { compileModule } from '../src/compile/wasm/engine.ts';
import { costModelNamed } from '../src/cost/models.ts';
import { findFunctionOrder } from '../src/results/orders.ts';
import { taskSubject } from '../src/subject/task-subject.ts';
import { enableRelaxedSimd } from '../src/support/engine-flags.ts';
import { quantile } from '../src/support/statistics.ts';
import { taskNamed } from '../tasks/tasks.ts';
import { processorTime } from './processor-time.ts';

const { values: options } = parseArgs({
  options: {
    tasks: {
      type: 'string',
      default:
        'HumanHeartDipole,PropaneCombustion,RoeFlux_1d,RobotArm_6DOF,BlackScholes_Jacobian,g',
    },
    builds: { type: 'string', default: '200' },
    json: { type: 'boolean', default: false },
    /** In a process that was started for it: whose time is measured. */
    child: { type: 'string' },
  },
});

interface Row {
  readonly task: string;
  readonly bytes: number;
  /** One a build, in order. */
  readonly ours: readonly number[];
  readonly engine: readonly number[];
}

/** The times of one process. */
interface Sample {
  readonly bytes: number;
  readonly times: readonly number[];
}

async function measure(task: string, whose: string): Promise<Sample> {
  enableRelaxedSimd();
  const subject = taskSubject(taskNamed(task));
  const model = costModelNamed('multiplications');
  const order = await findFunctionOrder(subject, 'best', { model, seed: 0 });
  const accumulation = accumulate(subject.linearisation(), order);
  const times: number[] = [];
  let bytes = 0;
  for (let build = 0; build < Number(options.builds); build += 1) {
    const [ours, jacobian] = processorTime(() =>
      compileJacobian(accumulation, { target: 'wasm', outputs: 'compact', values: false }),
    );
    if (jacobian.compiled.target !== 'wasm') throw new Error('another target was compiled');
    // The name of the target says which of the compiled programs it is.
    const { tilesSource: source } = jacobian.compiled as CompiledWasm;
    bytes = source.length;
    // A section more makes it another module, which the engine has not compiled yet.
    const other = withNote(source, build);
    const [engine] = whose === 'engine' ? processorTime(() => compileModule(other)) : [0];
    times.push(whose === 'engine' ? engine : ours);
    jacobian.dispose();
  }
  return { bytes, times };
}

/** The module with a custom section behind it that holds a number. */
function withNote(module: Uint8Array, note: number): Uint8Array<ArrayBuffer> {
  // Section 0: length, name "n", four bytes of the number.
  const section = [0, 6, 1, 0x6e, note & 255, (note >> 8) & 255, (note >> 16) & 255, note >>> 24];
  const noted = new Uint8Array(module.length + section.length);
  noted.set(module);
  noted.set(section, module.length);
  return noted;
}

/** The optimising compiler at once; without them a module is compiled when its code is run. */
const flags = ['--no-liftoff', '--no-wasm-lazy-compilation'];

/** Measures in a process of its own. */
function inProcess(task: string, whose: 'ours' | 'engine'): Sample {
  const child = spawnSync(
    process.execPath,
    [
      ...(whose === 'engine' ? flags : []),
      fileURLToPath(import.meta.url),
      ...['--child', whose, '--tasks', task, '--builds', options.builds],
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (child.status !== 0) throw new Error(`${task} failed`);
  // Written by `measure` above.
  return JSON.parse(child.stdout) as Sample;
}

if (options.child !== undefined) {
  process.stdout.write(JSON.stringify(await measure(options.tasks, options.child)));
} else {
  if (!options.json) {
    process.stdout.write(
      'task                     bytes   ours: first    next settled   engine: first    next settled  (ms of processor time)\n',
    );
  }
  const rows = options.tasks.split(',').map((task): Row => {
    const { bytes, times: ours } = inProcess(task, 'ours');
    const row = { task, bytes, ours, engine: inProcess(task, 'engine').times };
    if (!options.json) {
      const part = (times: readonly number[]): string =>
        [times[0] ?? NaN, quantile(times.slice(1, 25), 0.5), quantile(times.slice(-25), 0.5)]
          .map((time) => time.toFixed(1).padStart(8))
          .join('');
      process.stdout.write(
        `${row.task.padEnd(22)}${String(row.bytes).padStart(8)}      ${part(row.ours)}        ${part(row.engine)}\n`,
      );
    }
    return row;
  });
  if (options.json) process.stdout.write(`${JSON.stringify(rows)}\n`);
}
