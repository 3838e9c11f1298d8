/**
 * JavaScript text from a scalar Program: one `const` an equation, in the Program's order, for one
 * point and, inside a loop, for a batch. Linear in the number of equations.
 *
 * Identifiers are v0, v1, … by value number (inputs first), so that they can't collide with
 * helpers or with each other; names of inputs and outputs only occur as escaped string literals.
 */
import { elementwiseNamed } from '../../program/primitives.ts';
import type { Operand, Program } from '../../program/types.ts';
import { UserError } from '../../support/user-error.ts';
import { helpersUsed, helperText } from './helpers.ts';
import { numberText, stringText } from './text.ts';

/** Generated code in its two forms. */
export interface GeneratedJavaScript {
  /** A complete ES module that exports `inputs`, `outputs`, `point` and `batch`. */
  readonly module: string;
  /** Body of a function of the helpers that returns `{ point, batch }`. */
  readonly body: string;
  /** Names of the helpers that the body's function takes, in order. */
  readonly helpers: readonly string[];
}

function operandText(operand: Operand): string {
  if (operand.kind === 'value') return `v${operand.id}`;
  const [value] = operand.data;
  if (value === undefined) throw new Error('a scalar literal without a number');
  return numberText(value);
}

function requireScalars(program: Program): void {
  const shapes = [
    ...program.inputs.map(({ type }) => type.shape),
    ...program.equations.map(({ type }) => type.shape),
  ];
  const tensor = shapes.find((shape) => shape.length > 0);
  if (tensor === undefined) return;
  throw new UserError({
    code: 'compile-tensor',
    message:
      `${program.name} has a value of shape [${tensor.join(', ')}]; the JavaScript target compiles ` +
      'scalar programs only: write the function over scalars',
  });
}

const indent = (lines: readonly string[], by: string): string[] => lines.map((line) => by + line);

/**
 * Generates code for a Program as it is.
 * @throws UserError `compile-tensor` where a value has axes
 */
export function generateJavaScript(program: Program): GeneratedJavaScript {
  requireScalars(program);
  const { inputs, equations, outputs } = program;
  const statements = equations.map(({ primitive, operands, parameters }, index) => {
    const text = elementwiseNamed(primitive).javascript(operands.map(operandText), parameters);
    return `const v${inputs.length + index} = ${text};`;
  });
  const used = new Set(
    [...equations.flatMap(({ operands }) => operands), ...outputs.map(({ operand }) => operand)]
      .filter((operand) => operand.kind === 'value')
      .map(({ id }) => Number(id)),
  );

  const point = [
    `function point(${inputs.map((_, index) => `v${index}`).join(', ')}) {`,
    ...indent(statements, '  '),
    '  return [',
    ...outputs.map(({ name, operand }) => `    ${operandText(operand)}, // ${stringText(name)}`),
    '  ];',
    '}',
  ];
  const batch = [
    'function batch(columns, count) {',
    ...outputs.map((_, index) => `  const y${index} = new Float64Array(count);`),
    ...inputs.flatMap((_, index) =>
      used.has(index) ? [`  const x${index} = columns[${index}];`] : [],
    ),
    '  for (let i = 0; i < count; i += 1) {',
    ...inputs.flatMap((_, index) =>
      used.has(index) ? [`    const v${index} = x${index}[i];`] : [],
    ),
    ...indent(statements, '    '),
    ...outputs.map(({ operand }, index) => `    y${index}[i] = ${operandText(operand)};`),
    '  }',
    `  return [${outputs.map((_, index) => `y${index}`).join(', ')}];`,
    '}',
  ];

  const helpers = helpersUsed(statements);
  const nameList = (names: readonly { readonly name: string }[]): string =>
    names.map(({ name }) => stringText(name)).join(', ');
  const module = [
    `// ${stringText(program.name)}, written by crosscountry.`,
    '',
    ...helperText(helpers),
    '/** Names of the arguments of `point`. */',
    `export const inputs = [${nameList(inputs)}];`,
    '/** Names of the numbers that `point` returns. */',
    `export const outputs = [${nameList(outputs)}];`,
    '',
    '/** One point: a number an input in, a number an output back. */',
    `export ${point.join('\n')}`,
    '',
    '/** `count` points: an array of `count` numbers an input in, one an output back. */',
    `export ${batch.join('\n')}`,
    '',
  ].join('\n');
  const body = ["'use strict';", ...point, ...batch, 'return { point, batch };'].join('\n');
  return { module, body, helpers };
}
