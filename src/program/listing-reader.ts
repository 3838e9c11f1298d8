/** Reads the lines of a listing (listing.ts) one by one into a ProgramBuilder. */
import { suggestion } from '../support/suggest.ts';
import { UserError } from '../support/user-error.ts';
import { equationFault, ProgramBuilder } from './builder.ts';
import { primitives } from './primitives.ts';
import { elementCount } from './shapes.ts';
import type { Operand, ParameterValue, Program, Reference } from './types.ts';
import { literal, literalTensor, reference, valueId } from './values.ts';

/** Takes a listing line by line. */
export interface ListingReader {
  /** @throws UserError listing-syntax, unknown-name, shape-mismatch */
  line(text: string): void;
  /** @throws UserError listing-syntax where there was no line */
  end(): Program;
}

function fault(message: string): UserError {
  return new UserError({ code: 'listing-syntax', message });
}

const number =
  /-?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Infinity)(?![\p{L}\p{N}_.])|NaN(?![\p{L}\p{N}_.])/uy;
const name = /(?:"(?:[^"\\]|\\.)*"|[\p{L}\p{N}_∂][\p{L}\p{N}_∂./-]*)/uy;
const equationName = /v([1-9]\d{0,8})(?![\p{L}\p{N}_∂./-])/uy;
/** Numbers, words, or lists of numbers one or two deep, as JSON has them. */
const parameterValue =
  /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|true|false|"(?:[^"\\]|\\.)*"|\[(?:[^[\]"]|\[[^[\]"]*\])*\]/y;

/** Reads one line from left to right. */
class Line {
  readonly #text: string;
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
    this.#skip();
  }

  /** The match of a sticky pattern here, passed over with the blanks behind it. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#offset;
    const match = pattern.exec(this.#text);
    if (match === null) return undefined;
    this.#offset = pattern.lastIndex;
    this.#skip();
    return match;
  }

  takeText(text: string): boolean {
    if (!this.#text.startsWith(text, this.#offset)) return false;
    this.#offset += text.length;
    this.#skip();
    return true;
  }

  expect(pattern: RegExp, what: string): RegExpExecArray {
    const match = this.take(pattern);
    if (match === undefined) throw fault(`${what} is expected, not ${this.#rest()}`);
    return match;
  }

  expectText(text: string): void {
    if (!this.takeText(text)) throw fault(`"${text}" is expected, not ${this.#rest()}`);
  }

  expectName(): string {
    const [found] = this.expect(name, 'a name');
    if (!found.startsWith('"')) return found;
    const read = readJson(found);
    if (typeof read !== 'string') throw fault(`the name ${found} is not a JSON string`);
    return read;
  }

  get atEnd(): boolean {
    return this.#offset >= this.#text.length;
  }

  expectEnd(): void {
    if (!this.atEnd) throw fault(`the end of the line is expected, not ${this.#rest()}`);
  }

  #skip(): void {
    while (this.#text[this.#offset] === ' ' || this.#text[this.#offset] === '\t') this.#offset += 1;
  }

  #rest(): string {
    const rest = this.#text.slice(this.#offset, this.#offset + 20);
    return rest === '' ? 'the end of the line' : JSON.stringify(rest);
  }
}

function readJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    throw fault(`${text} is not JSON`);
  }
}

function isNumberList(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'number');
}

function readParameterValue(text: string): ParameterValue {
  const value = readJson(text);
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') {
    return value;
  }
  if (isNumberList(value)) return value;
  if (Array.isArray(value) && value.every(isNumberList)) return value;
  throw fault(`the parameter value ${text} is no number, word or list of numbers`);
}

/** `[2,3]`, or nothing for a scalar. */
function readShape(line: Line): number[] {
  const [found] = line.take(/\[[\d, ]*\]/y) ?? [];
  if (found === undefined) return [];
  const shape = readJson(found);
  if (!isNumberList(shape)) throw fault(`${found} is no shape; write [2,3]`);
  return shape;
}

/** A reader at the first line. */
export function listingReader(): ListingReader {
  let builder: ProgramBuilder | undefined;
  const inputs = new Map<string, Reference>();
  const outputs = new Set<string>();
  let section: 'in' | 'equations' | 'out' = 'in';

  const readOperand = (line: Line, building: ProgramBuilder): Operand => {
    const [, digits] = line.take(equationName) ?? [];
    if (digits !== undefined) {
      const equation = Number(digits);
      if (equation > building.equationCount) {
        throw fault(`v${equation} is used before it stands to the left of "="`);
      }
      return reference(valueId(inputs.size + equation - 1));
    }
    const [found] = line.take(number) ?? [];
    if (found !== undefined) return literal(Number(found));
    if (line.take(/tensor(?=\[)/y) !== undefined) {
      const shape = readShape(line);
      line.expectText('(');
      const data: number[] = [];
      while (!line.takeText(')')) data.push(Number(line.expect(number, 'a number or ")"')[0]));
      if (data.length !== elementCount(shape)) {
        throw fault(
          `the shape [${shape.join(',')}] needs ${elementCount(shape)} numbers, got ${data.length}`,
        );
      }
      return literalTensor(shape, data);
    }
    const called = line.expectName();
    const input = inputs.get(called);
    if (input !== undefined) return input;
    throw new UserError({
      code: 'unknown-name',
      message: `there is no input ${JSON.stringify(called)}.${suggestion(called, inputs.keys())}`,
    });
  };

  const readInputs = (line: Line, building: ProgramBuilder): void => {
    do {
      const called = line.expectName();
      const shape = readShape(line);
      const kind = line.takeText(':')
        ? line.expect(/(real|boolean)\b/y, '"real" or "boolean"')[1]
        : 'real';
      if (inputs.has(called)) throw fault(`two inputs are called ${JSON.stringify(called)}`);
      const type = { shape, kind: kind === 'boolean' ? kind : 'real' } as const;
      inputs.set(called, building.input(called, type));
    } while (line.takeText(','));
  };

  const readEquation = (line: Line, building: ProgramBuilder): void => {
    const [, digits] = line.expect(equationName, '"in", "out" or an equation such as "v1 = …"');
    const next = building.equationCount + 1;
    if (Number(digits) !== next) {
      throw fault(`v${digits} is out of turn: the next equation is v${next}`);
    }
    line.expectText('=');
    const [primitive] = line.expect(/[A-Za-z]\w*/y, 'the name of a primitive');
    const entry = primitives.get(primitive);
    if (entry === undefined) {
      throw new UserError({
        code: 'unknown-name',
        message: `there is no primitive ${JSON.stringify(primitive)}.${suggestion(primitive, primitives.keys())}`,
      });
    }
    const parameters: [string, ParameterValue][] = [];
    if (line.takeText('[')) {
      do {
        const [key] = line.expect(/[A-Za-z]\w*/y, 'the name of a parameter');
        line.expectText('=');
        const [value] = line.expect(parameterValue, 'the value of a parameter');
        parameters.push([key, readParameterValue(value)]);
      } while (line.takeText(','));
      line.expectText(']');
    }
    const operands: Operand[] = [];
    while (!line.atEnd) operands.push(readOperand(line, building));
    const named = Object.fromEntries(parameters);
    const wrong = equationFault(entry, operands.length, named);
    if (wrong !== undefined) throw fault(`${primitive}: ${wrong}`);
    building.emit(primitive, operands, named);
  };

  const readOutput = (line: Line, building: ProgramBuilder): void => {
    const called = line.expectName();
    if (outputs.has(called)) throw fault(`two outputs are called ${JSON.stringify(called)}`);
    line.expectText('=');
    outputs.add(called);
    building.output(called, readOperand(line, building));
  };

  const begin = (line: Line): ProgramBuilder => {
    line.expect(/program(?=\s)/y, '"program" and its name');
    return new ProgramBuilder(line.expectName());
  };

  return {
    line: (text) => {
      const line = new Line(text);
      if (builder === undefined) {
        builder = begin(line);
      } else if (line.take(/in(?=\s)/y) !== undefined) {
        if (section !== 'in') throw fault('inputs stand before equations and outputs');
        readInputs(line, builder);
      } else if (line.take(/out(?=\s)/y) !== undefined) {
        section = 'out';
        readOutput(line, builder);
      } else {
        if (section === 'out') throw fault('equations stand before outputs');
        section = 'equations';
        readEquation(line, builder);
      }
      line.expectEnd();
    },
    end: () => {
      if (builder === undefined) throw fault('the listing is empty; it begins with "program NAME"');
      return builder.build();
    },
  };
}
