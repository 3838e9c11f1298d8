/**
 * AlphaGrad's state machine (Lohoff and Neftci, arXiv 2406.05027): an edge is a sparsity type and
 * the two shapes, padded to two axes, and tables say what products and sums of types are and which
 * sizes a product multiplies. A code is [type, o1, o2, i1, i2] of an edge with out-shape (o1, o2) and
 * in-shape (i1, i2).
 *
 * Types (out axes | in axes; K is a delta without numbers): 1 dense; 2 o1=i1; 3 o2=i2; 4 o1=i2;
 * 5 o2=i1; 6 both straight; 7 both crossed; 8 K(o1,i1) and o2=i2; 9 K(o1,i2) and o2=i1; −8 o1=i1 and
 * K(o2,i2); −9 o1=i2 and K(o2,i1); ±10 a number times KK straight or crossed; −2 … −5 the K of 2 … 5
 * alone; −6 and −7 pure KK; −1 a copy; 11 what reshapes and slices do; 0 no edge. On scalars type 1
 * is a number and −1 a copy, whose products are free.
 *
 * The tables depart from what these meanings give in many places (docs/limitations.md): this is the
 * count the paper prints, not what a product costs. O(1) a product.
 */
import type { PaperCode } from '../../graph/types.ts';
import { finiteAlgebra } from '../finite-algebra.ts';
import { InternedAlgebra } from '../interned-algebra.ts';
import type { EdgeAlgebra } from '../types.ts';
import { priceFactors, productTypes, sumTypes } from './tables.ts';

const lowestType = -10;

/** A number times a pair of straight deltas. */
const scalarMultiple = 10;

/** A number between scalars. */
export const scalarNumber: PaperCode = [1, 1, 1, 1, 1];

/** True for a number between scalars. */
export function isScalarNumber(code: PaperCode): boolean {
  return code.every((part) => part === 1);
}

/** True for a type that edges can have: −10 … 11 without 0. */
export function isEdgeType(type: number): boolean {
  return type !== 0 && productTypes[type - lowestType] !== undefined;
}

function look(table: readonly (readonly number[])[], row: number, column: number): number {
  const found = table[row - lowestType]?.[column - lowestType];
  if (found === undefined) throw new Error(`no such sparsity types: ${row}, ${column}`);
  return found;
}

/** What the peer charges for the product of an out-edge v → w and an in-edge u → v. */
export function price(outgoing: PaperCode, incoming: PaperCode): number {
  if (outgoing[0] === scalarMultiple && incoming[0] === scalarMultiple) return 1;
  const factors = look(priceFactors, incoming[0], outgoing[0]);
  if (factors === 0) return 0;
  const [, o1, o2, own1, own2] = outgoing;
  const [, , , i1, i2] = incoming;
  return [o1, o2, Math.abs(own1), Math.abs(own2), i1, i2].reduce(
    // A negative size stands for no axis in the peer's files; it multiplies nothing.
    (product, size, bit) => (((factors >>> bit) & 1) === 1 && size > 0 ? product * size : product),
    1,
  );
}

/** Code of the product. */
export function productCode(outgoing: PaperCode, incoming: PaperCode): PaperCode {
  const type = look(productTypes, incoming[0], outgoing[0]);
  return [type, outgoing[1], outgoing[2], incoming[3], incoming[4]];
}

/** Code of the sum of an existing edge and a new product: the shapes are the product's. */
export function sumCode(existing: PaperCode, [type, ...shapes]: PaperCode): PaperCode {
  return [look(sumTypes, existing[0], type), ...shapes];
}

/** The state machine as an edge algebra; codes are interned as they are met. */
export function paperAlgebra(): InternedAlgebra<PaperCode> {
  return new InternedAlgebra<PaperCode>({
    key: (code) => code.join(),
    compose: (outgoing, incoming) => ({
      structure: productCode(outgoing, incoming),
      cost: price(outgoing, incoming),
    }),
    add: (existing, added) => ({ structure: sumCode(existing, added), cost: 0 }),
  });
}

/** What the machine is on numbers between scalars alone: every product costs 1. */
export const scalarNumberAlgebra: EdgeAlgebra = finiteAlgebra({
  states: 1,
  compose: () => ({ state: 0, cost: price(scalarNumber, scalarNumber) }),
  add: () => 0,
});
