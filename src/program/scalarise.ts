/**
 * Unrolls a Program of known shapes to scalar equations: it is evaluated (interpret.ts) over an
 * arithmetic whose numbers are operands of a new Program. O(elements computed).
 *
 * - What only moves elements (broadcast, slice, reshape, transpose, concatenate, squeeze,
 *   expandDims, convert, a sum or an extreme of one element) becomes nothing, or with `copies` one
 *   `convert` an element: a vertex with the partial 1, so that the uses of a copy can be eliminated
 *   one by one.
 * - A sum is one equation of n operands (`sumOf`), an inner product one of 2n (`dotOf`), or with
 *   `dots: 'split'` products and their sum. The largest or smallest element is one equation too.
 * - Literals stay literals and structural zeros do not come into being: a sum has the terms that
 *   there are, and a partial that is the literal 0 is no edge of the linearised graph.
 * - Nothing else is folded, and what no output needs is there still: linearised, such vertices have
 *   no path to an output (granularity.ts in src/subject drops them from the graph).
 */
import type { Arithmetic } from './arithmetic.ts';
import { ProgramBuilder } from './builder.ts';
import { interpretEquation } from './interpret.ts';
import { elementCount } from './shapes.ts';
import type { Operand, Program, Shape, Tensor, ValueId } from './types.ts';
import { literal, scalarType, valueId } from './values.ts';

/** How a Program is unrolled. */
export interface ScalariseOptions {
  /** Whether an inner product is one equation, or products and a sum; `fused` if left out. */
  readonly dots?: 'fused' | 'split';
  /** Whether elements that are only moved become equations of their own; no if left out. */
  readonly copies?: boolean;
}

/** Which element of which value of the original Program a scalar is. */
export interface ElementOrigin {
  readonly value: ValueId;
  /** Row-major place in the value. */
  readonly element: number;
}

/** A Program of scalars and where its values come from. */
export interface Scalarisation {
  /** One input and one output an element, row-major: `x[0,1]`, and `x` where x is a scalar. */
  readonly program: Program;
  /** By value of `program`; a product of a split inner product is of the element it is summed in. */
  readonly origins: readonly ElementOrigin[];
  /**
   * By value of `program`, unique: inputs by their names, equations by the number of the original
   * equation and the element, `17[0,2]`, the number 17 alone where that is a scalar; products of a
   * split inner product `17[0,2].1`, `17[0,2].2`, ….
   */
  readonly ids: readonly (string | number)[];
}

/** `[0,2]`: the indices of a row-major place; empty for a scalar. */
export function elementSuffix(shape: Shape, element: number): string {
  if (shape.length === 0) return '';
  const indices: number[] = [];
  let rest = element;
  for (const length of shape.toReversed()) {
    indices.unshift(rest % length);
    rest = Math.floor(rest / length);
  }
  return `[${indices.join(',')}]`;
}

/** Names that were given; one that is taken gets primes. */
class UniqueNames {
  readonly #taken = new Set<string | number>();

  take<T extends string | number>(wanted: T): T | string {
    let name: T | string = wanted;
    while (this.#taken.has(name)) name = `${name}′`;
    this.#taken.add(name);
    return name;
  }
}

/** Operands of a Program under construction as numbers: every operation is an equation. */
function emitting(builder: ProgramBuilder, options: ScalariseOptions): Arithmetic<Operand> {
  const { dots = 'fused' } = options;
  const multiply = ([x, y]: readonly [Operand, Operand]): Operand => builder.emit('mul', [x, y]);
  return {
    literal,
    apply: (primitive, operands, parameters) => {
      // Moved, not computed; `copies` makes an equation of every element that was only moved.
      const [moved] = operands;
      if (primitive === 'convert' && moved !== undefined) return moved;
      return builder.emit(primitive, operands, parameters);
    },
    sum: (terms) => builder.emit('sumOf', terms),
    dot: (pairs) => {
      if (pairs.length === 1) return multiply(pairs[0]);
      if (dots === 'split') return builder.emit('sumOf', pairs.map(multiply));
      return builder.emit('dotOf', [...pairs.map(([x]) => x), ...pairs.map(([, y]) => y)]);
    },
    extreme: (choose, terms) => builder.emit(choose === 'max' ? 'maxOf' : 'minOf', terms),
  };
}

/** Unrolls a Program. */
export function scalarise(program: Program, options: ScalariseOptions = {}): Scalarisation {
  const { copies = false } = options;
  const builder = new ProgramBuilder(program.name);
  const arithmetic = emitting(builder, options);
  const names = new UniqueNames();
  const origins: ElementOrigin[] = [];
  const ids: (string | number)[] = [];

  const values = program.inputs.map(({ name, type: { shape } }, index): Tensor<Operand> => {
    const data = Array.from({ length: elementCount(shape) }, (_, element) => {
      const id = names.take(name + elementSuffix(shape, element));
      ids.push(id);
      origins.push({ value: valueId(index), element });
      return builder.input(id, scalarType);
    });
    return { shape, data };
  });
  const scalarInputs = ids.length;

  const tensorOf = (operand: Operand): Tensor<Operand> => {
    if (operand.kind === 'literal') {
      return { shape: operand.shape, data: operand.data.map((x) => literal(x)) };
    }
    const value = values[operand.id];
    if (value === undefined) throw new Error(`value ${operand.id} is used before it exists`);
    return value;
  };

  /** Names the equations emitted for one tensor; those that are no element serve the next that is. */
  const label = (number: number, before: number, { shape, data }: Tensor<Operand>): void => {
    const elements = new Map<number, number>();
    data.forEach((operand, element) => {
      if (operand.kind === 'value' && !elements.has(operand.id)) elements.set(operand.id, element);
    });
    const fresh = Array.from(
      { length: builder.equationCount - before },
      (_, k) => scalarInputs + before + k,
    );
    let parts = 0;
    for (const [k, id] of fresh.entries()) {
      const own = elements.get(id);
      const next = fresh.slice(k).find((later) => elements.has(later));
      const element = own ?? (next === undefined ? 0 : (elements.get(next) ?? 0));
      const suffix = elementSuffix(shape, element);
      parts = own === undefined ? parts + 1 : 0;
      const whole = suffix === '' ? number : `${number}${suffix}`;
      ids.push(names.take(own === undefined ? `${number}${suffix}.${parts}` : whole));
      origins.push({ value: valueId(program.inputs.length + number - 1), element });
    }
  };

  program.equations.forEach((equation, index) => {
    const before = builder.equationCount;
    const made = interpretEquation(equation, equation.operands.map(tensorOf), arithmetic);
    const isFresh = (operand: Operand): boolean =>
      operand.kind === 'literal' || operand.id >= scalarInputs + before;
    const data = copies
      ? made.data.map((operand) =>
          isFresh(operand) ? operand : builder.emit('convert', [operand]),
        )
      : made.data;
    const value = { shape: made.shape, data };
    label(index + 1, before, value);
    values.push(value);
  });

  const outputNames = new UniqueNames();
  for (const { name, operand } of program.outputs) {
    const value = tensorOf(operand);
    value.data.forEach((element, place) => {
      builder.output(outputNames.take(name + elementSuffix(value.shape, place)), element);
    });
  }
  return { program: builder.build(), origins, ids };
}
