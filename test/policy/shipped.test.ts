import { stat } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { createWasmEngine } from '../../src/core/wasm.ts';
import { greedyCount } from '../../src/policy/generalist/judge.ts';
import { coreWeights } from '../../src/policy/networks/message-passing.ts';
import {
  openPolicy,
  policyPath,
  shippedPolicies,
  standardPolicy,
} from '../../src/policy/shipped.ts';
import { costedTask } from './support.ts';

describe.each(shippedPolicies)('the policy %s of the package', (name) => {
  it('is a small file that says how it was made', async () => {
    const { size } = await stat(policyPath(name));
    expect(size).toBeLessThan(60_000);
    const { provenance, training } = await openPolicy(name);
    expect(training).toBeUndefined();
    expect(provenance?.seeds).toContain(provenance?.seed);
    const excess = Object.values(provenance?.heldOut.excess ?? {}).sort((a, b) => a - b);
    expect(excess[Math.floor(excess.length / 2)]).toBe(provenance?.heldOut.excess[provenance.seed]);
  });
});

describe('the generalist', () => {
  it('plays four of the six scalar tasks no dearer than the published orders, unseen', async () => {
    // Counts that the paper prints (arXiv 2406.05027, table 1).
    const published = {
      RoeFlux_1d: 320,
      RobotArm_6DOF: 231,
      HumanHeartDipole: 148,
      PropaneCombustion: 88,
      BlackScholes_Jacobian: 312,
      g: 417,
    };
    const weights = coreWeights((await openPolicy(standardPolicy)).policy);
    const engine = createWasmEngine();
    const reached = Object.entries(published).filter(
      ([task, count]) => greedyCount(engine, costedTask(task), weights) <= count,
    );
    expect(reached.length).toBeGreaterThanOrEqual(4);
  });
});
