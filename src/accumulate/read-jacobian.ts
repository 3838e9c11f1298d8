/** A dense Jacobian of scalars, written as outputs of a Program, read as blocks of its entries. */
import type { Program } from '../program/types.ts';
import { literalNumber } from '../program/values.ts';
import type { JacobianBlock, JacobianSource } from './types.ts';

/** One number, between two scalars. */
const scalarBlock = { to: [], from: [], value: [], sizes: [], toShape: [], fromShape: [] } as const;

/**
 * Reads the Jacobian of a Program whose outputs are values, then one entry for each pair of value and
 * input, row-major, as `jacobianProgram` lays them out.
 * @param program of scalars
 * @param valueCount how many outputs are values
 * @throws Error where the outputs are as many as no Jacobian has
 */
export function readJacobian(program: Program, valueCount: number): JacobianSource {
  const { inputs, outputs } = program;
  const entries = outputs.slice(valueCount);
  if (entries.length !== valueCount * inputs.length) {
    throw new Error(
      `${entries.length} entries are no Jacobian of ${valueCount} by ${inputs.length}`,
    );
  }
  return {
    program,
    values: outputs.slice(0, valueCount),
    blocks: entries.flatMap(({ operand }, index): JacobianBlock[] => {
      const coefficient = operand.kind === 'value' ? 'variable' : 'constant';
      if (literalNumber(operand) === 0) return [];
      return [
        {
          output: Math.floor(index / inputs.length),
          input: index % inputs.length,
          block: { ...scalarBlock, coefficient },
          value: operand,
        },
      ];
    }),
  };
}
