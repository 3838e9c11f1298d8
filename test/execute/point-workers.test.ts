/** Who computes a point: by the device and the points of a call, and only of Programs without straight lines. */
import { describe, expect, it } from 'vitest';
import { jacobianProgram } from '../../src/accumulate/accumulate.ts';
import {
  generateByInvocations,
  generateByWorkgroups,
  generateFused,
  generateUnfused,
  largestFused,
} from '../../src/compile/wgsl/generate.ts';
import { manyPoints, workersFor } from '../../src/execute/point-workers.ts';
import { accumulatedTask } from '../compile/wasm/accumulated-task.ts';

const jacobianOf = (task: string) =>
  jacobianProgram(accumulatedTask(task).accumulation, { values: false });

describe('who computes a point', () => {
  it.each([
    ['software', true],
    ['card', false],
  ] as const)('goes by the points of a call: %s', (kind, isSoftware) => {
    const many = manyPoints[kind];
    expect([1, many - 1].map((points) => workersFor({ isSoftware }, points))).toEqual([
      'workgroup',
      'workgroup',
    ]);
    expect([many, Infinity].map((points) => workersFor({ isSoftware }, points))).toEqual([
      'invocation',
      'invocation',
    ]);
  });

  it.each(['Perceptron', 'RoeFlux_1d'])('is an invocation in straight lines: %s', (task) => {
    const program = jacobianOf(task);
    const shaders = generateFused(program, { workers: 'workgroup' });
    expect(shaders).toMatchObject({ workers: 'invocation', workersChosen: false, tilePoints: 64 });
    expect(shaders.operations).toBeLessThan(10 * largestFused);
  });

  it.each(['f', 'Encoder'])('is who was asked for where there are loops: %s', (task) => {
    const program = jacobianOf(task);
    const [shared, alone] = (['workgroup', 'invocation'] as const).map((workers) =>
      generateFused(program, { workers }),
    );
    expect(shared).toMatchObject({ workers: 'workgroup', workersChosen: true, tilePoints: 1 });
    expect(alone).toMatchObject({ workers: 'invocation', workersChosen: true, tilePoints: 64 });
    expect(generateFused(program).kernels).toEqual(alone?.kernels);
    // Those who force it differ by name only.
    expect(generateByWorkgroups(program).kernels).toEqual(shared?.kernels);
    expect(generateByInvocations(program).kernels).toEqual(alone?.kernels);
    for (const generate of [generateByWorkgroups, generateByInvocations, generateUnfused]) {
      expect(generate(program).workersChosen).toBe(false);
    }
  });

  it('holds in workgroup memory what there is room for, and the rest in a buffer', () => {
    const program = jacobianOf('Encoder');
    const scratch = [0, 256, 16_384].map(
      (workgroupBytes) => generateByWorkgroups(program, { workgroupBytes }).scratchTotal,
    );
    expect(scratch).toEqual(scratch.toSorted((a, b) => b - a));
    expect(new Set(scratch).size).toBe(3);
    for (const { code } of generateByWorkgroups(program, { workgroupBytes: 256 }).kernels) {
      const [, held = '0'] = /held: array<f32, (\d+)>/.exec(code) ?? [];
      expect(Number(held)).toBeLessThanOrEqual(64);
    }
  });
});
