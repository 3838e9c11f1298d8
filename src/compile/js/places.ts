/**
 * Where the values of a Program with axes live in generated code, scalars as arrays of one number:
 * inputs stay in the caller's columns, a value that is an output is computed in the result itself,
 * and everything else has a buffer that is allocated once and overwritten by every point.
 */
import { elementCount, printShape } from '../../program/shapes.ts';
import type { Literal, Operand, Program } from '../../program/types.ts';
import { uniformNumber } from '../../program/values.ts';
import type { Place } from '../element-places.ts';
import { placeText } from '../loop-text.ts';
import { numberText } from './text.ts';

/** An array, and the variable that holds the place of its first element, if that is not 0. */
export interface ArrayName {
  readonly name: string;
  readonly start?: string;
}

/** Names of everything that the code of one Program reads and writes. */
export class Places {
  readonly #constants = new Map<string, string>();
  readonly #buffers: string[] = [];
  readonly #arrays = new Map<number, ArrayName>();

  /** Nothing is declared for values that are only used where they are made. */
  constructor(program: Program, isStored: (id: number) => boolean) {
    const { inputs, equations, outputs } = program;
    inputs.forEach((_, id) => this.#arrays.set(id, { name: `x${id}`, start: `o${id}` }));
    outputs.forEach(({ operand }, output) => {
      if (operand.kind === 'literal' || this.#arrays.has(operand.id)) return;
      this.#arrays.set(operand.id, { name: `y${output}`, start: `p${output}` });
    });
    equations.forEach(({ type: { shape }, primitive }, index) => {
      const id = inputs.length + index;
      if (this.#arrays.has(id) || !isStored(id)) return;
      const name = `v${id}`;
      this.#arrays.set(id, { name });
      this.#buffers.push(
        `const ${name} = new Float64Array(${elementCount(shape)}); // ${primitive}: ${printShape(shape)}`,
      );
    });
  }

  /** Lines that declare constants and buffers, once for all calls. */
  get declarations(): string[] {
    const constants = [...this.#constants].map(
      ([numbers, name]) => `const ${name} = Float64Array.of(${numbers});`,
    );
    return [...constants, ...this.#buffers];
  }

  /** The array of a tensor. */
  array(operand: Operand): ArrayName {
    if (operand.kind === 'literal') return { name: this.#constant(operand) };
    const array = this.#arrays.get(operand.id);
    if (array === undefined) throw new Error(`value ${operand.id} has no array`);
    return array;
  }

  /** An element as an expression; `sizes` are the lengths of the place's indices. */
  element(operand: Operand, place: Place, sizes: readonly number[]): string {
    const number = uniformNumber(operand);
    if (number !== undefined) return numberText(number);
    const { name, start } = this.array(operand);
    return `${name}[${placeText(place, sizes, start)}]`;
  }

  #constant({ data }: Literal): string {
    const text = data.map(numberText).join(', ');
    const name = this.#constants.get(text) ?? `c${this.#constants.size}`;
    this.#constants.set(text, name);
    return name;
  }
}
