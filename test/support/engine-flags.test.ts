import { afterEach, describe, expect, it } from 'vitest';

import { engineFlags } from '../../src/support/engine-flags.ts';

const before = process.env.NODE_OPTIONS;

afterEach(() => {
  if (before === undefined) delete process.env.NODE_OPTIONS;
  else process.env.NODE_OPTIONS = before;
});

describe('flags of the engine', () => {
  it('are those of the command and of NODE_OPTIONS, each once', () => {
    const [first = '--stack-size=1000'] = process.execArgv;
    process.env.NODE_OPTIONS = ` --jitless  ${first} `;
    const flags = engineFlags();
    expect(flags).toContain('--jitless');
    for (const flag of process.execArgv) expect(flags).toContain(flag);
    expect(new Set(flags).size).toBe(flags.length);
    expect(flags).not.toContain('');
  });
});
