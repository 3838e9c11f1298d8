/** Makes a whole lane program from a function that emits its code. */
import { at, LaneBuilder, RoutineTable } from './builder.ts';
import type {
  LaneBody,
  LaneOptions,
  LaneProgram,
  LaneRoutine,
  LaneStatement,
  LaneValue,
} from './types.ts';

/** A named result. */
export interface NamedLaneValue {
  readonly name: string;
  readonly value: LaneValue;
}

/**
 * A lane program with one real input a name; `emit` writes the code and gives the outputs, all real.
 */
export function laneProgram(
  name: string,
  { precision, fused }: LaneOptions,
  inputNames: readonly string[],
  emit: (builder: LaneBuilder, inputs: readonly LaneValue[]) => readonly NamedLaneValue[],
): LaneProgram {
  const table = new RoutineTable();
  const builder = new LaneBuilder({ precision, fused }, table);
  const inputs = inputNames.map(() => builder.argument());
  const outputs = emit(builder, inputs);
  for (const output of outputs) {
    if (builder.typeOf(output.value) !== 'real') throw new Error(`${output.name} is not real`);
  }
  const body = builder.finish(outputs.map(({ value }) => value));
  return {
    ...withUsedRoutines(body, table.routines),
    name,
    precision,
    fused,
    inputNames,
    outputNames: outputs.map((output) => output.name),
  };
}

/** The body and the routines that its guarded statements still call. */
function withUsedRoutines(
  body: LaneBody,
  all: readonly LaneRoutine[],
): LaneBody & Pick<LaneProgram, 'routines'> {
  const routines: LaneRoutine[] = [];
  const places = new Map<number, number>();
  const statements = body.statements.map((statement): LaneStatement => {
    if (statement.kind === 'define') return statement;
    let place = places.get(statement.routine);
    if (place === undefined) {
      place = routines.push(at(all, statement.routine)) - 1;
      places.set(statement.routine, place);
    }
    return { ...statement, routine: place };
  });
  return { ...body, statements, routines };
}
