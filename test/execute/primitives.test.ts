/** Every primitive on a device: ordinary numbers in both ways to code, and our functions beside WGSL's. */
import { expect, it } from 'vitest';
import { generateFused, generateUnfused } from '../../src/compile/wgsl/generate.ts';
import { DeviceProgram } from '../../src/execute/program.ts';
import { ProgramBuilder } from '../../src/program/builder.ts';
import { interpret } from '../../src/program/interpret.ts';
import { elementwisePrimitives } from '../../src/program/primitives.ts';
import { trace } from '../../src/program/trace.ts';
import type { Program } from '../../src/program/types.ts';
import { scalarType } from '../../src/program/values.ts';
import { describeOnDevice } from '../support/device.ts';

const numbers = [0.25, 0.5, 1, 1.75, 3, 7.25, 40, 1000, 1e5, -0.75, -1, -2, -20];

/** All primitives in one Program, of the same three inputs. */
function allPrimitives(): Program {
  const builder = new ProgramBuilder('primitives');
  const inputs = ['x', 'y', 'z'].map((name) => builder.input(name, scalarType));
  for (const { name, arity, parameters } of elementwisePrimitives) {
    for (const exponent of parameters.length === 0 ? [0] : [-3, -1, 0, 2, 5]) {
      const given = Object.fromEntries(parameters.map((parameter) => [parameter, exponent]));
      const [first = 0, ...others] = inputs.slice(0, arity);
      const operands = name === 'where' ? [builder.emit('gt', [first, 0]), ...others] : inputs;
      builder.output(`${name} ${exponent}`, builder.emit(name, operands.slice(0, arity), given));
    }
  }
  return builder.build();
}

describeOnDevice('primitives on a device', (device) => {
  it.each([
    ['fused', generateFused],
    ['one kernel each', generateUnfused],
  ] as const)('%s, are as good as single precision allows', async (_, generate) => {
    const program = allPrimitives();
    const points = numbers.flatMap((x) => numbers.map((y) => [x, y, 3 * x]));
    const columns = [0, 1, 2].map((k) => points.map((point) => Math.fround(point[k] ?? NaN)));
    const compiled = await DeviceProgram.create(
      device,
      generate(program, { fusedMultiplyAdd: device.arithmetic.fusedMultiplyAdd }),
    );
    const results = await compiled.batch(columns, points.length);
    compiled.dispose();
    points.forEach((point, at) => {
      const tensors = point.map((x) => ({ shape: [], data: [Math.fround(x)] }));
      interpret(program, tensors).forEach(({ data }, output) => {
        const wanted = data[0] ?? NaN;
        // WGSL promises nothing of NaN, infinities and subnormal numbers.
        if (!Number.isFinite(Math.fround(wanted)) || Math.abs(wanted) < 2 ** -120) return;
        const given = results[output]?.[at] ?? NaN;
        const what = `${program.outputs[output]?.name ?? ''} of ${point.join(', ')} is ${given}, not ${wanted}`;
        expect(Math.abs(given - wanted) <= 2e-6 * Math.abs(wanted), what).toBe(true);
      });
    });
  });

  it('by WGSL’s own functions, are near too at small arguments', async () => {
    const program = trace((x) => [x.sin(), x.exp(), x.erf()], [[]]);
    const shaders = generateFused(program, { builtIns: true });
    const [kernel] = shaders.kernels;
    expect(kernel?.code).toMatch(/return \(sin\(v0\)\)/);
    expect(kernel?.code).toMatch(/return \(exp\(v0\)\)/);
    const compiled = await DeviceProgram.create(device, shaders);
    const given = await compiled.point([0.5]);
    [Math.sin(0.5), Math.exp(0.5), 0.5204998778130465].forEach((wanted, k) => {
      expect(Math.abs((given[k] ?? NaN) - wanted)).toBeLessThan(1e-2);
    });
    compiled.dispose();
  });
});
