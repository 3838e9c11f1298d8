/**
 * Simplifies a Program in one pass over its equations: common subexpressions are shared up to their
 * sign (Aho, Lam, Sethi and Ullman, Compilers, 2nd ed., section 6.1, value numbering), x·(±1), x/(±1)
 * and x + 0 vanish, equations of literals alone are computed, subtraction and negation are absorbed
 * as signs, reshapes and the like that change nothing vanish, and equations that no output needs are
 * dropped. Expected time O(size of the Program).
 *
 * Values stay the same to rounding (they differ only where a power with a literal integer exponent
 * becomes a product), and so do derivatives, so that a simplified Program can be linearised;
 * stopGradient stays. NaN and infinities stay too: x − x, x/x and 0·x are left alone. The sign of a
 * zero may change, and with it what is not continuous there (1/0, atan2). Only additions,
 * subtractions and negations can become more, and rarely do: (−x) + (−x) beside −x is −(x + x).
 */
import { ProgramBuilder } from './builder.ts';
import { negatedLiteral, signed, SignedValues, type Signed } from './signed-values.ts';
import { simplifyEquation } from './simplify-rules.ts';
import type { Equation, Operand, Program } from './types.ts';
import { reference, valueId } from './values.ts';

/** Settings of `simplify`. */
export interface SimplifyOptions {
  /**
   * Whether x times the literal 0 is 0. Right where the zeros are structural, such as partials that
   * cancel in an accumulation, and wrong where x may be infinite or NaN; no if left out.
   */
  readonly foldZeroProducts?: boolean;
}

/** A Program's values in a Program under construction that has no expression twice. */
interface SharedProgram {
  readonly values: SignedValues;
  /** By value of the Program: equal expressions have equal operands. */
  readonly shared: readonly Signed[];
}

/**
 * Each value of a Program as simplification sees it; those that it finds equal up to their sign have
 * equal operands (which belong to a Program of their own).
 */
export function sharedValues(program: Program, options: SimplifyOptions = {}): readonly Signed[] {
  return shareExpressions(program, options).shared;
}

function shareExpressions(
  program: Program,
  { foldZeroProducts = false }: SimplifyOptions,
): SharedProgram {
  const values = new SignedValues(program);
  const simplified: Signed[] = program.inputs.map((_, index) => signed(reference(valueId(index))));
  const valueOf = (operand: Operand): Signed => {
    if (operand.kind === 'literal') return signed(operand);
    const value = simplified[operand.id];
    if (value === undefined) throw new Error(`value ${operand.id} is used before it exists`);
    return value;
  };
  for (const { primitive, operands, parameters, type } of program.equations) {
    const context = { values, operands: operands.map(valueOf), parameters, type, foldZeroProducts };
    simplified.push(simplifyEquation(primitive, context));
  }
  return { values, shared: simplified };
}

/** The same function in fewer equations. Inputs and outputs keep their names and order. */
export function simplify(program: Program, options: SimplifyOptions = {}): Program {
  const { values, shared } = shareExpressions(program, options);
  for (const { name, operand } of program.outputs) {
    const value = operand.kind === 'literal' ? signed(operand) : shared[operand.id];
    if (value === undefined) throw new Error(`output ${name} is no value of the program`);
    values.output(name, value);
  }
  return dropDeadEquations(absorbNegations(dropDeadEquations(values.build())));
}

/** The Program without the equations that no output needs; inputs stay. */
export function dropDeadEquations(program: Program): Program {
  const { inputs, equations, outputs } = program;
  const uses = countUses(program);
  let dead = 0;
  equations.toReversed().forEach(({ operands }, fromEnd) => {
    // Later equations have been looked at: what is unused now stays so.
    if (uses[inputs.length + equations.length - 1 - fromEnd] !== 0) return;
    addUses(uses, operands, -1);
    dead += 1;
  });
  if (dead === 0) return program;

  const builder = new ProgramBuilder(program.name);
  const moved = new Map<number, Operand>();
  const move = (operand: Operand): Operand => {
    if (operand.kind === 'literal') return operand;
    const found = moved.get(operand.id);
    if (found === undefined) throw new Error(`value ${operand.id} is needed but was dropped`);
    return found;
  };
  inputs.forEach(({ name, type }, index) => moved.set(index, builder.input(name, type)));
  equations.forEach(({ primitive, operands, parameters }, index) => {
    const id = inputs.length + index;
    if (uses[id] !== 0) moved.set(id, builder.emit(primitive, operands.map(move), parameters));
  });
  for (const { name, operand } of outputs) builder.output(name, move(operand));
  return builder.build();
}

/**
 * The Program with the negation of a difference, or of a product or quotient with a literal, in one
 * equation, where nothing else uses what is negated: −(a − b) is b − a and −(c·x) is (−c)·x. What
 * was negated stays behind as a dead equation.
 */
function absorbNegations(program: Program): Program {
  const { inputs, equations } = program;
  const uses = countUses(program);
  const rewritten = equations.map((equation): Equation => {
    const [negated] = equation.operands;
    if (equation.primitive !== 'neg' || negated?.kind !== 'value' || uses[negated.id] !== 1) {
      return equation;
    }
    const source = equations[negated.id - inputs.length];
    return (source && negation(source)) ?? equation;
  });
  return { ...program, equations: rewritten };
}

/** An equation for the value with its sign changed, where one is enough. */
function negation({ primitive, operands, parameters, type }: Equation): Equation | undefined {
  const [a, b] = operands;
  if (a === undefined || b === undefined) return undefined;
  const becomes = (name: string, ...changed: Operand[]): Equation => ({
    primitive: name,
    operands: changed,
    parameters,
    type,
  });
  if (primitive === 'sub') return becomes('sub', b, a);
  if (primitive === 'add' && b.kind === 'literal') return becomes('sub', negatedLiteral(b), a);
  if (primitive === 'mul' || primitive === 'div') {
    if (a.kind === 'literal') return becomes(primitive, negatedLiteral(a), b);
    if (b.kind === 'literal') return becomes(primitive, a, negatedLiteral(b));
  }
  return undefined;
}

/** How many operands and outputs each value is, by its id. */
function countUses({ inputs, equations, outputs }: Program): number[] {
  const uses = new Array<number>(inputs.length + equations.length).fill(0);
  for (const { operands } of equations) addUses(uses, operands, 1);
  addUses(
    uses,
    outputs.map(({ operand }) => operand),
    1,
  );
  return uses;
}

function addUses(uses: number[], operands: readonly Operand[], change: 1 | -1): void {
  for (const operand of operands) {
    if (operand.kind === 'value') uses[operand.id] = (uses[operand.id] ?? 0) + change;
  }
}
