/**
 * Values of a Program on tensors that are computed where they are read and never lie in memory: what
 * only moves elements, and what is read elsewhere than where it stands and no more often than it has
 * elements, such as the terms of a sum.
 */
import { elementCount } from '../../../program/shapes.ts';
import type { Program, ValueId } from '../../../program/types.ts';
import { valueId } from '../../../program/values.ts';
import type { EquationReads } from './reads.ts';

/**
 * These values, by going through the equations from the last one on. O(equations). `reads` are by
 * equation.
 */
export function inlinedValues(
  { inputs, equations, outputs }: Program,
  reads: readonly EquationReads[],
): ReadonlySet<ValueId> {
  const kept = new Set(
    outputs.flatMap(({ operand }) => (operand.kind === 'value' ? [operand.id] : [])),
  );
  /** How often elements are read, for all of them together. */
  const often = new Map<ValueId, number>();
  /** Read at another place than that of the reader's own element. */
  const elsewhere = new Set<ValueId>();
  const inlined = new Set<ValueId>();
  for (const [index, { type, operands }] of [...equations.entries()].toReversed()) {
    const id = valueId(inputs.length + index);
    const own = reads[index];
    if (own === undefined) throw new Error(`equation ${index} has no reads`);
    const count = elementCount(type.shape);
    const times = often.get(id) ?? 0;
    const isInlined = !kept.has(id) && (own.isMove || (times <= count && elsewhere.has(id)));
    if (isInlined) inlined.add(id);
    operands.forEach((operand, k) => {
      if (operand.kind !== 'value') return;
      const terms = own.terms[k] ?? count;
      const added = isInlined ? (times * terms) / count : terms;
      often.set(operand.id, (often.get(operand.id) ?? 0) + added);
      if (own.aligned[k] !== true || (isInlined && elsewhere.has(id))) elsewhere.add(operand.id);
    });
  }
  return inlined;
}
