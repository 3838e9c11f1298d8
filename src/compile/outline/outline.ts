/**
 * Elementary functions as functions of the module. Lowered in place, every sine or power is a hundred
 * operations that the engine has to compile again; what a Program calls often is therefore lowered
 * once, on its own, and called. What it calls seldom stays in place, where it costs no call and
 * shares what it can. Sine and cosine of one value stay together, so do sinh and cosh, and powers of
 * one base and its logarithm.
 */
import { lowerToLanes, type LoweringOptions } from '../lanes/lower.ts';
import type { LaneProgram, LaneStatement, LaneValue } from '../lanes/types.ts';
import { ProgramBuilder } from '../../program/builder.ts';
import type { Equation, Operand, Program } from '../../program/types.ts';
import { scalarType } from '../../program/values.ts';
import { Placement } from './placement.ts';
import {
  type CallStatement,
  definedBy,
  isLiteral,
  type OutlinedProgram,
  type OutlinedStatement,
} from './statements.ts';

/** Most operations that all places of one function together may take before it is called instead. */
const inlinedOperations = 400;

/**
 * The same for a function that is called twice or more in the code of one point, where calls share a
 * run: six pairs of sine and cosine take 96 ns instead of 122 in RobotArm_6DOF.
 */
const inlinedAtPoint = 150;

/** Functions that one call may compute together. */
interface Family {
  readonly name: string;
  readonly primitives: readonly string[];
  /** How many operands, the first ones, they have to have in common. */
  readonly shared: number;
}

/** Families whose values at the same operands have most of their operations in common. */
const families: readonly Family[] = [
  { name: 'sin cos', primitives: ['sin', 'cos'], shared: 1 },
  { name: 'sinh cosh', primitives: ['sinh', 'cosh'], shared: 1 },
  { name: 'powers', primitives: ['log', 'pow'], shared: 1 },
];

/** Most results of one call: beyond them little is shared, and every number of them is a function. */
const mostTogether = 3;

/** Primitives that lanes have operations for; everything else may be long. */
const short: ReadonlySet<string> = new Set([
  ...['add', 'sub', 'mul', 'div', 'neg', 'abs', 'sign', 'sqrt', 'min', 'max', 'where'],
  ...['lt', 'le', 'gt', 'ge', 'eq', 'ne', 'convert', 'stopGradient'],
  ...['sumOf', 'dotOf', 'maxOf', 'minOf'],
]);

/** One of the equations that a call computes. */
interface Member {
  readonly equation: Equation;
  /** Number of the equation. */
  readonly index: number;
}

/** Equations that one call computes. */
interface Group {
  /** Equal for the same function. */
  readonly key: string;
  /** Operands of the call: of the members, each once. */
  readonly arguments: readonly Operand[];
  /** In the order of the results. */
  readonly members: readonly Member[];
}

const operandText = (operand: Operand): string =>
  operand.kind === 'value' ? `v${operand.id}` : String(operand.data[0]);

/** By value: the latest equation that may be a call and that it depends on; −1 where there is none. */
function latestCalls({ inputs, equations }: Program): Int32Array {
  const latest = new Int32Array(inputs.length + equations.length).fill(-1);
  equations.forEach(({ primitive, operands }, index) => {
    let own = short.has(primitive) ? -1 : index;
    for (const operand of operands) {
      if (operand.kind === 'value') own = Math.max(own, latest[operand.id] ?? -1);
    }
    latest[inputs.length + index] = own;
  });
  return latest;
}

/**
 * The equations that may be calls, by the call they would be. A member's operands depend on no call
 * that does not stand before the group's first member: groups could wait for each other otherwise.
 */
function groupsOf(program: Program): Group[] {
  const latest = latestCalls(program);
  const open = new Map<string, Member[]>();
  const found: Member[][] = [];
  program.equations.forEach((equation, index) => {
    const { primitive, operands, parameters } = equation;
    if (short.has(primitive)) return;
    const family = families.find(({ primitives }) => primitives.includes(primitive));
    const shared = operands.slice(0, family?.shared).map(operandText);
    const place = [family?.name ?? primitive, JSON.stringify(parameters), ...shared].join(' ');
    const others = open.get(place);
    const joins =
      others !== undefined &&
      others.length < mostTogether &&
      // Without simplification the same equation may stand twice; the second is a call of its own.
      others.every((other) => !isSame(other.equation, equation)) &&
      operands.every(
        (operand) =>
          operand.kind === 'literal' || (latest[operand.id] ?? -1) < (others[0]?.index ?? -1),
      );
    if (joins) {
      others.push({ equation, index });
      return;
    }
    const members = [{ equation, index }];
    open.set(place, members);
    found.push(members);
  });
  return found.map((members): Group => {
    const sorted = members.toSorted((a, b) =>
      a.equation.primitive < b.equation.primitive ? -1 : 1,
    );
    const operands = new Map(
      sorted.flatMap(({ equation }) => equation.operands.map((each) => [operandText(each), each])),
    );
    const places = [...operands.keys()];
    const key = sorted.map(({ equation: { primitive, operands: own, parameters } }) =>
      [
        primitive,
        JSON.stringify(parameters),
        ...own.map((each) => places.indexOf(operandText(each))),
      ].join(' '),
    );
    return { key: key.join('; '), arguments: [...operands.values()], members: sorted };
  });
}

function isSame(a: Equation, b: Equation): boolean {
  return (
    a.primitive === b.primitive &&
    a.operands.map(operandText).join(' ') === b.operands.map(operandText).join(' ')
  );
}

const lowered = new Map<string, LaneProgram>();

