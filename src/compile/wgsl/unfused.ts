/**
 * A Program as one kernel an equation: every value is written to memory and read again, as a
 * framework does that dispatches an operation at a time. The baseline that fusion is measured
 * against, and the way to run tensors that are too large to unroll: a workgroup takes 64 points and
 * one element of the result at a time.
 */
import { elementCount } from '../../program/shapes.ts';
import type { Equation, Operand, Program } from '../../program/types.ts';
import { uniformNumber } from '../../program/values.ts';
import { type BindingName, bindings, type ShaderKernel, type ShaderStep } from '../shader.ts';
import { shapeOf } from '../shapes.ts';
import { type EquationOptions, EquationWriter, type KernelOperand } from './equation-text.ts';
import { kernelText } from './kernel-text.ts';
import { type BufferPlace, placesOf } from './places.ts';

/** Kernels of a Program. */
export interface UnfusedShaders {
  readonly kernels: readonly ShaderKernel[];
  readonly steps: readonly ShaderStep[];
  readonly scratchTotal: number;
  readonly constants: readonly number[];
  readonly operations: number;
}

/** Generates the kernels. */
export function unfusedShaders(program: Program, options: EquationOptions): UnfusedShaders {
  const { inputs, equations, outputs } = program;
  const places = placesOf(program);
  const constants: number[] = [];
  const constantStarts = new Map<string, number>();
  const kernels: ShaderKernel[] = [];
  const known = new Map<string, { readonly kernel: number; readonly operations: number }>();
  const steps: ShaderStep[] = [];
  let operations = 0;
  const sizes = {
    inputs: inputs.reduce((sum, { type }) => sum + elementCount(type.shape), 0),
    outputs: outputs.reduce((sum, { operand }) => sum + elementCount(shapeOf(program, operand)), 0),
    scratch: places.scratchTotal,
  };

  const placeOf = (operand: Operand): BufferPlace => {
    if (operand.kind === 'value') {
      const place = places.values.get(operand.id);
      if (place === undefined) throw new Error(`value ${operand.id} has no place`);
      return place;
    }
    const key = operand.data.join(' ');
    const start = constantStarts.get(key) ?? constants.length;
    if (!constantStarts.has(key)) {
      constantStarts.set(key, start);
      for (const x of operand.data) constants.push(x);
    }
    return { binding: 'constants', start };
  };

  const step = (equation: Equation, result: BufferPlace): void => {
    const froms = equation.operands.map((operand) => uniformNumber(operand) ?? placeOf(operand));
    const seen = froms.map((from, k): KernelOperand => {
      const shape = shapeOf(program, equation.operands[k] ?? missing(k));
      if (typeof from !== 'number') return { shape, from: from.binding };
      return { shape, from: { kind: 'literal', shape: [], data: [from] } };
    });
    const { primitive, parameters, type } = equation;
    const key = JSON.stringify([primitive, parameters, type.shape, result.binding, seen]);
    let found = known.get(key);
    if (found === undefined) {
      const text = new EquationWriter(equation, seen, result.binding, options).text();
      const all = (Object.keys(bindings) as BindingName[]).filter(
        (name) => name === 'places' || text.lines.some((line) => line.includes(`${name}[`)),
      );
      const count = 1 + equation.operands.length;
      kernels.push({
        name: `${program.name}, ${primitive}`,
        code: kernelText(all, sizes, text.functions, text.lines, count),
        bindings: all,
      });
      found = { kernel: kernels.length - 1, operations: text.operations };
      known.set(key, found);
    }
    operations += found.operations;
    steps.push({
      kernel: found.kernel,
      groups: elementCount(type.shape),
      places: [result.start, ...froms.map((from) => (typeof from === 'number' ? 0 : from.start))],
    });
  };

  equations.forEach((equation, index) => {
    const place = places.values.get(inputs.length + index);
    if (place === undefined) throw new Error(`equation ${index} has no place`);
    step(equation, place);
  });
  for (const output of places.copies) {
    const operand = outputs[output]?.operand ?? missing(output);
    const place = places.outputs[output] ?? missing(output);
    const type = { shape: shapeOf(program, operand), kind: 'real' } as const;
    step({ primitive: 'convert', operands: [operand], parameters: {}, type }, place);
  }
  return { kernels, steps, scratchTotal: places.scratchTotal, constants, operations };
}

function missing(place: number): never {
  throw new Error(`operand or output ${place} is missing`);
}
