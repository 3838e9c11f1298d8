/**
 * The Jacobian without what is known beforehand: a Program whose outputs are the numbers that depend
 * on the input, each once, and a layout that says for every entry of the dense Jacobian whether it
 * is a constant or which of these numbers it is. Two entries are one number where simplification
 * finds them equal, sign included. Numbers that a block of tensors stores are outputs as they are
 * stored, so deltas and repetitions cost nothing. O(size of the Program + dense entries).
 */
import { denseBlock } from '../notation/dense.ts';
import { ProgramBuilder } from '../program/builder.ts';
import { elementCount } from '../program/shapes.ts';
import { simplify } from '../program/simplify.ts';
import type { Operand, Program, Shape } from '../program/types.ts';
import { OutputNames } from './output-names.ts';
import type { JacobianSource } from './types.ts';

/** One entry of the dense Jacobian. */
export type JacobianEntry =
  | { readonly kind: 'constant'; readonly value: number }
  /** `place`: which number of the compact outputs, their elements counted in a row. */
  | { readonly kind: 'variable'; readonly place: number };

/** Compressed sparse rows of the entries that are not the constant 0. */
export interface SparsePattern {
  /** Length rows + 1: row r has the places rowStarts[r] … rowStarts[r + 1] − 1. */
  readonly rowStarts: Int32Array;
  /** By place, ascending within a row. */
  readonly columnIndices: Int32Array;
  /** By place. */
  readonly entries: readonly JacobianEntry[];
}

/** Where the entries of a Jacobian are. */
export interface JacobianLayout {
  /** Elements of all outputs of the function. */
  readonly rows: number;
  /** Elements of all inputs that are differentiated by. */
  readonly columns: number;
  /** Shapes of the function's outputs. */
  readonly outputShapes: readonly Shape[];
  /** Shapes of the inputs that are differentiated by. */
  readonly inputShapes: readonly Shape[];
  /** Row-major, `rows · columns`. */
  readonly entries: readonly JacobianEntry[];
  /** Elements of each compact output. */
  readonly compactLengths: readonly number[];
  readonly sparse: SparsePattern;
}

/** A compact Jacobian. */
export interface CompactJacobian {
  /** The function's values where they were asked for, then the compact outputs. */
  readonly program: Program;
  /** How many outputs of `program` are values of the function. */
  readonly valueCount: number;
  readonly layout: JacobianLayout;
}

/** What is wanted of a compact Jacobian. */
export interface CompactJacobianOptions {
  /** True: the function's values stand before the compact outputs. */
  readonly values: boolean;
  /** Indices of the inputs differentiated by, in the wanted order; all of them if left out. */
  readonly inputs?: readonly number[];
  /** If false, equal numbers are one only where the accumulation says so; true if left out. */
  readonly simplify?: boolean;
}

