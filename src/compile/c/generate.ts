/**
 * C text from a Program, in double precision: the same equations, in the same order and in the same
 * layout of tiles as the WebAssembly target runs, so that a C compiler's code for them can be put
 * beside ours. Nothing is fused or reordered here; what the compiler may do is up to its options.
 *
 * Identifiers are a letter and a number (v0, v1, … by value number, inputs first), so that names of
 * inputs and outputs can't collide with anything; those stand in comments only. `pow` is C's, which
 * has 1 for 1 to the power NaN where JavaScript has NaN.
 */
import type { Operand, Program } from '../../program/types.ts';
import { tilePoints } from '../wasm/tiles.ts';
import { scalarProgram } from '../wasm/unrolling.ts';
import { elementCount } from '../../program/shapes.ts';
import { shapeOf } from '../shapes.ts';
import { expressionText, helperText, numberText } from './expressions.ts';

/** How a Program becomes C. */
export interface COptions {
  /** Keep every operation as the Program has it: no simplification, no shared reciprocals. */
  readonly strict?: boolean;
  /** Whether the Program is simplified first; unless `strict`, yes if left out. */
  readonly simplify?: boolean;
}

/** How the exported code is called. */
export const cUsage = [
  'C99: point(in, out) computes one point: the elements of all inputs in a row in, of all outputs out',
  `run(tiles, in, out) computes tiles of ${tilePoints} points: for each number in order, ${tilePoints} doubles side by side`,
].join('\n');

function operandText(operand: Operand): string {
  if (operand.kind === 'value') return `v${operand.id}`;
  const [value] = operand.data;
  if (value === undefined) throw new Error('a scalar literal without a number');
  return numberText(value);
}

/** A comment that can't end early: no `*` stands before a `/`. */
const commentText = (text: string): string => JSON.stringify(text).replaceAll('*/', '* /');

/** One statement an equation. */
export function cStatements({ inputs, equations }: Program): string[] {
  return equations.map(({ primitive, operands, parameters }, index) => {
    const text = expressionText(primitive, operands.map(operandText), parameters);
    return `const double v${inputs.length + index} = ${text};`;
  });
}

/** Values that an equation or an output uses. */
function usedValues({ equations, outputs }: Program): Set<number> {
  const operands = [
    ...equations.flatMap((equation) => equation.operands),
    ...outputs.map(({ operand }) => operand),
  ];
  return new Set(operands.flatMap((operand) => (operand.kind === 'value' ? [operand.id] : [])));
}

/**
 * Generates C for a Program of any shapes, unrolled to scalars.
 * @throws UserError `target-size` where that is too large
 */
export function generateC(program: Program, options: COptions = {}): string {
  const { strict = false, simplify: simplified = !strict } = options;
  const scalars = scalarProgram(program, 'f64', { strict, simplified });
  const statements = cStatements(scalars);
  const used = usedValues(scalars);
  const describe = (name: string, length: number): string => `${commentText(name)}: ${length}`;
  const body = (element: (array: string, row: number) => string): string[] => [
    ...scalars.inputs.flatMap((_, row) =>
      used.has(row) ? [`const double v${row} = ${element('in', row)};`] : [],
    ),
    ...statements,
    ...scalars.outputs.map(
      ({ operand }, row) => `${element('out', row)} = ${operandText(operand)};`,
    ),
  ];
  const indented = (lines: readonly string[], by: string): string[] =>
    lines.map((line) => by + line);
  const [rowsIn, rowsOut] = [scalars.inputs.length, scalars.outputs.length];
  return [
    `/* ${commentText(program.name)}, written by crosscountry.`,
    '   Numbers of the inputs, in order:',
    ...program.inputs.map(({ name, type }) => `   ${describe(name, elementCount(type.shape))}`),
    '   Numbers of the outputs, in order:',
    ...program.outputs.map(
      ({ name, operand }) => `   ${describe(name, elementCount(shapeOf(program, operand)))}`,
    ),
    '*/',
    '#include <math.h>',
    '#include <stddef.h>',
    '',
    ...helperText(statements),
    '/* One point. */',
    'void point(const double *restrict in, double *restrict out) {',
    ...indented(
      body((array, row) => `${array}[${row}]`),
      '  ',
    ),
    '}',
    '',
    `/* Tiles of ${tilePoints} points: for each number in order, ${tilePoints} doubles side by side. */`,
    'void run(size_t tiles, const double *restrict in, double *restrict out) {',
    `  for (size_t tile = 0; tile < tiles; tile += 1, in += ${rowsIn * tilePoints}, out += ${rowsOut * tilePoints}) {`,
    `    for (int p = 0; p < ${tilePoints}; p += 1) {`,
    ...indented(
      body((array, row) => `${array}[${row * tilePoints} + p]`),
      '      ',
    ),
    '    }',
    '  }',
    '}',
    '',
  ].join('\n');
}
