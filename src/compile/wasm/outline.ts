/**
 * Elementary functions as functions of the module. Lowered in place, every sine or power is a hundred
 * operations that the engine has to compile again; what a Program calls often is therefore lowered
 * once, on its own, and called. What it calls seldom stays in place, where it costs no call and
 * shares what it can. Sine and cosine of one value stay together, and so do sinh and cosh.
 */
import { lowerToLanes, type LoweringOptions } from '../lanes/lower.ts';
import type { LaneProgram, LaneStatement, LaneValue } from '../lanes/types.ts';
import { ProgramBuilder } from '../../program/builder.ts';
import type { Equation, Operand, Program } from '../../program/types.ts';
import { scalarType } from '../../program/values.ts';

/** Calls a function of the module. */
export interface CallStatement {
  readonly kind: 'call';
  /** Place in the list of functions. */
  readonly callee: number;
  readonly arguments: readonly LaneValue[];
  readonly results: readonly LaneValue[];
}

/** What the code of a module consists of. */
export type WasmStatement = LaneStatement | CallStatement;

/** A lane program that calls functions. */
export interface OutlinedProgram extends Omit<LaneProgram, 'statements'> {
  readonly statements: readonly WasmStatement[];
  /** Each with as many inputs and outputs as its calls have arguments and results. */
  readonly functions: readonly LaneProgram[];
}

/** Most operations that all places of one function together may take before it is called instead. */
const inlinedOperations = 400;

/** Functions whose values at one argument have most of their operations in common. */
const families: readonly (readonly string[])[] = [
  ['sin', 'cos'],
  ['sinh', 'cosh'],
];

/** Primitives that lanes have operations for; everything else may be long. */
const short: ReadonlySet<string> = new Set([
  ...['add', 'sub', 'mul', 'div', 'neg', 'abs', 'sign', 'sqrt', 'min', 'max', 'where'],
  ...['lt', 'le', 'gt', 'ge', 'eq', 'ne', 'convert', 'stopGradient'],
  ...['sumOf', 'dotOf', 'maxOf', 'minOf'],
]);

/** Equations that one call computes. */
interface Group {
  /** Equal for the same function. */
  readonly key: string;
  readonly head: Equation;
  /** Primitives, in the order of the results. */
  readonly primitives: readonly string[];
  /** Numbers of the equations, in the order of `primitives`. */
  readonly equations: readonly number[];
}

const operandText = (operand: Operand): string =>
  operand.kind === 'value' ? `v${operand.id}` : String(operand.data[0]);

/** The equations that may be calls, by the call they would be. */
function groupsOf({ equations }: Program): Group[] {
  const found = new Map<string, { equation: Equation; index: number }[]>();
  equations.forEach((equation, index) => {
    const { primitive, operands, parameters } = equation;
    if (short.has(primitive)) return;
    const family = families.find((names) => names.includes(primitive))?.join(' ') ?? primitive;
    const place = [family, JSON.stringify(parameters), ...operands.map(operandText)].join(' ');
    const others = found.get(place) ?? [];
    // Without simplification the same equation may stand twice; the second is a call of its own.
    const repeated = others.some((other) => other.equation.primitive === primitive);
    found.set(repeated ? `${place} ${index}` : place, [
      ...(repeated ? [] : others),
      { equation, index },
    ]);
  });
  return [...found.values()].flatMap((members) => {
    const sorted = members.toSorted((a, b) =>
      a.equation.primitive < b.equation.primitive ? -1 : 1,
    );
    const [head] = sorted;
    if (head === undefined) return [];
    const primitives = sorted.map(({ equation }) => equation.primitive);
    return [
      {
        key: `${primitives.join(' ')} ${JSON.stringify(head.equation.parameters)}`,
        head: head.equation,
        primitives,
        equations: sorted.map(({ index }) => index),
      },
    ];
  });
}

const lowered = new Map<string, LaneProgram>();

