/** Timing on a device, in the rounds of what computes where it is called. */
import { describe, expect, it } from 'vitest';
import { runTimings } from '../../src/bench/run.ts';
import type { TimingSuite } from '../../src/bench/suite.ts';
import { DeviceError } from '../../src/execute/device-error.ts';
import { manyPoints } from '../../src/execute/point-workers.ts';
import { eliminableVertices, orderFromPositions } from '../../src/order/orders.ts';
import { taskSubject } from '../../src/subject/task-subject.ts';
import { taskNamed } from '../../tasks/tasks.ts';
import { inProcess } from '../cli/run.ts';
import { describeOnDevice, openTestDevice, watchBuffers } from '../support/device.ts';

const subject = taskSubject(taskNamed('PropaneCombustion'));
const { graph } = subject.linearisation();
const order = orderFromPositions(graph, eliminableVertices(graph).toReversed());

const suite: TimingSuite = {
  subjects: [{ subject, orders: [{ name: 'reverse', order }] }],
  targets: ['js', 'webgpu', 'wgsl-unfused'],
  precisions: ['f64', 'f32'],
  batches: [1, 100],
  form: 'compact',
  values: false,
  rounds: 2,
  seconds: 20,
  seed: 5,
};

describeOnDevice('timing on a device', () => {
  it('gives rows with what is known of the device, and closes it', async () => {
    const opened = await openTestDevice();
    if (opened === undefined) throw new Error('there was an adapter a moment ago');
    const { rows, rounds } = await runTimings({
      ...suite,
      device: () => Promise.resolve(opened),
    });
    expect(rounds).toBe(2);
    // 3 targets, 2 batches, 2 layouts.
    expect(rows).toHaveLength(12);
    for (const row of rows) {
      if (row.state === 'failed') throw new Error(row.reason);
      expect(row.samples).toHaveLength(2);
      expect(row.device === undefined).toBe(row.target === 'js');
      const { device } = row;
      if (device === undefined) continue;
      expect(row.maxError).toBeLessThan(1e-4);
      expect(device.dispatches > 1).toBe(row.target === 'wgsl-unfused');
      // 11 inputs in tiles of 64 points, and the compact outputs.
      const tiles = Math.ceil(row.batch / 64);
      expect((device.bytesPerPoint * row.batch) / (4 * 64 * tiles)).toBeGreaterThan(11);
      expect(device.rooflineNsPerPoint).toBeGreaterThanOrEqual(row.copyNsPerPoint / 2);
      expect(device.rooflineNsPerPoint).toBeGreaterThanOrEqual(device.arithmeticNsPerPoint);
      expect(device.pipelineMs).toBeLessThanOrEqual(row.buildMs);
    }
    expect(opened.isLost).toBe(true);
  });

  it('builds a Program once for many points and once for few where they are computed by others', async () => {
    const opened = await openTestDevice();
    if (opened === undefined) throw new Error('there was an adapter a moment ago');
    const { software, card } = manyPoints;
    const many = opened.adapter.isSoftware ? software : card;
    const perceptron = taskSubject(taskNamed('Perceptron'));
    const own = perceptron.linearisation().graph;
    const forward = orderFromPositions(own, eliminableVertices(own));
    const { rows } = await runTimings({
      ...suite,
      subjects: [{ subject: perceptron, orders: [{ name: 'forward', order: forward }] }],
      targets: ['webgpu', 'wgsl-invocation', 'wgsl-workgroup'],
      batches: [1, many - 1, many],
      rounds: 1,
      device: () => Promise.resolve(opened),
    });
    const workers = rows.flatMap((row) => {
      if (row.state === 'failed') throw new Error(row.reason);
      return row.layout === 'kernel' ? [[row.target, row.device?.workers, row.buildMs]] : [];
    });
    const of = (target: string) => workers.filter(([name]) => name === target);
    const by = (target: string) => of(target).map(([, own]) => own);
    expect(by('webgpu')).toEqual(['workgroup', 'workgroup', 'invocation']);
    expect(by('wgsl-invocation')).toEqual(['invocation', 'invocation', 'invocation']);
    expect(by('wgsl-workgroup')).toEqual(['workgroup', 'workgroup', 'workgroup']);
    expect(new Set(of('webgpu').map(([, , ms]) => ms)).size).toBe(2);
    expect(new Set(of('wgsl-workgroup').map(([, , ms]) => ms)).size).toBe(1);
  });

  it('keeps nothing on the device of a cell whose copy does not fit', async () => {
    const opened = await openTestDevice();
    if (opened === undefined) throw new Error('there was an adapter a moment ago');
    const alive = watchBuffers(opened);
    const allocate = opened.allocate.bind(opened);
    let refusals = 0;
    // The copy takes no more than the kernel, so memory that ends between them is played.
    opened.allocate = (what, make) => {
      if (!what.startsWith('the buffers of a copy')) return allocate(what, make);
      refusals += 1;
      expect(alive.size).toBeGreaterThan(0);
      return Promise.reject(new DeviceError('memory', `${what} do not fit`));
    };
    const { rows } = await runTimings({
      ...suite,
      targets: ['webgpu'],
      device: () => Promise.resolve(opened),
    });
    expect(refusals).toBe(2);
    const reasons = rows.map((row) => (row.state === 'failed' ? row.reason : row.state));
    expect(reasons.every((reason) => /^the buffers of a copy .* do not fit$/.test(reason))).toBe(
      true,
    );
    expect(rows).toHaveLength(2);
    expect(alive.size).toBe(0);
  });

  it('is a verb away, and eval too', async () => {
    const timed = await inProcess(
      ...['time', 'PropaneCombustion', '--order', 'reverse', '--target', 'webgpu'],
      ...['--batch', '64', '--rounds', '1', '--json'],
    );
    expect(timed.stderr).not.toContain('fault');
    const { rows } = JSON.parse(timed.stdout) as { rows: Record<string, unknown>[] };
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({ state: 'timed', target: 'webgpu', precision: 'f32' });
    expect(rows[0]?.device).toMatchObject({ dispatches: 1 });
    const numbers = async (target: string): Promise<unknown> => {
      const { stdout } = await inProcess('eval', 'PropaneCombustion', '--target', target, '--json');
      const { values } = JSON.parse(stdout) as { values: Record<string, number> };
      return Object.values(values).map((x) => Number(x.toPrecision(4)));
    };
    expect(await numbers('webgpu')).toEqual(await numbers('js'));
  });
});

describe('timing without a device', () => {
  it('says why in the rows that need one, and times the others', async () => {
    const { rows } = await runTimings({
      ...suite,
      batches: [16],
      device: () => Promise.reject(new DeviceError('missing', 'no adapter here')),
    });
    expect(rows.filter(({ state }) => state === 'timed').map(({ target }) => target)).toEqual([
      'js',
      'js',
    ]);
    const failed = rows.flatMap((row) => (row.state === 'failed' ? [row.reason] : []));
    expect(failed).toEqual(['no adapter here', 'no adapter here']);
  });
});
