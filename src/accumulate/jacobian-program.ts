/** The Jacobian alone, dense: the form that is linearised again and compiled. */
import type { Block } from '../notation/block.ts';
import { ProgramBuilder } from '../program/builder.ts';
import type { Operand, Program } from '../program/types.ts';
import { denseOperand, zeroOperand } from './dense-block.ts';
import { OutputNames } from './output-names.ts';
import type { JacobianSource } from './types.ts';

/** Which outputs a Jacobian Program has. */
export interface JacobianProgramOptions {
  /** True: the function's values stand before the entries. */
  readonly values: boolean;
  /** Indices of the inputs differentiated by, in the wanted order; all of them if left out. */
  readonly inputs?: readonly number[];
}

/**
 * Makes a Program whose outputs are one entry for each pair of output and input, row-major: by
 * output, then by input, the literal 0 where an entry is structurally zero. It is a Program like
 * any other: linearised again it gives second derivatives. It still has the equations that no
 * output needs; `simplify` drops them.
 */
export function jacobianProgram(
  accumulation: JacobianSource,
  { values, inputs }: JacobianProgramOptions,
): Program {
  const { program } = accumulation;
  const builder = ProgramBuilder.extend(program);
  const names = new OutputNames();
  if (values) {
    for (const { name, operand } of accumulation.values) builder.output(names.own(name), operand);
  }
  const entries = new Map<string, Operand>();
  // An output named twice shares the operands of its entries.
  const dense = new Map<Operand, { readonly block: Block; readonly operand: Operand }>();
  for (const { output, input, block, value } of accumulation.blocks) {
    const known = dense.get(value);
    const operand = known?.block === block ? known.operand : denseOperand(builder, block, value);
    dense.set(value, { block, operand });
    entries.set(`${output},${input}`, operand);
  }
  const columns = inputs ?? program.inputs.map((_, index) => index);
  accumulation.values.forEach(({ name, operand }, output) => {
    for (const input of columns) {
      const shapes = [builder.typeOf(operand).shape, program.inputs[input]?.type.shape ?? []];
      const value = entries.get(`${output},${input}`) ?? zeroOperand(shapes.flat());
      builder.output(names.partial(name, program.inputs[input]?.name), value);
    }
  });
  return builder.build();
}
