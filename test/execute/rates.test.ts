/** Rates of a device: plausible, and in proportion to the work. */
import { expect, it } from 'vitest';
import { arithmeticRate, deviceCopy } from '../../src/execute/rates.ts';
import { describeOnDevice } from '../support/device.ts';

describeOnDevice('a device', (device) => {
  it('does arithmetic at a rate between a slow processor and a fast card', async () => {
    const operationsANanosecond = await arithmeticRate(device);
    expect(operationsANanosecond).toBeGreaterThan(0.01);
    expect(operationsANanosecond).toBeLessThan(1e6);
  });

  it('takes longer to copy more', async () => {
    const least = async (bytes: number): Promise<number> => {
      const copy = await deviceCopy(device, bytes);
      await copy.measure(1);
      const times: number[] = [];
      for (let k = 0; k < 5; k += 1) {
        const { device: own, wall } = await copy.measure(1);
        times.push(own ?? wall);
      }
      copy.dispose();
      return Math.min(...times);
    };
    expect(await least(2 ** 24)).toBeGreaterThan(2 * (await least(2 ** 18)));
  });
});
