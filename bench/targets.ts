/**
 * Values and Jacobians of the paper's tasks on every target, nanoseconds a point: `kernel` (buffers in
 * the target's own layout), `call` (row-major arrays in and out) and one point a call. Rounds are
 * interleaved in random order; minimum and median are shown, all samples are kept with `--json`. What
 * is timed is first compared with the Jacobian of dual numbers: worst error in f64, percentiles in
 * f32, relative to the row. Building is timed in processor time, which a busy machine disturbs less.
 *
 *   npm run bench:targets -- [--tasks RoeFlux_1d,g] [--batch 4096] [--rounds 30] [--check 200] [--json]
 *   node --experimental-wasm-relaxed-simd dist/bench/targets.js    (Node 20, for fused multiply-adds)
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { accumulate } from '../src/accumulate/accumulate.ts';
import { compileJacobian, denseNumbers } from '../src/accumulate/compile-jacobian.ts';
import { targets } from '../src/compile/targets.ts';
import { eliminableVertices, orderFromPositions, parseOrder } from '../src/order/orders.ts';
import { dualJacobian } from '../src/program/dual.ts';
import { pointsAround } from '../src/results/jacobian-check.ts';
import { taskSubject } from '../src/subject/task-subject.ts';
import { createRandom } from '../src/support/random.ts';
import { taskNamed } from '../tasks/tasks.ts';
import { processorTime } from './processor-time.ts';

const { values: options } = parseArgs({
  options: {
    tasks: {
      type: 'string',
      default:
        'HumanHeartDipole,PropaneCombustion,RoeFlux_1d,RobotArm_6DOF,BlackScholes_Jacobian,g',
    },
    batch: { type: 'string', default: '4096' },
    rounds: { type: 'string', default: '30' },
    check: { type: 'string', default: '200' },
    json: { type: 'boolean', default: false },
  },
});
const batch = Math.max(1, Number(options.batch));
const rounds = Math.max(1, Number(options.rounds));
const checked = Math.max(1, Number(options.check));
const random = createRandom(6);

function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.round((sorted.length - 1) * share)] ?? NaN;
}

function measure(name: string) {
  const subject = taskSubject(taskNamed(name));
  const linearisation = subject.linearisation();
  const { graph } = linearisation;
  const published = subject.task?.publishedOrder;
  const order =
    published === undefined
      ? orderFromPositions(graph, eliminableVertices(graph).toReversed())
      : parseOrder(graph, published);
  const accumulation = accumulate(linearisation, order);
  const program = subject.program();
  const points = pointsAround(subject.sample ?? [], batch).slice(1);
  const columns = program.inputs.map((_, input) =>
    Float64Array.from(points.flatMap((point) => point[input]?.data ?? [])),
  );
  const expected = points.slice(0, checked).map((point) => dualJacobian(program, point));

  const contestants = targets.flatMap((target) =>
    target.precisions.flatMap((precision) =>
      (['dense', 'compact'] as const).map((outputs) => {
        const build = () =>
          compileJacobian(accumulation, { target: target.name, precision, outputs, values: false });
        const [firstBuildMs] = processorTime(build);
        const [buildMs, compiled] = processorTime(build);
        const { jacobian } = compiled.batch(columns, batch);
        const blocks =
          outputs === 'dense' ? jacobian : denseNumbers(compiled.layout, jacobian, batch);
        const errors = errorsOf(blocks, expected, program.inputs.length);
        const kernel = compiled.compiled.prepare(batch);
        kernel.load(columns, batch);
        return {
          target: target.name,
          precision,
          outputs,
          fused: compiled.compiled.fusedMultiplyAdd,
          compiled,
          kernel,
          firstBuildMs,
          buildMs,
          errors,
          one: compiled.compiled.preparePoint(),
          samples: { kernel: [] as number[], call: [] as number[], point: [] as number[] },
        };
      }),
    ),
  );

  const elements = (points[0] ?? []).flatMap(({ data }) => data);
  const calls = 2000;
  const warmUps = 10;
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const { kernel, compiled, one, samples } of random.shuffle(contestants)) {
      const start = performance.now();
      kernel.run();
      const between = performance.now();
      compiled.compiled.batch(columns, batch);
      const after = performance.now();
      one.inputs.set(elements);
      const alone = performance.now();
      for (let call = 0; call < calls; call += 1) {
        one.inputs[0] = (elements[0] ?? 0) + call * 1e-12;
        one.run();
      }
      const end = performance.now();
      if (round < 0) continue;
      samples.kernel.push(((between - start) * 1e6) / batch);
      samples.call.push(((after - between) * 1e6) / batch);
      samples.point.push(((end - alone) * 1e6) / calls);
    }
  }
  return contestants.map(({ target, precision, outputs, fused, compiled, ...rest }) => {
    const { firstBuildMs, buildMs, errors, samples } = rest;
    compiled.dispose();
    return {
      subject: name,
      target,
      precision,
      outputs,
      fused,
      firstBuildMs,
      buildMs,
      errors,
      samples,
    };
  });
}

/** Errors of all entries at the points that were evaluated, relative to the output's largest. */
function errorsOf(
  blocks: readonly ArrayLike<number>[],
  expected: readonly ReturnType<typeof dualJacobian>[],
  inputs: number,
): { readonly p50: number; readonly p99: number; readonly max: number } {
  const errors: number[] = [];
  expected.forEach((jacobian, point) => {
    jacobian.forEach((row, output) => {
      const scale = Math.max(1, ...row.flatMap(({ data }) => data.map(Math.abs)));
      row.forEach(({ data }, input) => {
        const block = blocks[output * inputs + input] ?? [];
        data.forEach((x, element) => {
          if (!Number.isFinite(x)) return;
          errors.push(Math.abs((block[point * data.length + element] ?? NaN) - x) / scale);
        });
      });
    });
  });
  return { p50: quantile(errors, 0.5), p99: quantile(errors, 0.99), max: quantile(errors, 1) };
}

const rows = options.tasks.split(',').flatMap(measure);
const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };

if (options.json) {
  const head = { format: 'crosscountry/bench-targets', version: 1, machine, batch, rounds };
  console.log(JSON.stringify({ ...head, rows }, undefined, 2));
} else {
  const fused = rows.some((row) => row.fused);
  console.log(
    `published orders, Jacobian only, batch ${batch}, ${rounds} rounds, ns a point (minimum / median); ` +
      `fused multiply-adds ${fused ? 'on' : 'off'}; ${machine.cpu}, Node ${machine.node}`,
  );
  console.log(
    `${'task'.padEnd(22)}${'target'.padEnd(19)}${'kernel'.padStart(15)}${'call'.padStart(15)}${'one point'.padStart(15)}  build ms (first)   error p50 / p99 / max`,
  );
  for (const row of rows) {
    const pair = (samples: readonly number[]): string =>
      [0, 0.5]
        .map((share) => quantile(samples, share).toFixed(1))
        .join(' / ')
        .padStart(15);
    const { kernel, call, point } = row.samples;
    const { p50, p99, max } = row.errors;
    console.log(
      row.subject.padEnd(22) +
        `${row.target} ${row.precision} ${row.outputs}`.padEnd(19) +
        pair(kernel) +
        pair(call) +
        pair(point) +
        `${row.buildMs.toFixed(1)} (${row.firstBuildMs.toFixed(1)})`.padStart(16) +
        `   ${[p50, p99, max].map((error) => error.toExponential(0)).join(' / ')}`,
    );
  }
}
