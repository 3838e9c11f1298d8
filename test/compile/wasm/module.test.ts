/** Generated modules, read by two other implementations of the format. */
import binaryen from 'binaryen';
import { describe, expect, it } from 'vitest';
import wabt from 'wabt';
import { compileWasm } from '../../../src/compile/wasm/compile.ts';
import { generateWasm } from '../../../src/compile/wasm/generate.ts';
import { lowerWithCalls } from '../../../src/compile/outline/outline.ts';
import { abs, max, sqrt, where } from '../../../src/program/ops.ts';
import { trace } from '../../../src/program/trace.ts';
import { accumulatedTask, publishedTasks } from './accumulated-task.ts';

const features = {
  ...{ simd: true, relaxed_simd: true, mutable_globals: true, multi_value: true },
};

describe.each(publishedTasks)('the module of %s', (name) => {
  const { dense } = accumulatedTask(name);
  it.each(['f64', 'f32'] as const)('is valid to binaryen and to wabt in %s', async (precision) => {
    const { source } = compileWasm(dense, { precision });
    const tools = await wabt();
    const module = tools.readWasm(source, features);
    expect(() => {
      module.validate();
    }).not.toThrow();
    module.destroy();

    const read = binaryen.readBinary(source);
    read.setFeatures(binaryen.Features.All);
    expect(read.validate()).toBe(1);
    read.dispose();
  });
});

describe('a module with fused multiply-adds', () => {
  it('is valid, whether or not this engine has them', async () => {
    const program = trace((x, y, z) => x.mul(y).add(z).sub(x.mul(z)), [[], [], []]);
    const { bytes } = generateWasm(lowerWithCalls(program, { precision: 'f64', fused: true }));
    const tools = await wabt();
    const module = tools.readWasm(bytes, features);
    expect(() => {
      module.validate();
    }).not.toThrow();
    const text = module.toText({ foldExprs: false, inlineExport: true });
    expect(text).toContain('f64x2.relaxed_madd');
    expect(text).toContain('f64x2.relaxed_nmadd');
    module.destroy();
  });
});

describe('what a module says it does', () => {
  it('is what the Program says, instruction by instruction', async () => {
    const program = trace((x, y) => [where(x.lt(y), sqrt(x), abs(y)), max(x, y).div(y)], [[], []]);
    const { source } = compileWasm(program, { strict: true });
    const tools = await wabt();
    const module = tools.readWasm(source, features);
    const text = module.toText({ foldExprs: false, inlineExport: true });
    module.destroy();
    for (const instruction of ['lt', 'sqrt', 'abs', 'max', 'div']) {
      // Once in `run` and once in `point`.
      expect(text.split(`f64x2.${instruction}`)).toHaveLength(3);
    }
    expect(text.split('v128.bitselect')).toHaveLength(3);
  });
});
