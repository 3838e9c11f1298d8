/** Blocks of a Jacobian written out as dense tensors of shape [...output, ...input]. */
import type { Block } from '../notation/block.ts';
import { compactBlock } from '../notation/compact.ts';
import { denseBlock } from '../notation/dense.ts';
import { storedShape } from '../notation/evaluate.ts';
import type { ProgramBuilder } from '../program/builder.ts';
import { rearrangeParameters } from '../program/primitives/linear.ts';
import { single, unitBlock } from '../program/structure.ts';
import type { Operand, Shape } from '../program/types.ts';
import { literal, literalTensor } from '../program/values.ts';

/** The dense tensor of a block, emitted as one equation where it is not known beforehand. */
export function denseOperand(builder: ProgramBuilder, block: Block, stored: Operand): Operand {
  const shape = [...block.toShape, ...block.fromShape];
  if (shape.length === 0) return stored;
  if (stored.kind === 'literal') {
    const [first = 0] = stored.data;
    const places = storedShape(block).reduce((product, length) => product * length, 1);
    const numbers =
      stored.data.length === places ? stored.data : Array.from({ length: places }, () => first);
    return literalTensor(shape, denseBlock(block, numbers));
  }
  const map = compactBlock(
    unitBlock(
      [...block.to, ...block.from],
      block.value.map((index) => single(index)),
      block.sizes,
      shape,
      storedShape(block),
    ),
  );
  return builder.emit('rearrange', [stored], rearrangeParameters(map));
}

/** The dense tensor of an output that does not depend on the input. */
export function zeroOperand(shape: Shape): Operand {
  if (shape.length === 0) return literal(0);
  return literalTensor(
    shape,
    Array.from({ length: shape.reduce((product, length) => product * length, 1) }, () => 0),
  );
}
