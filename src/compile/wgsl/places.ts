/**
 * Where the values of a Program with axes lie when every equation is a kernel: inputs and outputs in
 * their own buffers, everything else in numbers of the scratch buffer that are given away again after
 * the last use.
 */
import { elementCount } from '../../program/shapes.ts';
import type { Operand, Program } from '../../program/types.ts';
import type { BindingName } from '../shader.ts';
import { shapeOf } from '../shapes.ts';

/** A run of numbers of one buffer. */
export interface BufferPlace {
  readonly binding: Exclude<BindingName, 'places'>;
  /** First number, a point's numbers counted in a row. */
  readonly start: number;
}

/** Where everything lies. */
export interface ProgramPlaces {
  /** By value number. */
  readonly values: ReadonlyMap<number, BufferPlace>;
  /** By output; an output that is the first use of an equation's value is that value's place. */
  readonly outputs: readonly BufferPlace[];
  /** Outputs that are copies of an input, a literal or another output. */
  readonly copies: readonly number[];
  readonly scratchTotal: number;
}

/** Numbers of the scratch buffer, given away by length. */
class Scratch {
  total = 0;
  readonly #free = new Map<number, number[]>();

  take(length: number): number {
    const free = this.#free.get(length)?.pop();
    if (free !== undefined) return free;
    this.total += length;
    return this.total - length;
  }

  giveBack(start: number, length: number): void {
    const list = this.#free.get(length) ?? [];
    list.push(start);
    this.#free.set(length, list);
  }
}

/** Places for all values. O(size of the Program). */
export function placesOf(program: Program): ProgramPlaces {
  const { inputs, equations, outputs } = program;
  const values = new Map<number, BufferPlace>();
  let start = 0;
  inputs.forEach(({ type }, id) => {
    values.set(id, { binding: 'inputs', start });
    start += elementCount(type.shape);
  });
  start = 0;
  const copies: number[] = [];
  const placed = outputs.map(({ operand }, output): BufferPlace => {
    const place: BufferPlace = { binding: 'outputs', start };
    start += elementCount(shapeOf(program, operand));
    if (operand.kind === 'value' && !values.has(operand.id)) values.set(operand.id, place);
    else copies.push(output);
    return place;
  });
  const lastUse = new Map<number, number>();
  equations.forEach(({ operands }, index) => {
    for (const operand of operands) if (operand.kind === 'value') lastUse.set(operand.id, index);
  });
  const scratch = new Scratch();
  equations.forEach(({ operands, type }, index) => {
    const id = inputs.length + index;
    if (!values.has(id)) {
      values.set(id, { binding: 'scratch', start: scratch.take(elementCount(type.shape)) });
    }
    for (const dying of new Set(operands.flatMap(idOf))) {
      const place = values.get(dying);
      if (place?.binding !== 'scratch' || lastUse.get(dying) !== index) continue;
      scratch.giveBack(place.start, elementCount(shapeOf(program, { kind: 'value', id: dying })));
    }
  });
  return { values, outputs: placed, copies, scratchTotal: scratch.total };
}

function idOf(operand: Operand) {
  return operand.kind === 'value' ? [operand.id] : [];
}
