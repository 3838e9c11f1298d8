/**
 * JavaScript text from a Program: a function of one point and a function of a batch. Scalar Programs
 * become straight lines (straight-line.ts), Programs with axes loops over typed arrays (loops.ts).
 *
 * Identifiers are a letter and a number (v0, v1, … by value number, inputs first), so that they
 * can't collide with helpers or with each other; names of inputs and outputs only occur as escaped
 * string literals.
 */
import { elementCount, printShape } from '../../program/shapes.ts';
import type { Program, Shape } from '../../program/types.ts';
import { shapeOf, takesTensors } from '../shapes.ts';
import { helpersUsed, helperText } from './helpers.ts';
import { loopCode } from './loops.ts';
import { operandText, straightLine } from './straight-line.ts';
import { stringText } from './text.ts';

/** Generated code in its two forms. */
export interface GeneratedJavaScript {
  /** Whether any value has axes or is made by a primitive on whole tensors: code by loops. */
  readonly hasAxes: boolean;
  /** A complete ES module: `inputs`, `inputShapes`, `outputs`, `outputShapes`, `point`, `batch`. */
  readonly module: string;
  /** Body of a function of the helpers that returns `{ point, batch }`. */
  readonly body: string;
  /** Names of the helpers that the body's function takes, in order. */
  readonly helpers: readonly string[];
}

/** The parts that scalar Programs and Programs with axes fill differently. */
interface Functions {
  readonly declarations: readonly string[];
  readonly point: readonly string[];
  /** Allocates the results. */
  readonly batch: readonly string[];
  /** The loop over points, into arrays that are there. */
  readonly fill: readonly string[];
  /** What `point` and `batch` take and give, for the reader of the module. */
  readonly pointComment: string;
  readonly batchComment: string;
}

const indent = (lines: readonly string[], by: string): string[] => lines.map((line) => by + line);

/** Ids of values that are used as an operand or an output. */
function usedValues({ equations, outputs }: Program): Set<number> {
  return new Set(
    [...equations.flatMap(({ operands }) => operands), ...outputs.map(({ operand }) => operand)]
      .filter((operand) => operand.kind === 'value')
      .map(({ id }) => Number(id)),
  );
}

function scalarFunctions(program: Program): Functions {
  const { inputs, outputs } = program;
  const statements = straightLine(program);
  const used = usedValues(program);
  return {
    declarations: [],
    pointComment: 'One point: a number an input in, a number an output back.',
    point: [
      `function point(${inputs.map((_, index) => `v${index}`).join(', ')}) {`,
      ...indent(statements, '  '),
      '  return [',
      ...outputs.map(({ name, operand }) => `    ${operandText(operand)}, // ${stringText(name)}`),
      '  ];',
      '}',
    ],
    batchComment: '`count` points: an array of `count` numbers an input in, one an output back.',
    batch: [
      'function batch(columns, count) {',
      `  const results = [${outputs.map(() => 'new Float64Array(count)').join(', ')}];`,
      '  fill(columns, count, results);',
      '  return results;',
      '}',
    ],
    fill: [
      'function fill(columns, count, results) {',
      ...outputs.map((_, index) => `  const y${index} = results[${index}];`),
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
      '}',
    ],
  };
}

/** `count`, or `count * 6`. */
const timesCount = (length: number): string => (length === 1 ? 'count' : `count * ${length}`);

