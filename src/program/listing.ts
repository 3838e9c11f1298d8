/**
 * Programs as text that people read and that reads back to the same Program:
 *
 *     program price
 *     in S, K[3], c: boolean
 *     v1 = mul S K
 *     v2 = integerPow[exponent=2] v1
 *     v3 = where c v2 -0.5
 *     out a = v3
 *
 * Equations are numbered from 1 and inputs go by name. A literal is a number (always with a point,
 * an exponent, or as NaN or Infinity) or `tensor[2,2](1.0 2.0 3.0 4.0)`. Names that are not plain
 * words, or that could be taken for something else, stand in double quotes with JSON's escapes.
 * Empty lines and lines that begin with # are passed over.
 */
import { UserError } from '../support/user-error.ts';
import type {
  Literal,
  Operand,
  Parameters,
  ParameterValue,
  Program,
  ProgramInput,
} from './types.ts';
import { listingReader } from './listing-reader.ts';

/** Words that need no quotes where a name is expected. */
const plainName = /^[\p{L}_∂][\p{L}\p{N}_∂./-]*$/u;

/** Words that are something else where an operand is expected. */
const taken = /^(?:v\d+|NaN|Infinity|tensor)$/;

function printName(name: string): string {
  return plainName.test(name) && !taken.test(name) ? name : JSON.stringify(name);
}

/** Outputs may be called by a number, as those of an array are. */
function printOutputName(name: string): string {
  return /^\d+$/.test(name) ? name : printName(name);
}

/** Exact, and never to be taken for a name. */
function printNumber(x: number): string {
  if (Object.is(x, -0)) return '-0.0';
  const text = String(x);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

function printLiteral({ shape, data }: Literal): string {
  const numbers = data.map(printNumber).join(' ');
  return shape.length === 0 ? numbers : `tensor[${shape.join(',')}](${numbers})`;
}

function printInput({ name, type: { shape, kind } }: ProgramInput): string {
  const axes = shape.length === 0 ? '' : `[${shape.join(',')}]`;
  return `${printName(name)}${axes}${kind === 'boolean' ? ': boolean' : ''}`;
}

/** JSON, in which −0 is written as 0 by JSON.stringify but read as itself. */
function printParameter(value: ParameterValue): string {
  if (typeof value === 'object') return `[${value.map(printParameter).join(',')}]`;
  return Object.is(value, -0) ? '-0' : JSON.stringify(value);
}

function printParameters(parameters: Parameters): string {
  const entries = Object.entries(parameters);
  if (entries.length === 0) return '';
  return `[${entries.map(([name, value]) => `${name}=${printParameter(value)}`).join(', ')}]`;
}

/** The Program as text, ending in a line end. */
export function printProgram(program: Program): string {
  const { name, inputs, equations, outputs } = program;
  const printOperand = (operand: Operand): string => {
    if (operand.kind === 'literal') return printLiteral(operand);
    const input = inputs[operand.id];
    return input === undefined ? `v${operand.id - inputs.length + 1}` : printName(input.name);
  };
  return [
    `program ${printName(name)}`,
    ...(inputs.length === 0 ? [] : [`in ${inputs.map(printInput).join(', ')}`]),
    ...equations.map(({ primitive, operands, parameters }, index) =>
      [
        `v${index + 1} = ${primitive}${printParameters(parameters)}`,
        ...operands.map(printOperand),
      ].join(' '),
    ),
    ...outputs.map(
      (output) => `out ${printOutputName(output.name)} = ${printOperand(output.operand)}`,
    ),
    '',
  ].join('\n');
}

/**
 * Reads a listing. The Program is built anew, so that types are inferred and everything is checked.
 * @throws UserError listing-syntax, unknown-name, shape-mismatch, with the line
 */
export function parseProgram(text: string): Program {
  const reader = listingReader();
  text.split(/\r?\n/).forEach((line, index) => {
    if (/^\s*(?:#|$)/.test(line)) return;
    try {
      reader.line(line);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const { code, message } = error;
      throw new UserError({ code, message, at: `line ${index + 1}`, cause: error });
    }
  });
  return reader.end();
}
