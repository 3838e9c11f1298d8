/** Short forms for entries of the primitive table: rules by operand name instead of by position. */
import type {
  BinaryName,
  ElementwisePrimitive,
  FragmentBuilder,
  FragmentOperand,
  PartialContext,
  PartialRule,
  UnaryName,
} from '../primitive.ts';
import type { Operand, ValueKind } from '../types.ts';
import { asOperand } from '../values.ts';

/** What the partial of f(x) is written with. */
export interface UnaryContext {
  readonly m: FragmentBuilder;
  readonly x: Operand;
  /** f(x) itself. */
  readonly result: Operand;
}

/** What the partials of f(x, y) are written with. */
export interface BinaryContext extends UnaryContext {
  readonly y: Operand;
}

/** A partial with named operands; a number it returns is a literal. */
export type UnaryRule = ((context: UnaryContext) => FragmentOperand) | null;

/** A partial with named operands; a number it returns is a literal. */
export type BinaryRule = ((context: BinaryContext) => FragmentOperand) | null;

/** f(x) without what follows from its arity. */
export interface UnaryDefinition {
  readonly summary: string;
  readonly evaluate: (x: number) => number;
  readonly javascript: (x: string) => string;
  readonly partial: UnaryRule;
}

/** f(x, y) without what follows from its arity. */
export interface BinaryDefinition {
  readonly summary: string;
  readonly evaluate: (x: number, y: number) => number;
  readonly javascript: (x: string, y: string) => string;
  readonly partials: readonly [BinaryRule, BinaryRule];
  /** `real` if left out. */
  readonly kind?: ValueKind;
  /** No if left out. */
  readonly commutative?: boolean;
}

/**
 * The operand at a place.
 * @throws Error where an equation has too few operands, which ProgramBuilder rules out
 */
export function at<T>(operands: readonly T[], place: number): T {
  const operand = operands[place];
  if (operand === undefined) throw new Error(`operand ${place + 1} is missing`);
  return operand;
}

function unaryRule(rule: UnaryRule): PartialRule {
  if (rule === null) return null;
  return ({ m, operands, result }) => asOperand(rule({ m, x: at(operands, 0), result }));
}

function binaryRule(rule: BinaryRule): PartialRule {
  if (rule === null) return null;
  return ({ m, operands, result }: PartialContext) =>
    asOperand(rule({ m, x: at(operands, 0), y: at(operands, 1), result }));
}

/** An entry of one operand. */
export function unary(name: UnaryName, definition: UnaryDefinition): ElementwisePrimitive {
  const { summary, evaluate, javascript, partial } = definition;
  return {
    class: 'elementwise',
    name,
    arity: 1,
    summary,
    kind: 'real',
    parameters: [],
    commutative: false,
    evaluate: (operands) => evaluate(at(operands, 0)),
    partials: [unaryRule(partial)],
    javascript: (operands) => javascript(at(operands, 0)),
  };
}

/** An entry of one operand that JavaScript's Math has under the same name. */
export function mathFunction(
  name: UnaryName &
    ('abs' | 'sign' | `${'' | 'a'}${'sin' | 'cos' | 'tan'}${'' | 'h'}` | MathLogarithm | MathRoot),
  summary: string,
  partial: UnaryRule,
): ElementwisePrimitive {
  return unary(name, {
    summary,
    evaluate: (x) => Math[name](x),
    javascript: (x) => `Math.${name}(${x})`,
    partial,
  });
}

type MathLogarithm = 'exp' | 'expm1' | 'log' | 'log1p' | 'log2' | 'log10';
type MathRoot = 'sqrt' | 'cbrt';

/** An entry of two operands. */
export function binary(name: BinaryName, definition: BinaryDefinition): ElementwisePrimitive {
  const { summary, evaluate, javascript, partials, kind, commutative } = definition;
  return {
    class: 'elementwise',
    name,
    arity: 2,
    summary,
    kind: kind ?? 'real',
    parameters: [],
    commutative: commutative ?? false,
    evaluate: (operands) => evaluate(at(operands, 0), at(operands, 1)),
    partials: partials.map(binaryRule),
    javascript: (operands) => javascript(at(operands, 0), at(operands, 1)),
  };
}
