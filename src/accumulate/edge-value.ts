/**
 * The algebra of edge values: what the product of two edges and the sum of two parallel edges is,
 * as numbers where they are known before run time and as emitted equations where they are not.
 *
 * An edge value has a class, unit < constant < variable, and the class of a result is the larger of
 * the two, except that the sum of two units is a constant. A product with a unit costs nothing (it
 * changes the sign at most), a product of two constants is folded, and every other product emits
 * exactly one `mul`, also where a constant happens to be 1, −1 or 0. So the equations emitted here
 * are those that the cost model `multiplications` counts, whatever the numbers are.
 *
 * Signs are carried beside variable values, so that a product with −1 emits nothing.
 */
import type { ProgramBuilder } from '../program/builder.ts';
import type { Operand } from '../program/types.ts';
import { literal } from '../program/values.ts';

/** 1 or −1. */
export type Sign = 1 | -1;

/** What an edge of the partly eliminated graph is worth. */
export type EdgeValue =
  | { readonly kind: 'unit'; readonly value: Sign }
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'variable'; readonly sign: Sign; readonly operand: Operand };

const times = (a: Sign, b: Sign): Sign => (a === b ? 1 : -1);

function withSign(value: EdgeValue, sign: Sign): EdgeValue {
  switch (value.kind) {
    case 'unit':
      return { kind: 'unit', value: times(value.value, sign) };
    case 'constant':
      return { kind: 'constant', value: sign * value.value };
    case 'variable':
      return { kind: 'variable', sign: times(value.sign, sign), operand: value.operand };
  }
}

/** The factor of a product, without the sign of a variable value. */
function factor(value: Exclude<EdgeValue, { readonly kind: 'unit' }>): Operand {
  return value.kind === 'constant' ? literal(value.value) : value.operand;
}

/** Multiplies and adds edge values, emitting equations into one Program. */
export class EdgeValues {
  readonly #builder: ProgramBuilder;
  #multiplications = 0;

  /** Equations are appended to `builder`. */
  constructor(builder: ProgramBuilder) {
    this.#builder = builder;
  }

  /** How many `mul` equations were emitted so far. */
  get multiplications(): number {
    return this.#multiplications;
  }

  /** The value of the path through `incoming`, then `outgoing`. */
  compose(outgoing: EdgeValue, incoming: EdgeValue): EdgeValue {
    if (outgoing.kind === 'unit') return withSign(incoming, outgoing.value);
    if (incoming.kind === 'unit') return withSign(outgoing, incoming.value);
    if (outgoing.kind === 'constant' && incoming.kind === 'constant') {
      return { kind: 'constant', value: outgoing.value * incoming.value };
    }
    const sign = times(
      outgoing.kind === 'variable' ? outgoing.sign : 1,
      incoming.kind === 'variable' ? incoming.sign : 1,
    );
    this.#multiplications += 1;
    const operand = this.#builder.emit('mul', [factor(outgoing), factor(incoming)]);
    return { kind: 'variable', sign, operand };
  }

  /** The value of two parallel edges taken together. */
  add(existing: EdgeValue, added: EdgeValue): EdgeValue {
    if (existing.kind !== 'variable') {
      if (added.kind !== 'variable') {
        return { kind: 'constant', value: existing.value + added.value };
      }
      return this.add(added, existing);
    }
    const { sign } = existing;
    if (added.kind !== 'variable') {
      // s·a + k = s·(a + s·k)
      const known = literal(sign * added.value);
      return {
        kind: 'variable',
        sign,
        operand: this.#builder.emit('add', [existing.operand, known]),
      };
    }
    if (added.sign === sign) {
      const operand = this.#builder.emit('add', [existing.operand, added.operand]);
      return { kind: 'variable', sign, operand };
    }
    const [positive, negative] = sign === 1 ? [existing, added] : [added, existing];
    const operand = this.#builder.emit('sub', [positive.operand, negative.operand]);
    return { kind: 'variable', sign: 1, operand };
  }

  /** The value as an operand, its sign applied: a literal, a value, or the `neg` of one. */
  resolve(value: EdgeValue): Operand {
    if (value.kind !== 'variable') return literal(value.value);
    return value.sign === 1 ? value.operand : this.#builder.emit('neg', [value.operand]);
  }
}