function tensorFunctions(program: Program): Functions {
  const { inputs, outputs } = program;
  const { declarations, functions, calls } = loopCode(program);
  const used = usedValues(program);
  const shapes = outputs.map(({ operand }) => shapeOf(program, operand));
  const note = (name: string, shape: Shape): string =>
    `// ${stringText(name)}: ${printShape(shape)}`;
  const start = (name: string, shape: Shape): string =>
    `const ${name} = ${elementCount(shape) === 1 ? 'i' : `i * ${elementCount(shape)}`};`;
  const starts = [
    ...inputs.flatMap(({ type }, index) =>
      used.has(index) ? [start(`o${index}`, type.shape)] : [],
    ),
    ...shapes.map((shape, index) => start(`p${index}`, shape)),
  ];
  return {
    declarations: [...declarations, ...functions.flatMap((lines) => ['', ...lines])],
    pointComment:
      'One point: a number or a flat row-major array an input in, the same an output back.',
    point: [
      `function point(${inputs.map((_, index) => `v${index}`).join(', ')}) {`,
      `  const columns = [${inputs
        .map(({ type }, index) => (type.shape.length === 0 ? `[v${index}]` : `v${index}`))
        .join(', ')}];`,
      '  const results = batch(columns, 1);',
      `  return [${shapes
        .map((shape, index) => (shape.length === 0 ? `results[${index}][0]` : `results[${index}]`))
        .join(', ')}];`,
      '}',
    ],
    batchComment:
      '`count` points: an array an input in, one an output back, row-major `[count, ...shape]`.',
    batch: [
      'function batch(columns, count) {',
      '  const results = [',
      ...shapes.map((shape) => `    new Float64Array(${timesCount(elementCount(shape))}),`),
      '  ];',
      '  fill(columns, count, results);',
      '  return results;',
      '}',
    ],
    fill: [
      'function fill(columns, count, results) {',
      ...outputs.map(
        ({ name }, index) =>
          `  const y${index} = results[${index}]; ${note(name, shapes[index] ?? [])}`,
      ),
      ...inputs.flatMap(({ name, type }, index) =>
        used.has(index) ? [`  const x${index} = columns[${index}]; ${note(name, type.shape)}`] : [],
      ),
      '  for (let i = 0; i < count; i += 1) {',
      ...indent([...starts, ...calls], '    '),
      '  }',
      '}',
    ],
  };
}

/** Generates code for a Program as it is. */
export function generateJavaScript(program: Program): GeneratedJavaScript {
  const { inputs, outputs } = program;
  const hasAxes = takesTensors(program);
  const functions = hasAxes ? tensorFunctions(program) : scalarFunctions(program);
  const { declarations, point, batch, fill } = functions;

  const helpers = helpersUsed([...declarations, ...fill]);
  const nameList = (names: readonly { readonly name: string }[]): string =>
    names.map(({ name }) => stringText(name)).join(', ');
  const shapeList = (shapes: readonly Shape[]): string => shapes.map(printShape).join(', ');
  const module = [
    `// ${stringText(program.name)}, written by crosscountry.`,
    '',
    ...helperText(helpers),
    '/** Names of the arguments of `point`. */',
    `export const inputs = [${nameList(inputs)}];`,
    '/** Their shapes; `[]` is a number. */',
    `export const inputShapes = [${shapeList(inputs.map(({ type }) => type.shape))}];`,
    '/** Names of what `point` returns. */',
    `export const outputs = [${nameList(outputs)}];`,
    '/** Their shapes. */',
    `export const outputShapes = [${shapeList(outputs.map(({ operand }) => shapeOf(program, operand)))}];`,
    '',
    ...(declarations.length === 0
      ? []
      : ['// Constants and what is computed on the way, overwritten by every point.']),
    ...declarations,
    ...(declarations.length === 0 ? [] : ['']),
    `/** ${functions.pointComment} */`,
    `export ${point.join('\n')}`,
    '',
    `/** ${functions.batchComment} */`,
    `export ${batch.join('\n')}`,
    '',
    '/** The loop of `batch`: writes to arrays that are there. */',
    `export ${fill.join('\n')}`,
    '',
  ].join('\n');
  const body = [
    "'use strict';",
    ...declarations,
    ...point,
    ...batch,
    ...fill,
    'return { point, batch, fill };',
  ].join('\n');
  return { hasAxes, module, body, helpers };
}
