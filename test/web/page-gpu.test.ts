import { describe, expect, it } from 'vitest';

import { missingGpu } from '../../web/laboratory/page-gpu.ts';

const found = (adapter: unknown) => ({
  requestAdapter: () => Promise.resolve(adapter as GPUAdapter | null),
});

describe('a page’s GPU', () => {
  it('is missing for three reasons, each in one line with its own remedy', async () => {
    const reasons = await Promise.all([
      missingGpu({ gpu: undefined, isSecure: false }),
      missingGpu({ gpu: undefined, isSecure: true }),
      missingGpu({ gpu: found(null), isSecure: true }),
    ]);
    expect(reasons[0]).toContain('https');
    expect(reasons[1]).toContain('Firefox 141');
    expect(reasons[2]).toContain('settings');
    for (const reason of reasons) expect(reason).not.toContain('\n');
  });

  it('is there where an adapter is', async () => {
    expect(await missingGpu({ gpu: found({}), isSecure: true })).toBeUndefined();
  });
});
