/** The equations of an element-wise run as lane code of one element. */
import { ProgramBuilder } from '../../../program/builder.ts';
import type { Operand, Program } from '../../../program/types.ts';
import { literal, uniformNumber } from '../../../program/values.ts';
import type { LaneOptions } from '../../lanes/types.ts';
import type { Numbered } from '../../tensor-runs.ts';
import type { OutlinedProgram } from '../../outline/statements.ts';
import { lowerWithCalls } from '../../outline/outline.ts';

/** What a run does to one element. */
export interface ElementCode {
  readonly lanes: OutlinedProgram;
  /** Tensors from elsewhere, by argument of the code. */
  readonly operands: readonly Operand[];
  /** Values that are stored, by result of the code. */
  readonly results: readonly number[];
}

/**
 * Lowers a run. Operands whose elements are one number are written into the code.
 * @param stored values that are used outside their run
 */
export function elementCode(
  program: Program,
  run: readonly Numbered[],
  stored: ReadonlySet<number>,
  options: LaneOptions,
): ElementCode {
  const made = new Set(run.map(({ id }) => id));
  const operands = new Map<unknown, Operand>();
  const keyOf = (operand: Operand): unknown =>
    operand.kind === 'value' ? operand.id : operand.data;
  for (const operand of run.flatMap(({ equation }) => equation.operands)) {
    if (operand.kind === 'value' && made.has(operand.id)) continue;
    if (uniformNumber(operand) === undefined) operands.set(keyOf(operand), operand);
  }
  const builder = new ProgramBuilder(program.name);
  const values = new Map<unknown, Operand>();
  for (const [key, operand] of operands) {
    const kind = operand.kind === 'value' ? kindOf(program, operand.id) : ('real' as const);
    values.set(key, builder.input(`x${values.size}`, { shape: [], kind }));
  }
  const scalarOf = (operand: Operand): Operand => {
    const number = uniformNumber(operand);
    if (number !== undefined) return literal(number);
    const value = values.get(keyOf(operand));
    if (value === undefined) throw new Error('an operand of a run is used before it exists');
    return value;
  };
  for (const { id, equation } of run) {
    const { primitive, parameters } = equation;
    values.set(id, builder.emit(primitive, equation.operands.map(scalarOf), parameters));
  }
  const results = run.map(({ id }) => id).filter((id) => stored.has(id));
  for (const id of results) {
    const value = values.get(id);
    if (value !== undefined) builder.output(`y${id}`, value);
  }
  return {
    lanes: lowerWithCalls(builder.build(), options),
    operands: [...operands.values()],
    results,
  };
}

function kindOf({ inputs, equations }: Program, id: number): 'real' | 'boolean' {
  return (inputs[id] ?? equations[id - inputs.length])?.type.kind ?? 'real';
}
