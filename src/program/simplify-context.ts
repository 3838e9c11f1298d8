/** What the rules of simplification see of an equation, and what they share. */
import {
  negatedLiteral,
  withSign,
  type Sign,
  type Signed,
  type SignedValues,
} from './signed-values.ts';
import type { Literal, Parameters, ValueType } from './types.ts';

/** An equation whose operands are simplified already. */
export interface SimplifyContext {
  readonly values: SignedValues;
  readonly operands: readonly Signed[];
  readonly parameters: Parameters;
  /** Type of the equation's value. */
  readonly type: ValueType;
  /** Whether 0·x is 0 whatever x is. */
  readonly foldZeroProducts: boolean;
}

/** A rule for one primitive. */
export type Rule = (context: SimplifyContext) => Signed | undefined;

/** The operands of an equation of two. */
export function two({ operands }: SimplifyContext): readonly [Signed, Signed] {
  const [a, b] = operands;
  if (a === undefined || b === undefined) throw new Error('an equation lacks an operand');
  return [a, b];
}

/** The operand of an equation of one. */
export function one({ operands }: SimplifyContext): Signed {
  const [x] = operands;
  if (x === undefined) throw new Error('an equation lacks its operand');
  return x;
}

/** The value itself where it has the equation's type: a 1 of a larger shape broadcasts x·1. */
export function itself(
  { values, type }: SimplifyContext,
  value: Signed,
  sign: Sign = 1,
): Signed | undefined {
  return values.hasType(value.operand, type) ? withSign(value, sign) : undefined;
}

/** The literal with its sign changed or not. */
export function applySign(constant: Literal, sign: Sign): Literal {
  return sign === 1 ? constant : negatedLiteral(constant);
}
