/** Lane code as WGSL statements: one `let` a value, in the order of the code. */
import type { LaneOperation, LaneType, LaneValue } from '../lanes/types.ts';
import type { OutlinedStatement } from '../outline/statements.ts';
import type { ShaderPrecision } from '../target-description.ts';
import {
  fromSingle,
  halfOperationText,
  kernelTypeText,
  operationText,
  toSingle,
} from './operations.ts';

/** Names of the functions that code calls. */
export interface FunctionNames {
  /** The function of a routine of the body. */
  routine(place: number): string;
  /** The function of a callee of the body. */
  callee(place: number): string;
}

/** Statements of one body. */
export class BodyText {
  readonly #types: readonly LaneType[];
  readonly #names: FunctionNames;
  readonly #precision: ShaderPrecision;
  readonly #literals = new Map<LaneValue, string>();

  /** @param precision of the body's reals; functions that it calls are in single precision */
  constructor(
    types: readonly LaneType[],
    names: FunctionNames,
    precision: ShaderPrecision = 'f32',
  ) {
    this.#types = types;
    this.#names = names;
    this.#precision = precision;
  }

  /** A value as an operand: its name, or the number that it is. */
  text(value: LaneValue): string {
    return this.#literals.get(value) ?? `v${value}`;
  }

  /**
   * The lines of statements that follow one another: calls of one function as a loop, unless the
   * function is so short that it may stand there as often.
   */
  group(statements: readonly OutlinedStatement[]): string[] {
    const [first] = statements;
    if (first?.kind !== 'call' || statements.length < 2) {
      return statements.flatMap((statement) => this.statement(statement));
    }
    const calls = statements.filter((statement) => statement.kind === 'call');
    const name = `l${String(first.results[0])}`;
    const isOne = first.results.length === 1;
    const callee = this.#names.callee(first.callee);
    const result = isOne ? 'f32' : `R_${callee}`;
    const given = first.arguments.map((_, k) => `${name}_${k}`);
    return [
      ...given.map((array, k) => {
        const values = calls
          .map((call) => this.#single(call.arguments[k] ?? missing(k)))
          .join(', ');
        return `var ${array} = array<f32, ${calls.length}>(${values});`;
      }),
      `var ${name}: array<${result}, ${calls.length}>;`,
      `for (var k = 0u; k < ${calls.length}u; k++) {`,
      `  ${name}[k] = ${callee}(${given.map((array) => `${array}[k]`).join(', ')});`,
      '}',
      ...calls.flatMap(({ results }, k) =>
        results.map((value, r) => {
          const found = `${name}[${k}]${isOne ? '' : `.r${r}`}`;
          return `let v${value} = ${this.#own(value, found)};`;
        }),
      ),
    ];
  }

  /** The lines of a statement; none for a literal, which stands where it is used. */
  statement(statement: OutlinedStatement): string[] {
    switch (statement.kind) {
      case 'define': {
        const { value, operation } = statement;
        const text = this.#operation(operation);
        if (operation.operands.length === 0) {
          this.#literals.set(value, text);
          return [];
        }
        return [`let v${value} = ${text};`];
      }
      case 'call': {
        const call = this.#call(this.#names.callee(statement.callee), statement.arguments);
        const [first] = statement.results;
        if (first !== undefined && statement.results.length === 1)
          return [`let v${first} = ${this.#own(first, call)};`];
        const all = `c${String(first)}`;
        return [
          `let ${all} = ${call};`,
          ...statement.results.map(
            (value, k) => `let v${value} = ${this.#own(value, `${all}.r${k}`)};`,
          ),
        ];
      }
      case 'guarded': {
        const { condition, routine, results } = statement;
        const call = this.#call(this.#names.routine(routine), statement.arguments);
        const [first] = results;
        const inside =
          first !== undefined && results.length === 1
            ? [`v${first.value} = ${this.#own(first.value, call)};`]
            : [
                `let all = ${call};`,
                ...results.map(({ value }, k) => `v${value} = ${this.#own(value, `all.r${k}`)};`),
              ];
        return [
          ...results.map(
            ({ value, otherwise }) =>
              `var v${value}: ${this.#typeOf(value)} = ${this.text(otherwise)};`,
          ),
          `if (${this.text(condition)}) {`,
          ...inside.map((line) => `  ${line}`),
          '}',
        ];
      }
    }
  }

  #typeOf(value: LaneValue): string {
    return kernelTypeText(this.#types[value] ?? 'real', this.#precision);
  }

  /** A value as a function takes it. */
  #single(value: LaneValue): string {
    const text = this.text(value);
    return this.#types[value] === 'real' ? toSingle(this.#precision, text) : text;
  }

  /** What a function gave for a value, as the body has it. */
  #own(value: LaneValue, text: string): string {
    return this.#types[value] === 'real' ? fromSingle(this.#precision, text) : text;
  }

  #call(name: string, operands: readonly LaneValue[]): string {
    return `${name}(${operands.map((operand) => this.#single(operand)).join(', ')})`;
  }

  #operation(operation: LaneOperation): string {
    const write = this.#precision === 'f16' ? halfOperationText : operationText;
    return write(
      operation,
      operation.operands.map((operand) => this.text(operand)),
    );
  }
}

function missing(place: number): never {
  throw new Error(`a call lacks argument ${place}`);
}
