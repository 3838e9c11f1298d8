/** The long form of what program.test.ts says of memory. */
import { expect, it } from 'vitest';
import { describeOnDevice } from '../support/device.ts';
import { rounds } from './rounds.ts';

describeOnDevice('a Program on a device', (device) => {
  it('keeps no memory over 1,000 rounds of compile, run and dispose', async () => {
    expect(await rounds(device, 1000)).toBeLessThan(2 ** 15);
  });
});
