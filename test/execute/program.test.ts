/** Programs on a device: what every target has to do alike, on every task, in single precision. */
import { describe, expect, it } from 'vitest';
import { compactJacobian } from '../../src/accumulate/jacobian-layout.ts';
import { compileJavaScript } from '../../src/compile/js/compile.ts';
import { generateFused, generateUnfused } from '../../src/compile/wgsl/generate.ts';
import { DeviceProgram } from '../../src/execute/program.ts';
import { pointsAround } from '../../src/results/jacobian-check.ts';
import { accumulatedTask, publishedTasks } from '../compile/wasm/accumulated-task.ts';
import { describeOnDevice } from '../support/device.ts';

describeOnDevice('a Program on the device', (device) => {
  describe.each(publishedTasks.slice(0, 2))('%s', (name) => {
    it.each([['fused', generateFused], ['unfused', generateUnfused]] as const)('%s', async (_, generate) => {
      const { subject, accumulation } = accumulatedTask(name);
      const { program } = compactJacobian(accumulation, { values: true });
      const points = pointsAround(subject.sample ?? [], 70);
      const columns = (points[0] ?? []).map((__, input) => Float64Array.from(points.flatMap((p) => p[input]?.data ?? []), Math.fround));
      const wanted = compileJavaScript(program).batch(columns, 70);
      const compiled = await DeviceProgram.create(device, generate(program));
      const given = await compiled.batch(columns, 70);
      expect(given.length).toBe(wanted.length);
      given.forEach((array, k) => { array.forEach((x, i) => { expect(Math.abs(x - (wanted[k]?.[i] ?? NaN))).toBeLessThan(1e-3 * (1+Math.abs(x))); }); });
    });
  });
});
