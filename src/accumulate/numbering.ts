/**
 * Numbers for what edges between scalars are worth, so that equal worths are one: what value
 * numbering (value-numbering.ts) counts with where accumulation emits equations. By structure (hash
 * consing; Filliâtre and Conchon, Type-safe modular hash-consing, ML Workshop 2006):
 *
 * - An elemental partial is the expression that it is, as simplification sees it
 *   (src/program/simplify.ts): the same expression of the same values is one number, up to its
 *   sign. Partials that are known before run time are their absolute value.
 * - A product is an unordered pair of numbers, a sum an unordered list of signed numbers, both up to
 *   the sign of the whole. Neither is expanded: (a·b)·c and a·(b·c) are two numbers, and so are
 *   (a + b) + c and a + (b + c); x − x is a sum like any other.
 *
 * Kinds are those of the cost model `multiplications`: unit < constant < variable, the stronger one
 * wins, and a sum of units is a constant whatever its value is. Each operation is one look-up.
 */
import type { BlockValue, Sign } from '../graph/block-value.ts';
import { operandKey, type Signed, signed, times } from '../program/signed-values.ts';
import { sharedValues } from '../program/simplify.ts';
import type { Program } from '../program/types.ts';
import { literalNumber } from '../program/values.ts';

/** What an edge between scalars is worth: sign · what the number stands for. */
export type NumberedValue =
  | {
      readonly kind: 'unit' | 'constant';
      /** Its absolute value. */
      readonly size: number;
      readonly sign: Sign;
      readonly number: number;
    }
  | { readonly kind: 'variable'; readonly sign: Sign; readonly number: number };

/** Gives equal worths equal numbers and counts the products that had to be made. */
export class Numbering {
  readonly #shared: readonly Signed[];
  readonly #numbers = new Map<string, number>();
  readonly #products = new Set<string>();

  /** @param program of scalars; the operands of partials are its values */
  constructor(program: Program) {
    this.#shared = sharedValues(program);
  }

  /** Products that were paid so far. */
  get multiplications(): number {
    return this.#products.size;
  }

  /** The worth of an elemental partial. */
  partial(value: BlockValue): NumberedValue {
    switch (value.kind) {
      case 'unit':
        return this.#known('unit', value.sign);
      case 'constant':
        return this.#known('constant', value.numbers[0] ?? 0);
      case 'variable': {
        const { operand } = value;
        const found = operand.kind === 'literal' ? signed(operand) : this.#shared[operand.id];
        if (found === undefined) throw new Error('a partial is no value of the program');
        const literal = literalNumber(found.operand);
        const number = this.#number(
          literal === undefined ? `x ${operandKey(found.operand)}` : sizeKey(literal),
        );
        const negative = literal !== undefined && literal < 0;
        return {
          kind: 'variable',
          number,
          sign: times(times(value.sign, found.sign), negative ? -1 : 1),
        };
      }
    }
  }

  /** outgoing · incoming, paid unless it was before, one is ±1, or both are known beforehand. */
  product(outgoing: NumberedValue, incoming: NumberedValue): NumberedValue {
    const sign = times(outgoing.sign, incoming.sign);
    if (outgoing.kind === 'unit') return { ...incoming, sign };
    if (incoming.kind === 'unit') return { ...outgoing, sign };
    if (outgoing.kind === 'constant' && incoming.kind === 'constant') {
      return this.#known('constant', sign * outgoing.size * incoming.size);
    }
    const [a, b] = [outgoing.number, incoming.number].sort((x, y) => x - y);
    const key = `${a ?? 0} · ${b ?? 0}`;
    this.#products.add(key);
    return { kind: 'variable', number: this.#number(key), sign };
  }

  /** The sum of one or more worths; what is known beforehand is added beforehand. */
  sum(terms: readonly NumberedValue[]): NumberedValue {
    const [first] = terms;
    if (first === undefined) throw new Error('a sum without terms');
    if (terms.length === 1) return first;
    const known = terms.flatMap((term) => (term.kind === 'variable' ? [] : [term]));
    const total = known.reduce((sum, { sign, size }) => sum + sign * size, 0);
    if (known.length === terms.length) return this.#known('constant', total);
    const variable = terms.filter(({ kind }) => kind === 'variable');
    const addends = known.length === 0 ? variable : [...variable, this.#known('constant', total)];
    const [key, turned] = [sumKey(addends, 1), sumKey(addends, -1)];
    return key <= turned
      ? { kind: 'variable', number: this.#number(key), sign: 1 }
      : { kind: 'variable', number: this.#number(turned), sign: -1 };
  }

  #known(kind: 'unit' | 'constant', value: number): NumberedValue {
    const size = Math.abs(value);
    return { kind, size, sign: value < 0 ? -1 : 1, number: this.#number(sizeKey(value)) };
  }

  #number(key: string): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#numbers.size);
    return this.#numbers.size - 1;
  }
}

/** Key of a number that is known, whatever its sign. */
function sizeKey(value: number): string {
  return `= ${Math.abs(value)}`;
}

/** Key of sign · Σ addends, the same in every order of the addends. */
function sumKey(addends: readonly NumberedValue[], sign: Sign): string {
  return addends
    .map((addend) => ({ number: addend.number, plus: addend.sign === sign }))
    .sort((x, y) => x.number - y.number || Number(y.plus) - Number(x.plus))
    .map(({ number, plus }) => `${plus ? '+' : '-'}${number}`)
    .join(' ');
}
