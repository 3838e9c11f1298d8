/**
 * Where the values of a Program with axes lie in the memory of its module: inputs and outputs in the
 * caller's tiles, what is computed on the way in rows of its own (rows.ts), literals that differ from
 * element to element as constants behind those, one number an element whatever the point.
 */
import { elementCount } from '../../../program/shapes.ts';
import type { Operand, Program } from '../../../program/types.ts';
import { shapeOf } from '../../shapes.ts';
import type { Numbered } from '../../tensor-runs.ts';
import { ConstantPool } from '../constants.ts';
import type { LaneFormat } from '../operations.ts';
import { tilePoints } from '../tiles.ts';
import { planRows } from './rows.ts';

/** The first element of a tensor. */
export type TensorPlace =
  | { readonly kind: 'rows'; readonly base: 'inputs' | 'outputs' | 'own'; readonly row: number }
  | { readonly kind: 'constants'; readonly address: number };

/** Places of everything that the code of one Program reads and writes. */
export class TensorMemory {
  readonly #values = new Map<number, TensorPlace>();
  readonly #outputRows: readonly number[];
  /** Constants behind the rows. */
  readonly constants: ConstantPool;

  /** @param stored values that are not only used where they are made */
  constructor(
    program: Program,
    runs: readonly (readonly Numbered[])[],
    stored: ReadonlySet<number>,
    format: LaneFormat,
  ) {
    const lengthOf = (operand: Operand): number => elementCount(shapeOf(program, operand));
    let row = 0;
    program.inputs.forEach(({ type }, id) => {
      this.#values.set(id, { kind: 'rows', base: 'inputs', row });
      row += elementCount(type.shape);
    });
    row = 0;
    this.#outputRows = program.outputs.map(({ operand }) => {
      const first = row;
      row += lengthOf(operand);
      if (operand.kind === 'value' && !this.#values.has(operand.id)) {
        this.#values.set(operand.id, { kind: 'rows', base: 'outputs', row: first });
      }
      return first;
    });
    const lastUse = new Map<number, number>();
    runs.forEach((run, at) => {
      for (const operand of run.flatMap(({ equation }) => equation.operands)) {
        if (operand.kind === 'value') lastUse.set(operand.id, at);
      }
    });
    const { first, total } = planRows(
      runs.flatMap((run, from) =>
        run
          .filter(({ id }) => stored.has(id) && !this.#values.has(id))
          .map(({ id, equation }) => ({
            id,
            length: elementCount(equation.type.shape),
            from,
            to: lastUse.get(id) ?? from,
          })),
      ),
    );
    for (const [id, own] of first) this.#values.set(id, { kind: 'rows', base: 'own', row: own });
    this.constants = new ConstantPool(format, total * tilePoints * format.bytes);
  }

  /** Where a tensor lies; a literal that is not there yet becomes constants. */
  place(operand: Operand): TensorPlace {
    if (operand.kind === 'literal') {
      return { kind: 'constants', address: this.constants.numbers(operand.data) };
    }
    const place = this.#values.get(operand.id);
    if (place === undefined) throw new Error(`value ${operand.id} has no place in memory`);
    return place;
  }

  /** The rows of an output. */
  output(index: number): TensorPlace {
    return { kind: 'rows', base: 'outputs', row: this.#outputRows[index] ?? 0 };
  }
}
