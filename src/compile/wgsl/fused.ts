/**
 * A Program of scalars as shaders: one invocation a point, straight-line code. Long Programs are cut
 * into kernels of at most `longest` statements; what crosses lies in the scratch buffer.
 */
import type { LaneType, LaneValue } from '../lanes/types.ts';
import type { ShaderKernel, ShaderStep } from '../shader.ts';
import type { ShaderPrecision } from '../target-description.ts';
import {
  definedBy,
  operandsOf,
  type OutlinedProgram,
  type OutlinedStatement,
} from '../outline/statements.ts';
import { divideProgram, type ProgramPart } from '../outline/parts.ts';
import { StoresByValue } from '../outline/stores.ts';
import { BodyText, type FunctionNames } from './body.ts';
import { gatherCalls } from './gather-calls.ts';
import { fromBits, kernelText, tileText, toBits } from './kernel-text.ts';
import { FunctionLibrary } from './library.ts';

/** Kernels of a Program, and the numbers a point that cross between them. */
export interface FusedShaders {
  readonly kernels: readonly ShaderKernel[];
  readonly steps: readonly ShaderStep[];
  readonly scratchTotal: number;
}

/** Generates the kernels. */
export function fusedShaders(
  given: OutlinedProgram,
  options: {
    readonly builtIns: boolean;
    readonly longest: number;
    readonly precision: ShaderPrecision;
  },
): FusedShaders {
  const { precision } = options;
  const program = options.builtIns ? given : gatherCalls(given);
  const { parts, slots, slotCount } = divideProgram(program, options.longest);
  const library = new FunctionLibrary(options.builtIns);
  const names = library.namesFor(program);
  const { arguments: inputs, results } = program;
  const looped = loopedCalls(program);
  const sizes = { inputs: inputs.length, outputs: results.length, scratch: slotCount };
  const frame = { workers: 'invocation', precision, sizes } as const;
  const kernels = parts.map((part, index): ShaderKernel => {
    const lines = partLines(program, part, slots, { names, looped, precision });
    const name =
      parts.length === 1 ? program.name : `${program.name}, part ${index + 1} of ${parts.length}`;
    return { name, ...kernelText(frame, library.textFor(lines), lines) };
  });
  return {
    kernels,
    steps: kernels.map((_, kernel) => ({ kernel, groups: 1, places: [] })),
    scratchTotal: slotCount,
  };
}

/** Operations that all places of one function side by side may take before they become a loop. */
const unrolledOperations = 400;

/** Functions whose calls, so many side by side, are to be a loop. */
function loopedCalls(program: OutlinedProgram): (callee: number, calls: number) => boolean {
  const sizes = program.functions.map(
    ({ statements, routines }) =>
      statements.length + routines.reduce((sum, routine) => sum + routine.statements.length, 0),
  );
  return (callee, calls) => calls > 1 && calls * (sizes[callee] ?? 0) > unrolledOperations;
}

/** Statements one by one, and runs of calls that are to be a loop together. */
function groupsOf(
  statements: readonly OutlinedStatement[],
  looped: (callee: number, calls: number) => boolean,
): (readonly OutlinedStatement[])[] {
  const runs: OutlinedStatement[][] = [];
  for (const statement of statements) {
    const [head] = runs.at(-1) ?? [];
    const joins =
      statement.kind === 'call' && head?.kind === 'call' && head.callee === statement.callee;
    if (joins) runs.at(-1)?.push(statement);
    else runs.push([statement]);
  }
  return runs.flatMap((run) => {
    const [head] = run;
    const loops = head?.kind === 'call' && looped(head.callee, run.length);
    return loops ? [run] : run.map((statement) => [statement]);
  });
}

/** Loads before the first use, statements, stores as soon as values are there. */
function partLines(
  program: OutlinedProgram,
  part: ProgramPart<OutlinedStatement>,
  slots: ReadonlyMap<LaneValue, number>,
  {
    names,
    looped,
    precision,
  }: {
    readonly names: FunctionNames;
    readonly looped: (callee: number, calls: number) => boolean;
    readonly precision: ShaderPrecision;
  },
): string[] {
  const stored = part.results.map((index) => {
    const value = program.results[index];
    if (value === undefined) throw new Error(`result ${index} is no value of the program`);
    return value;
  });
  const leaving = new Set(part.leaving);
  const made = new Set(part.statements.flatMap(definedBy));
  const text = new BodyText(program.types, names, precision);
  const stores = new StoresByValue(stored, part.results);
  const loaded = new Set<LaneValue>();
  const lines: string[] = [];
  const typeOf = (value: LaneValue): LaneType => program.types[value] ?? 'real';
  const load = (value: LaneValue): void => {
    if (made.has(value) || loaded.has(value)) return;
    const slot = slots.get(value);
    // Arguments are the values 0, 1, …, by the definition of a body.
    const isInput = value < program.arguments.length;
    if (!isInput && slot === undefined) {
      throw new Error(`lane value ${value} is used before it exists`);
    }
    loaded.add(value);
    const from = isInput
      ? tileText('invocation', 'inputs', String(value))
      : fromBits(typeOf(value), tileText('invocation', 'scratch', String(slot ?? 0)), precision);
    lines.push(`let v${value} = ${from};`);
  };
  for (const group of groupsOf(part.statements, looped)) {
    group.flatMap(operandsOf).forEach(load);
    lines.push(...text.group(group));
    for (const statement of group) {
      for (const [value, index] of stores.madeBy(statement)) {
        lines.push(`${tileText('invocation', 'outputs', String(index))} = ${text.text(value)};`);
      }
      for (const value of definedBy(statement)) {
        if (!leaving.has(value)) continue;
        const bits = toBits(typeOf(value), text.text(value), precision);
        lines.push(
          `${tileText('invocation', 'scratch', String(slots.get(value) ?? 0))} = ${bits};`,
        );
      }
    }
  }
  for (const [value, index] of stores.rest()) {
    load(value);
    lines.push(`${tileText('invocation', 'outputs', String(index))} = ${text.text(value)};`);
  }
  return lines;
}
