/**
 * Runs a lane program on one lane, statement by statement: the slow twin of every generator, equal to
 * the bit (NaN's sign and payload apart) to what an engine computes that rounds every operation once.
 */
import { evaluateOperation, type LaneNumber } from './evaluate.ts';
import { roundTo } from './format.ts';
import type { LaneBody, LaneProgram, LaneRoutine, LaneValue, Precision } from './types.ts';

function run(
  precision: Precision,
  body: LaneBody,
  args: readonly LaneNumber[],
  routines: readonly LaneRoutine[],
): LaneNumber[] {
  const values = [...args];
  const valueOf = (value: LaneValue): LaneNumber => {
    const found = values[value];
    if (found === undefined) throw new Error(`lane value ${value} is used before it exists`);
    return found;
  };
  for (const statement of body.statements) {
    if (statement.kind === 'define') {
      const { operation } = statement;
      values[statement.value] = evaluateOperation(
        precision,
        operation,
        operation.operands.map(valueOf),
      );
      continue;
    }
    const routine = routines[statement.routine];
    if (routine === undefined) throw new Error(`there is no routine ${statement.routine}`);
    const chosen =
      valueOf(statement.condition) === true
        ? run(precision, routine, statement.arguments.map(valueOf), [])
        : statement.results.map(({ otherwise }) => valueOf(otherwise));
    statement.results.forEach(({ value }, k) => (values[value] = chosen[k] ?? NaN));
  }
  return body.results.map(valueOf);
}

/**
 * Evaluates a lane program at a point.
 * @param inputs one number an input; rounded to the precision
 * @returns one number an output
 */
export function interpretLane(program: LaneProgram, inputs: readonly number[]): number[] {
  const { precision, routines } = program;
  if (inputs.length !== program.inputNames.length) {
    throw new Error(`${program.name} has ${program.inputNames.length} inputs`);
  }
  const args = inputs.map((x) => roundTo(precision, x));
  // Outputs are real; `lowerToLanes` and `laneProgram` see to it.
  return run(precision, program, args, routines) as number[];
}
