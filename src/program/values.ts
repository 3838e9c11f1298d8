/** Makers of the small parts of a Program. */
import type { Literal, Operand, Reference, Shape, ValueId, ValueType } from './types.ts';

/** The type of a real number. */
export const scalarType: ValueType = { shape: [], kind: 'real' };

/** The type of a real tensor. */
export function realType(shape: Shape): ValueType {
  return { shape, kind: 'real' };
}

/**
 * A value's number in its Program.
 * @throws Error where it is no non-negative integer
 */
export function valueId(position: number): ValueId {
  if (!Number.isSafeInteger(position) || position < 0) {
    throw new Error(`${position} is no position of a value`);
  }
  // The brand is given here, after the check, and nowhere else.
  return position as ValueId;
}

/** A use of a value. */
export function reference(id: ValueId): Reference {
  return { kind: 'value', id };
}

/** A number written into an equation. */
export function literal(x: number): Literal {
  return { kind: 'literal', shape: [], data: [x] };
}

/** A constant tensor written into an equation; `data` is row-major. */
export function literalTensor(shape: Shape, data: readonly number[]): Literal {
  return { kind: 'literal', shape, data };
}

/** The literal with `f` applied to every element. */
export function mapLiteral(constant: Literal, f: (x: number) => number): Literal {
  return { kind: 'literal', shape: constant.shape, data: constant.data.map(f) };
}

/** The one number that a scalar literal holds; `undefined` for values and for tensors. */
export function literalNumber(operand: Operand): number | undefined {
  return operand.kind === 'literal' && operand.shape.length === 0 ? operand.data[0] : undefined;
}

/** The one number that a literal repeats; `undefined` for values and for other literals. */
export function uniformNumber(operand: Operand): number | undefined {
  if (operand.kind === 'value') return undefined;
  const [first] = operand.data;
  return operand.data.every((x) => Object.is(x, first)) ? first : undefined;
}

/** Numbers become literals, operands stay what they are. */
export function asOperand(value: Operand | number): Operand {
  return typeof value === 'number' ? literal(value) : value;
}