/** The function of a group on its own; lowered once a process. */
function functionOf({ key, head, primitives }: Group, options: LoweringOptions): LaneProgram {
  const whole = `${key} ${options.precision} ${String(options.fused)}`;
  const known = lowered.get(whole);
  if (known !== undefined) return known;
  const builder = new ProgramBuilder(primitives.join(' '));
  const inputs = head.operands.map((_, k) => builder.input(`x${k}`, scalarType));
  for (const primitive of primitives) {
    builder.output(primitive, builder.emit(primitive, inputs, head.parameters));
  }
  const made = lowerToLanes(builder.build(), options);
  lowered.set(whole, made);
  return made;
}

const operationsOf = ({ statements }: LaneProgram): number =>
  statements.filter(
    (statement) => statement.kind === 'guarded' || statement.operation.operands.length > 0,
  ).length;

/** The groups that are going to be calls. */
function callsOf(program: Program, options: LoweringOptions): Group[] {
  const groups = groupsOf(program);
  const counts = new Map<string, number>();
  for (const { key } of groups) counts.set(key, (counts.get(key) ?? 0) + 1);
  return groups.filter((group) => {
    const operations = (counts.get(group.key) ?? 0) * operationsOf(functionOf(group, options));
    return operations > inlinedOperations;
  });
}

/**
 * Lowers a Program of scalars, with calls where they pay.
 * @throws UserError `lane-tensor`, as lowerToLanes does
 */
export function lowerWithCalls(program: Program, options: LoweringOptions): OutlinedProgram {
  const calls = callsOf(program, options);
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
      arguments: group.head.operands.map(() => at(main.results, nextArgument++)),
      // Arguments of the lane program are the values 0, 1, …, by the definition of a body.
      results: group.equations.map(() => nextResult++ as LaneValue),
    };
  });
  const results = main.results.slice(0, outputCount);
  return {
    ...main,
    arguments: main.arguments.slice(0, inputCount),
    inputNames: main.inputNames.slice(0, inputCount),
    outputNames: main.outputNames.slice(0, outputCount),
    statements: placeCalls(main.statements, statements, results),
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
  calls.forEach(({ equations }, call) => {
    equations.forEach((equation, k) => {
      results.set(equation, builder.input(`result ${call}.${k} of a call`, scalarType));
    });
  });
  const move = (operand: Operand): Operand =>
    operand.kind === 'literal' ? operand : at(moved, operand.id);
  program.equations.forEach(({ primitive, operands, parameters }, index) => {
    moved.push(results.get(index) ?? builder.emit(primitive, operands.map(move), parameters));
  });
  for (const { name, operand } of program.outputs) builder.output(name, move(operand));
  calls.forEach(({ head }, call) => {
    head.operands.forEach((operand, k) => {
      builder.output(`argument ${call}.${k} of a call`, move(operand));
    });
  });
  return builder.build();
}

/** Statements with every call before the first use of its results. */
function placeCalls(
  statements: readonly LaneStatement[],
  calls: readonly CallStatement[],
  results: readonly LaneValue[],
): WasmStatement[] {
  const waiting = new Map<LaneValue, CallStatement>();
  for (const call of calls) for (const value of call.results) waiting.set(value, call);
  const placed: WasmStatement[] = [];
  const require = (value: LaneValue): void => {
    const call = waiting.get(value);
    if (call === undefined) return;
    for (const result of call.results) waiting.delete(result);
    call.arguments.forEach(require);
    placed.push(call);
  };
  for (const statement of statements) {
    operandsOf(statement).forEach(require);
    placed.push(statement);
  }
  results.forEach(require);
  return placed;
}

/** The values that a statement uses. */
export function operandsOf(statement: WasmStatement): readonly LaneValue[] {
  switch (statement.kind) {
    case 'define':
      return statement.operation.operands;
    case 'call':
      return statement.arguments;
    case 'guarded': {
      const otherwise = statement.results.map((result) => result.otherwise);
      return [statement.condition, ...statement.arguments, ...otherwise];
    }
  }
}

/** The values that a statement makes. */
export function definedBy(statement: WasmStatement): readonly LaneValue[] {
  switch (statement.kind) {
    case 'define':
      return [statement.value];
    case 'call':
      return statement.results;
    case 'guarded':
      return statement.results.map(({ value }) => value);
  }
}

function at<T>(list: readonly T[], place: number): T {
  const element = list[place];
  if (element === undefined) throw new Error(`element ${place} of ${list.length} is missing`);
  return element;
}
