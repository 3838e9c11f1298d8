/**
 * Nanoseconds a call of the code of one point in a loop, `preparePoint().run()`: Jacobian only, compact,
 * double precision, in the best known order under `multiplications`. Tasks are visited in random order, round by
 * round; minimum and median are shown, all samples are kept with `--json`. First the code of batches is
 * compared with the Jacobian of dual numbers, and that of one point with it, bit for bit.
 *
 *   npm run bench:point -- [--tasks RoeFlux_1d,g] [--cost compiled] [--rounds 50] [--no-fused] [--json]
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { accumulate } from '../src/accumulate/accumulate.ts';
import { compileJacobian } from '../src/accumulate/compile-jacobian.ts';
import { buildJacobian } from '../src/bench/build.ts';
import { systemClock, timeRuns } from '../src/bench/clock.ts';
import { columnsFor, domainOf } from '../src/bench/domain.ts';
import { loadedKernel } from '../src/bench/loaded-kernel.ts';
import { visits } from '../src/bench/plan.ts';
import { costModelNamed } from '../src/cost/models.ts';
import { findFunctionOrder } from '../src/results/orders.ts';
import { taskSubject } from '../src/subject/task-subject.ts';
import { enableRelaxedSimd } from '../src/support/engine-flags.ts';
import { quantile } from '../src/support/statistics.ts';
import { taskNamed } from '../tasks/tasks.ts';

const { values: options } = parseArgs({
  options: {
    tasks: { type: 'string', default: 'HumanHeartDipole,RoeFlux_1d,RobotArm_6DOF' },
    cost: { type: 'string', default: 'multiplications' },
    rounds: { type: 'string', default: '50' },
    'no-fused': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
if (!options['no-fused']) enableRelaxedSimd();

/** Calls a sample: 0.1 ms for the shortest, 5 for g. */
const calls = 5000;
/** Rounds that are not counted, in which the engine optimises the code. */
const warmUps = 10;

const cells = await Promise.all(
  options.tasks.split(',').map(async (task) => {
    const subject = taskSubject(taskNamed(task));
    const model = costModelNamed(options.cost);
    const order = await findFunctionOrder(subject, 'best', { model, seed: 0 });
    const accumulation = accumulate(subject.linearisation(), order);
    const compile = () =>
      compileJacobian(accumulation, { target: 'wasm', outputs: 'compact', values: false });
    const domain = domainOf(subject, { seed: 0, checked: 16 });
    const built = buildJacobian(compile, domain, systemClock);
    if (typeof built === 'string') throw new Error(`${task}: ${built}`);
    const { compiled } = built.jacobian;
    const columns = columnsFor(domain, 1);
    const inBatch = compiled.batch(columns, 1).flatMap((column) => Array.from(column));
    const alone = compiled.point(columns.flatMap((column) => Array.from(column)));
    if (!inBatch.every((x, k) => Object.is(x, alone[k]))) {
      throw new Error(`${task}: one point is not what it is in a batch`);
    }
    const { run } = loadedKernel(compiled, columns, 1);
    return { task, run, fused: compiled.fusedMultiplyAdd, samples: [] as number[] };
  }),
);
for (const { round, cell } of visits(cells, warmUps + Number(options.rounds), 1)) {
  const time = timeRuns(cell.run, calls, systemClock);
  if (round >= warmUps) cell.samples.push(time);
}

const machine = { cpu: cpus()[0]?.model ?? 'unknown', node: process.version };
if (options.json) {
  const rows = cells.map(({ task, fused, samples }) => ({ task, fused, samples }));
  process.stdout.write(
    `${JSON.stringify({ format: 'crosscountry/bench-point', version: 1, machine, rows })}\n`,
  );
} else {
  process.stdout.write(
    `nanoseconds a call, ${options.rounds} samples of ${calls} calls; ${machine.cpu}, Node ${machine.node}\n` +
      `${'task'.padEnd(24)}${'minimum'.padStart(10)}${'median'.padStart(10)}   fused multiply-add\n`,
  );
  for (const { task, fused, samples } of cells) {
    process.stdout.write(
      task.padEnd(24) +
        quantile(samples, 0).toFixed(1).padStart(10) +
        quantile(samples, 0.5).toFixed(1).padStart(10) +
        `   ${fused ? 'yes' : 'no'}\n`,
    );
  }
}
