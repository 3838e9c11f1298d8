/** `--built-ins`: who takes it, and that it reaches the shaders, rows and files. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';

import type { ShaderOptions } from '../../src/compile/shader.ts';
import { webgpuTarget } from '../../src/compile/wgsl/targets.ts';
import { timingCommandOf } from '../../src/results/command.ts';
import { readTimings } from '../../src/results/timing-files.ts';
import { describeOnDevice } from '../support/device.ts';
import { inProcess, withFiles } from './run.ts';

describe('--built-ins', () => {
  it.each(['wgsl', 'wgsl-unfused', 'wgsl-invocation', 'wgsl-workgroup'])(
    'writes calls of WGSL’s own functions to %s',
    async (to) => {
      const text = async (...more: readonly string[]): Promise<string> =>
        (await inProcess('export', 'RobotArm_6DOF', '--to', to, ...more)).stdout;
      const called = /return (?:R_\w+)?\(?(?:cos\(v0\), )?sin\(v0\)/;
      expect(await text('--built-ins')).toMatch(called);
      expect(await text()).not.toMatch(called);
    },
  );

  it.each([
    [
      ['export', 'g', '--to', 'c'],
      'wgsl and wgsl-unfused and wgsl-invocation and wgsl-workgroup, not for c',
    ],
    [['eval', 'g'], 'webgpu and wgsl-unfused and wgsl-invocation and wgsl-workgroup, not for js'],
    [
      ['time', 'g'],
      'webgpu and wgsl-unfused and wgsl-invocation and wgsl-workgroup, not for js,wasm',
    ],
  ])('is refused by %j, which has no shaders', async (argv, words) => {
    const { code, stderr } = await inProcess(...argv, '--built-ins');
    expect(code).toBe(2);
    expect(stderr).toContain(words);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

describeOnDevice('--built-ins on a device', () => {
  const generate = vi.spyOn(webgpuTarget, 'generate');
  const asked = expect.objectContaining({ builtIns: true }) as ShaderOptions;

  it('gives the numbers of double precision, where no cancellation meets the driver’s errors', async () => {
    const numbers = async (...options: readonly string[]): Promise<readonly number[]> => {
      const argv = ['eval', 'BlackScholes_Jacobian', '--json', ...options];
      const { values } = JSON.parse((await inProcess(...argv)).stdout) as {
        readonly values: Record<string, number>;
      };
      return Object.values(values);
    };
    const exact = await numbers();
    const given = await numbers('--target', 'webgpu', '--built-ins');
    expect(generate).toHaveBeenLastCalledWith(expect.anything(), asked);
    expect(given).toHaveLength(exact.length);
    given.forEach((x, k) => {
      const wanted = exact[k] ?? NaN;
      expect(Math.abs(x - wanted)).toBeLessThanOrEqual(1e-3 * Math.max(1, Math.abs(wanted)));
    });
  });

  it('is kept in files, with the command', async () => {
    await withFiles({}, async (path) => {
      const argv = ['time', 'PropaneCombustion', '--order', 'reverse', '--batch', '64'];
      const { code } = await inProcess(
        ...[...argv, '--target', 'webgpu,wasm', '--precision', 'f32', '--rounds', '1'],
        ...['--built-ins', '--out', path('timings')],
      );
      expect(code).toBe(0);
      expect(generate).toHaveBeenLastCalledWith(expect.anything(), asked);
      expect((await inProcess('verify', path('timings'))).code).toBe(0);
      const [name = ''] = await readdir(path('timings/PropaneCombustion'));
      const file = join(path('timings/PropaneCombustion'), name);
      const timings = readTimings(await readFile(file), file);
      expect(timings.builtIns).toBe(true);
      expect(timingCommandOf(timings)).toContain(' --built-ins ');
    });
  });
});
