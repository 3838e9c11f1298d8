/** Every order of statements gives the same bits, in batches and alone, with calls and without. */
import wabt from 'wabt';
import { describe, expect, it } from 'vitest';
import { compileJacobian } from '../../../src/accumulate/compile-jacobian.ts';
import { schedules } from '../../../src/compile/schedules.ts';
import type { CompiledWasm } from '../../../src/compile/wasm/compile.ts';
import { pointsAround } from '../../../src/results/jacobian-check.ts';
import { accumulatedTask } from './accumulated-task.ts';

const points = 37;

/** Results of a batch and of its first points alone. */
function resultsOf(task: string, options: { readonly precision: 'f64' | 'f32' }) {
  const { subject, accumulation } = accumulatedTask(task);
  const drawn = pointsAround(subject.sample ?? [], points).slice(0, points);
  const columns = subject
    .program()
    .inputs.map((_, input) =>
      Float64Array.from(drawn.flatMap((point) => point[input]?.data ?? [])),
    );
  return schedules.map((schedule) => {
    const jacobian = compileJacobian(accumulation, {
      ...{ target: 'wasm', outputs: 'compact', schedule },
      ...options,
    });
    const { compiled } = jacobian;
    const batch = compiled.batch(columns, points);
    const alone = drawn
      .slice(0, 5)
      .map((point) => compiled.point(point.flatMap(({ data }) => [...data])));
    jacobian.dispose();
    return { batch, alone };
  });
}

// g and RobotArm_6DOF call functions, in the code of one point several at a time.
describe.each(['g', 'RobotArm_6DOF', 'BlackScholes_Jacobian', 'RoeFlux_3d'])('of %s', (task) => {
  it.each(['f64', 'f32'] as const)('in %s', (precision) => {
    const [first, ...others] = resultsOf(task, { precision });
    expect(first).toBeDefined();
    for (const other of others) expect(other).toEqual(first);
  });
});

describe('short basic blocks', () => {
  it('end by branches that code as found has not', async () => {
    const tools = await wabt();
    const branches = (schedule: (typeof schedules)[number]): number => {
      const jacobian = compileJacobian(accumulatedTask('RoeFlux_1d').accumulation, {
        ...{ target: 'wasm', outputs: 'compact', values: false, schedule },
      });
      // The name of the target says which of the compiled programs it is.
      const { tilesSource } = jacobian.compiled as CompiledWasm;
      const module = tools.readWasm(tilesSource, { relaxed_simd: true });
      const text = module.toText({ foldExprs: false, inlineExport: false });
      module.destroy();
      return text.match(/br_if/gu)?.length ?? 0;
    };
    const without = branches('as found');
    // Over 300 statements, 32 in a block.
    for (const how of ['by need', 'few live'] as const) {
      expect(branches(how) - without).toBeGreaterThanOrEqual(9);
    }
  });
});
