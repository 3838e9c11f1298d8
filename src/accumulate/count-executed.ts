/**
 * Runs an accumulation Program equation by equation and counts the multiplications that the
 * accumulation stage really executes: the check of `Accumulation.multiplications`, and what `eval`
 * reports.
 */
import type { Block } from '../notation/block.ts';
import { denseBlock } from '../notation/dense.ts';
import { storedShape } from '../notation/evaluate.ts';
import { doubles } from '../program/arithmetic.ts';
import { interpretEquation } from '../program/interpret.ts';
import { primitiveNamed } from '../program/primitives.ts';
import { elementCount } from '../program/shapes.ts';
import type { Equation, Operand, Shape, Tensor } from '../program/types.ts';
import type { Accumulation } from './types.ts';

/** What one run gave. */
export interface CountedRun {
  /** The function's values, one an output. */
  readonly values: readonly Tensor[];
  /** Dense: `jacobian[output][input]`, of shape [...output shape, ...input shape]. */
  readonly jacobian: readonly (readonly Tensor[])[];
  /** Multiplications executed in the accumulation stage. */
  readonly multiplications: number;
}

function zeros(shape: Shape): Tensor {
  return { shape, data: Array.from({ length: elementCount(shape) }, () => 0) };
}

/** A block written out; a single stored number stands for all places. */
function denseTensor(block: Block, { data }: Tensor): Tensor {
  const places = elementCount(storedShape(block));
  const stored =
    data.length === places ? data : Array.from({ length: places }, () => data[0] ?? NaN);
  return { shape: [...block.toShape, ...block.fromShape], data: denseBlock(block, stored) };
}

/** Multiplications that one equation executes on operands of these shapes. */
export function executedMultiplications(equation: Equation, shapes: readonly Shape[]): number {
  const primitive = primitiveNamed(equation.primitive);
  if (primitive.class === 'structural') {
    const structure = primitive.structure(shapes, equation.parameters);
    return structure.kind === 'bilinear' ? elementCount(structure.sizes) : 0;
  }
  return equation.primitive === 'mul' ? elementCount(equation.type.shape) : 0;
}

/**
 * Evaluates values and Jacobian at one point.
 * @param point one tensor an input
 */
export function countExecuted(accumulation: Accumulation, point: readonly Tensor[]): CountedRun {
  const { program, primalEquations, partialEquations } = accumulation;
  if (point.length !== program.inputs.length) {
    throw new Error(`${program.name} has ${program.inputs.length} inputs, got ${point.length}`);
  }
  const results: Tensor[] = [...point];
  const valueOf = (operand: Operand): Tensor => {
    const value = operand.kind === 'literal' ? operand : results[operand.id];
    if (value === undefined) throw new Error('an operand stands before its equation');
    return value;
  };
  let multiplications = 0;
  program.equations.forEach((equation, index) => {
    const operands = equation.operands.map(valueOf);
    if (index >= primalEquations + partialEquations) {
      const shapes = operands.map(({ shape }) => shape);
      multiplications += executedMultiplications(equation, shapes);
    }
    results.push(interpretEquation(equation, operands, doubles));
  });
  const values = accumulation.values.map(({ operand }) => valueOf(operand));
  const jacobian = values.map((value) =>
    program.inputs.map(({ type }) => zeros([...value.shape, ...type.shape])),
  );
  for (const { output, input, block, value } of accumulation.blocks) {
    const row = jacobian[output];
    if (row === undefined) throw new Error(`there is no output ${output}`);
    row[input] = denseTensor(block, valueOf(value));
  }
  return { values, jacobian, multiplications };
}
