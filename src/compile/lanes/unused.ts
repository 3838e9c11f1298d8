/** Leaves out the statements that no result needs, and numbers the values again. Linear time. */
import type { LaneBody, LaneOperation, LaneStatement, LaneType, LaneValue } from './types.ts';

/** The operation with its operands renamed. */
function renamed(operation: LaneOperation, of: (value: LaneValue) => LaneValue): LaneOperation {
  // Renaming keeps the number of operands, which is all that the union's members differ in here.
  return { ...operation, operands: operation.operands.map(of) } as unknown as LaneOperation;
}

const uses = (statement: LaneStatement): readonly LaneValue[] =>
  statement.kind === 'define'
    ? statement.operation.operands
    : [
        statement.condition,
        ...statement.arguments,
        ...statement.results.map(({ otherwise }) => otherwise),
      ];

const definitions = (statement: LaneStatement): readonly LaneValue[] =>
  statement.kind === 'define' ? [statement.value] : statement.results.map(({ value }) => value);

/** The same body without unused statements. */
export function withoutUnused(body: LaneBody): LaneBody {
  const needed = new Uint8Array(body.types.length);
  for (const value of body.results) needed[value] = 1;
  const kept: LaneStatement[] = [];
  for (const statement of body.statements.toReversed()) {
    if (!definitions(statement).some((value) => needed[value] === 1)) continue;
    kept.push(statement);
    for (const value of uses(statement)) needed[value] = 1;
  }
  kept.reverse();

  const types: LaneType[] = [];
  /** By value: its new number, −1 before it has one. */
  const names = new Int32Array(body.types.length).fill(-1);
  const define = (value: LaneValue): LaneValue => {
    const type = body.types[value];
    if (type === undefined) throw new Error(`lane value ${value} has no type`);
    types.push(type);
    // The brand is given here, to the next free number.
    const name = (types.length - 1) as LaneValue;
    names[value] = name;
    return name;
  };
  const use = (value: LaneValue): LaneValue => {
    const name = names[value] ?? -1;
    if (name < 0) throw new Error(`lane value ${value} is used before it exists`);
    return name as LaneValue;
  };
  body.arguments.forEach((_, place) => define(place as LaneValue));
  const statements = kept.map((statement): LaneStatement => {
    if (statement.kind === 'define') {
      const operation = renamed(statement.operation, use);
      return { kind: 'define', value: define(statement.value), operation };
    }
    return {
      ...statement,
      condition: use(statement.condition),
      arguments: statement.arguments.map(use),
      results: statement.results.map(({ value, otherwise }) => {
        const name = use(otherwise);
        return { value: define(value), otherwise: name };
      }),
    };
  });
  return { arguments: body.arguments, types, statements, results: body.results.map(use) };
}
