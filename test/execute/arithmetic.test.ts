/** What a device says of its arithmetic is what a Program sees. */
import { expect, it } from 'vitest';
import { generateFused } from '../../src/compile/wgsl/generate.ts';
import { DeviceProgram } from '../../src/execute/program.ts';
import { trace } from '../../src/program/trace.ts';
import { describeOnDevice } from '../support/device.ts';

describeOnDevice('a device’s arithmetic', (device) => {
  it('has the sine of large angles with and without fma, where fma is said to round once', async () => {
    const { fusedMultiplyAdd } = device.arithmetic;
    const x = [1, 100.5, 532.5015, 618.89221, 3000.25].map(Math.fround);
    for (const used of fusedMultiplyAdd ? [false, true] : [false]) {
      const shaders = generateFused(
        trace((y) => y.sin(), [[]]),
        { fusedMultiplyAdd: used },
      );
      const program = await DeviceProgram.create(device, shaders);
      const [found] = await program.batch([x], x.length);
      program.dispose();
      // 2 units in the last place of numbers below 1.
      x.forEach((angle, k) => {
        expect(Math.abs((found?.[k] ?? NaN) - Math.sin(angle))).toBeLessThan(2 ** -23);
      });
    }
  });
});