/** Makes the compact form of an accumulated Jacobian. */
export function compactJacobian(
  accumulation: JacobianSource,
  { values, inputs, simplify: simplified = true }: CompactJacobianOptions,
): CompactJacobian {
  const { blocks, program } = accumulation;
  const chosen = inputs ?? program.inputs.map((_, index) => index);
  const wanted = blocks.filter(({ input }) => chosen.includes(input));

  const all = ProgramBuilder.extend(program);
  const names = new OutputNames();
  if (values) {
    for (const { name, operand } of accumulation.values) all.output(names.own(name), operand);
  }
  for (const { output, input, value } of wanted) {
    const name = names.partial(accumulation.values[output]?.name, program.inputs[input]?.name);
    all.output(name, value);
  }
  const whole = simplified ? simplify(all.build()) : all.build();
  const valueCount = values ? accumulation.values.length : 0;

  const builder = ProgramBuilder.extend(whole);
  for (const { name, operand } of whole.outputs.slice(0, valueCount)) builder.output(name, operand);
  const starts = new Map<number, number>();
  const compactLengths: number[] = [];
  let next = 0;
  const stored = whole.outputs.slice(valueCount).map(({ name, operand }) => {
    if (operand.kind === 'value' && !starts.has(operand.id)) {
      builder.output(name, operand);
      starts.set(operand.id, next);
      const length = elementCount(builder.typeOf(operand).shape);
      compactLengths.push(length);
      next += length;
    }
    return { operand, start: operand.kind === 'value' ? (starts.get(operand.id) ?? 0) : 0 };
  });

  const outputShapes = accumulation.values.map(({ operand }) => all.typeOf(operand).shape);
  const inputShapes = chosen.map((input) => program.inputs[input]?.type.shape ?? []);
  const matrix = new EntryMatrix(outputShapes, inputShapes);
  wanted.forEach(({ output, input, block }, k) => {
    const place = stored[k];
    if (place === undefined) throw new Error(`block ${k} has no output`);
    const entryAt = entryReader(place.operand, place.start);
    const count = block.value.reduce((size, index) => size * (block.sizes[index] ?? 1), 1);
    // Stored numbers are numbered from 1, so that 0 is left for entries that are no number.
    const dense = denseBlock(
      block,
      Array.from({ length: count }, (_, element) => element + 1),
    );
    chosen.forEach((each, column) => {
      if (each !== input) return;
      matrix.fill(output, column, (element) => {
        const number = dense[element] ?? 0;
        return number === 0 ? undefined : entryAt(number - 1);
      });
    });
  });
  return {
    program: builder.build(),
    valueCount,
    layout: {
      rows: matrix.rows,
      columns: matrix.columns,
      outputShapes,
      inputShapes,
      entries: matrix.entries,
      compactLengths,
      sparse: sparsePattern(matrix.rows, matrix.columns, matrix.entries),
    },
  };
}

/** The entry that a stored number is; a literal may repeat one number. */
function entryReader(operand: Operand, start: number): (element: number) => JacobianEntry {
  if (operand.kind === 'value') {
    return (element) => ({ kind: 'variable', place: start + element });
  }
  const { data } = operand;
  return (element) => ({
    kind: 'constant',
    value: data.length === 1 ? (data[0] ?? 0) : (data[element] ?? 0),
  });
}

/** The dense Jacobian under construction: zeros to begin with. */
class EntryMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly entries: JacobianEntry[];
  readonly #rowStarts: readonly number[];
  readonly #columnStarts: readonly number[];

  constructor(outputShapes: readonly Shape[], inputShapes: readonly Shape[]) {
    this.#rowStarts = startsOf(outputShapes);
    this.#columnStarts = startsOf(inputShapes);
    this.rows = this.#rowStarts.at(-1) ?? 0;
    this.columns = this.#columnStarts.at(-1) ?? 0;
    const zero: JacobianEntry = { kind: 'constant', value: 0 };
    this.entries = new Array<JacobianEntry>(this.rows * this.columns).fill(zero);
  }

  /** Sets the entries of ∂output/∂column, numbered row-major within the block. */
  fill(
    output: number,
    column: number,
    entryAt: (element: number) => JacobianEntry | undefined,
  ): void {
    const [top = 0, bottom = top] = this.#rowStarts.slice(output, output + 2);
    const [left = 0, right = left] = this.#columnStarts.slice(column, column + 2);
    for (let row = top; row < bottom; row += 1) {
      for (let at = left; at < right; at += 1) {
        const entry = entryAt((row - top) * (right - left) + at - left);
        if (entry !== undefined) this.entries[row * this.columns + at] = entry;
      }
    }
  }
}

function startsOf(shapes: readonly Shape[]): number[] {
  const starts = [0];
  for (const shape of shapes) starts.push((starts.at(-1) ?? 0) + elementCount(shape));
  return starts;
}

function sparsePattern(
  rows: number,
  columns: number,
  entries: readonly JacobianEntry[],
): SparsePattern {
  const rowStarts = new Int32Array(rows + 1);
  const columnIndices: number[] = [];
  const kept: JacobianEntry[] = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const entry = entries[row * columns + column];
      if (entry === undefined || (entry.kind === 'constant' && entry.value === 0)) continue;
      columnIndices.push(column);
      kept.push(entry);
    }
    rowStarts[row + 1] = kept.length;
  }
  return { rowStarts, columnIndices: Int32Array.from(columnIndices), entries: kept };
}
