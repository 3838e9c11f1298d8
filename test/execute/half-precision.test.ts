/**
 * Half precision. No adapter of the tests has it, so the shaders are compiled by Dawn without a device
 * behind it, and the arithmetic is played: the same Program with every result rounded to a half.
 */
import { afterAll, describe, expect, it } from 'vitest';
import { accumulate } from '../../src/accumulate/accumulate.ts';
import { formJacobian } from '../../src/accumulate/compile-jacobian.ts';
import { errorFault, errorsOfResults } from '../../src/bench/check.ts';
import { generateByWorkgroups, generateFused } from '../../src/compile/wgsl/generate.ts';
import { compileAsync } from '../../src/execute/compile.ts';
import { DeviceError } from '../../src/execute/device-error.ts';
import { parseOrder } from '../../src/order/orders.ts';
import { doubles } from '../../src/program/arithmetic.ts';
import { interpretWith } from '../../src/program/interpret.ts';
import { simplify } from '../../src/program/simplify.ts';
import { trace } from '../../src/program/trace.ts';
import { taskSubject } from '../../src/subject/task-subject.ts';
import { roundToHalf } from '../../src/support/half.ts';
import { taskNamed } from '../../tasks/tasks.ts';
import { inProcess } from '../cli/run.ts';
import { publishedTasks } from '../compile/wasm/accumulated-task.ts';
import { describeOnDevice, openNullDevice } from '../support/device.ts';
import { namedOrderIds } from './conformance.ts';
import { domainNamed } from './task-errors.ts';

/** Points of the played arithmetic. */
const points = 32;

/**
 * Bounds of the 99th percentile, relative to the largest derivative of the row: the figures of
 * docs/webgpu.md, rounded up.
 */
const largestP99: Readonly<Record<string, number>> = {
  HumanHeartDipole: 4e-3,
  PropaneCombustion: 4e-3,
  RoeFlux_1d: 0.1,
  RobotArm_6DOF: 0.2,
  g: 5e-2,
  BlackScholes_Jacobian: 3e-2,
  RoeFlux_3d: 0.1,
  f: 4e-2,
  Perceptron: 2e-3,
  Encoder: 3e-2,
};

async function compactJacobian(task: string) {
  const linearisation = taskSubject(taskNamed(task)).linearisation();
  const order = parseOrder(linearisation.graph, await namedOrderIds(task, 'published'));
  return formJacobian(accumulate(linearisation, order), { outputs: 'compact', values: false });
}

describe('a shader in half precision', async () => {
  const device = await openNullDevice();
  afterAll(() => {
    device.destroy();
  });

  const faultOf = async (code: string): Promise<string | undefined> => {
    device.pushErrorScope('validation');
    const module = device.createShaderModule({ code });
    const { messages } = await module.getCompilationInfo();
    const scope = await device.popErrorScope();
    return messages.find(({ type }) => type === 'error')?.message ?? scope?.message;
  };

  it.each(publishedTasks)('is valid WGSL for %s', async (task) => {
    const { program } = await compactJacobian(task);
    const shaders = generateFused(program, { precision: 'f16' });
    expect(shaders).toMatchObject({ precision: 'f16', workers: 'invocation', tilePoints: 64 });
    for (const { code } of shaders.kernels) {
      expect(code.startsWith('enable f16;')).toBe(true);
      expect(code).toMatch(/array<f16, 64>/);
      expect(await faultOf(code)).toBeUndefined();
    }
  });

  it('is valid for every elementary function, comparison and extreme, and for numbers that are no half', async () => {
    const program = trace(
      ({ x, y, v }) => ({
        a: x.sin().add(x.cos()).mul(y.exp()).add(x.abs().log()).add(x.pow(y)),
        b: x.sqrt().max(y).min(1e9).add(x.sign()).sub(1e-6).mul(70_000),
        c: x.atan2(y).add(x.erf()).add(x.tanh()).add(x.pow(3)),
        d: v.mul(v).sum().add(v.max()),
      }),
      { x: [], y: [], v: [70] },
    );
    for (const tensors of ['unrolled', 'loops'] as const) {
      for (const { code } of generateFused(program, { precision: 'f16', tensors, longest: 40 })
        .kernels) {
        expect(await faultOf(code)).toBeUndefined();
      }
    }
  });

  it('is seen to be wrong by this check where it is', async () => {
    const { program } = await compactJacobian('RoeFlux_1d');
    const [kernel] = generateFused(program, { precision: 'f16' }).kernels;
    const code = kernel?.code ?? '';
    expect(await faultOf(code.replace('enable f16;', ''))).toMatch(/f16/);
    expect(await faultOf(code.replaceAll(/let (v\d+) = v/g, 'let $1: f32 = v'))).toMatch(/f32/);
  });

  it('is for one invocation a point only', () => {
    const program = trace((x) => ({ y: x.mul(x) }), [[]]);
    expect(() => generateByWorkgroups(program, { precision: 'f16' })).toThrow(
      /computes in f32, not in f16/,
    );
    expect(() => generateFused(program, { precision: 'f64' })).toThrow(/f32 and f16, not in f64/);
  });
});

describe('half precision, played', () => {
  const halves = {
    literal: roundToHalf,
    apply: (...call: Parameters<typeof doubles.apply>) => roundToHalf(doubles.apply(...call)),
  };

  it.for(publishedTasks)(
    'gives the Jacobian of dual numbers of %s to a few digits',
    async (task, { annotate }) => {
      const { program, layout, form } = await compactJacobian(task);
      const simplified = simplify(program);
      const { references } = domainNamed(task, points);
      const rounded = references.map(({ point }) =>
        point.map(({ shape, data }) => ({ shape, data: data.map(roundToHalf) })),
      );
      const results = rounded.map((point) => interpretWith(simplified, point, halves));
      const columns = program.outputs.map((_, k) =>
        Float32Array.from(results.flatMap((each) => each[k]?.data ?? [])),
      );
      const errors = errorsOfResults({ layout, form }, columns, references);
      const { p50, p90, p99, max } = errors;
      await annotate(`${task}: ${[p50, p90, p99, max].map((x) => x.toExponential(1)).join(' / ')}`);
      expect(p99).toBeLessThan(largestP99[task] ?? 0);
      // Not by accident in double precision.
      expect(p50).toBeGreaterThan(1e-4);
      expect(errorFault(errors, 'f16')).toBeUndefined();
    },
  );
});

describeOnDevice('a device without half precision', (device) => {
  it('says so in one line, in code and on the command line', async (context) => {
    if (device.hasHalves) context.skip('this adapter has it');
    const program = trace((x) => ({ y: x.mul(x) }), [[]]);
    const refused = compileAsync(program, {
      ...{ target: 'webgpu', precision: 'f16' },
      device: () => Promise.resolve(device),
    });
    await expect(refused).rejects.toThrow(DeviceError);
    await expect(refused).rejects.toMatchObject({ kind: 'feature', code: 'device-feature' });
    await expect(refused).rejects.toThrow(/^[^\n]*has no half precision \(shader-f16\)[^\n]*$/);
    const timed = await inProcess(
      ...['time', 'HumanHeartDipole', '--order', 'reverse', '--target', 'webgpu'],
      ...['--batch', '64', '--precision', 'f16', '--rounds', '1', '--json'],
    );
    expect(timed.code).toBe(1);
    const { rows } = JSON.parse(timed.stdout) as { rows: Record<string, unknown>[] };
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ state: 'failed', precision: 'f16' });
    expect(rows[0]?.reason).toMatch(/has no half precision/);
  });
});