/** The function of a group on its own; lowered once a process. */
function functionOf(group: Group, options: LoweringOptions): LaneProgram {
  const whole = `${group.key} ${options.precision} ${String(options.fused)}`;
  const known = lowered.get(whole);
  if (known !== undefined) return known;
  const names = group.members.map(({ equation }) => equation.primitive);
  const builder = new ProgramBuilder(names.join(' '));
  const inputs = new Map(
    group.arguments.map((each, k) => [operandText(each), builder.input(`x${k}`, scalarType)]),
  );
  group.members.forEach(({ equation: { primitive, operands, parameters } }, k) => {
    const own = operands.map((each) => inputs.get(operandText(each)) ?? each);
    builder.output(`${primitive} ${k}`, builder.emit(primitive, own, parameters));
  });
  const made = lowerToLanes(builder.build(), options);
  lowered.set(whole, made);
  return made;
}

const operationsOf = ({ statements }: LaneProgram): number =>
  statements.filter(
    (statement) => statement.kind === 'guarded' || statement.operation.operands.length > 0,
  ).length;

/** The groups that are going to be calls; `repeated` is the bound for functions of several places. */
function callsOf(
  program: Program,
  options: LoweringOptions,
  inlined: number,
  repeated = inlined,
): Group[] {
  const groups = groupsOf(program);
  const counts = new Map<string, number>();
  for (const { key } of groups) counts.set(key, (counts.get(key) ?? 0) + 1);
  return groups.filter((group) => {
    const places = counts.get(group.key) ?? 0;
    const operations = places * operationsOf(functionOf(group, options));
    return operations > (places > 1 ? repeated : inlined);
  });
}

/**
 * Lowers a Program of scalars, with calls where they pay.
 * @param inlined most operations that all places of one function together may take in place
 * @throws UserError `lane-tensor`, as lowerToLanes does
 */
export function lowerWithCalls(
  program: Program,
  options: LoweringOptions,
  inlined = inlinedOperations,
): OutlinedProgram {
  return withCalls(program, options, callsOf(program, options, inlined));
}

/**
 * Lowers the Program of `lowerWithCalls` for one point, whose calls can share a run of a function, so
 * that more of them pay. Every bit is the same.
 */
export function lowerForPoint(
  program: Program,
  options: LoweringOptions,
  tiles: OutlinedProgram,
): OutlinedProgram {
  const calls = callsOf(program, options, inlinedOperations, inlinedAtPoint);
  const isSame = tiles.statements.filter(({ kind }) => kind === 'call').length === calls.length;
  return isSame ? tiles : withCalls(program, options, calls);
}

function withCalls(
  program: Program,
  options: LoweringOptions,
  calls: readonly Group[],
): OutlinedProgram {
  const main = lowerToLanes(calls.length === 0 ? program : openCalls(program, calls), options);
  const inputCount = program.inputs.length;
  const outputCount = program.outputs.length;
  const functions = new Map<string, { readonly place: number; readonly code: LaneProgram }>();
  let nextArgument = outputCount;
  let nextResult = inputCount;
  const statements = calls.map((group): CallStatement => {
    const known = functions.get(group.key);
    const callee = known ?? { place: functions.size, code: functionOf(group, options) };
    functions.set(group.key, callee);
    return {
      kind: 'call',
      callee: callee.place,
      arguments: group.arguments.map(() => at(main.results, nextArgument++)),
      // Arguments of the lane program are the values 0, 1, …, by the definition of a body.
      results: group.members.map(() => nextResult++ as LaneValue),
    };
  });
  const results = main.results.slice(0, outputCount);
  return {
    ...main,
    arguments: main.arguments.slice(0, inputCount),
    inputNames: main.inputNames.slice(0, inputCount),
    outputNames: main.outputNames.slice(0, outputCount),
    statements:
      calls.length === 0 ? main.statements : placeCalls(main.statements, statements, results),
    results,
    functions: [...functions.values()].map(({ code }) => code),
  };
}

/**
 * The Program with the results of calls as inputs behind its own, and the arguments of calls as
 * outputs behind its own.
 */
function openCalls(program: Program, calls: readonly Group[]): Program {
  const builder = new ProgramBuilder(program.name);
  const moved: Operand[] = program.inputs.map(({ name, type }) => builder.input(name, type));
  const results = new Map<number, Operand>();
  calls.forEach(({ members }, call) => {
    members.forEach(({ index }, k) => {
      results.set(index, builder.input(`result ${call}.${k} of a call`, scalarType));
    });
  });
  const move = (operand: Operand): Operand =>
    operand.kind === 'literal' ? operand : at(moved, operand.id);
  program.equations.forEach(({ primitive, operands, parameters }, index) => {
    moved.push(results.get(index) ?? builder.emit(primitive, operands.map(move), parameters));
  });
  for (const { name, operand } of program.outputs) builder.output(name, move(operand));
  calls.forEach((group, call) => {
    group.arguments.forEach((operand, k) => {
      builder.output(`argument ${call}.${k} of a call`, move(operand));
    });
  });
  return builder.build();
}

/**
 * Statements with every call before the first use of its results, and before it what its arguments
 * need. Literals come first of all: those that only calls take were lowered last.
 */
function placeCalls(
  statements: readonly LaneStatement[],
  calls: readonly CallStatement[],
  results: readonly LaneValue[],
): readonly OutlinedStatement[] {
  const placement = new Placement([...statements, ...calls]);
  for (const statement of statements) {
    if (isLiteral(statement)) placement.take(statement);
  }
  for (const statement of statements) {
    for (const value of definedBy(statement)) placement.require(value);
  }
  for (const value of results) placement.require(value);
  return placement.placed;
}

function at<T>(list: readonly T[], place: number): T {
  const element = list[place];
  if (element === undefined) throw new Error(`element ${place} of ${list.length} is missing`);
  return element;
}
