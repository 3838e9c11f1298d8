/** The primitive table. A new family is a file in primitives/ and a line here. */
import { suggestion } from '../support/suggest.ts';
import type { ElementwisePrimitive, Primitive } from './primitive.ts';
import { arithmetic } from './primitives/arithmetic.ts';
import { comparisons } from './primitives/comparison.ts';
import { copies } from './primitives/copies.ts';
import { exponential } from './primitives/exponential.ts';
import { extremes } from './primitives/extremes.ts';
import { hyperbolic } from './primitives/hyperbolic.ts';
import { linear } from './primitives/linear.ts';
import { powers } from './primitives/powers.ts';
import { products } from './primitives/products.ts';
import { signAndExtremes } from './primitives/sign-and-extremes.ts';
import { special } from './primitives/special.ts';
import { trigonometric } from './primitives/trigonometric.ts';
import { variadic } from './primitives/variadic.ts';

const families: readonly (readonly Primitive[])[] = [
  arithmetic,
  powers,
  exponential,
  trigonometric,
  hyperbolic,
  special,
  signAndExtremes,
  comparisons,
  copies,
  linear,
  products,
  extremes,
  variadic,
];

/** Every primitive by name. */
export const primitives: ReadonlyMap<string, Primitive> = new Map(
  families.flat().map((primitive) => [primitive.name, primitive]),
);

/** The element-wise primitives, in the order of the table. */
export const elementwisePrimitives: readonly ElementwisePrimitive[] = families
  .flat()
  .filter((primitive) => primitive.class === 'elementwise');

/**
 * The primitive of a name.
 * @throws Error where there is none
 */
export function primitiveNamed(name: string): Primitive {
  const primitive = primitives.get(name);
  if (primitive === undefined) {
    throw new Error(`there is no primitive "${name}".${suggestion(name, primitives.keys())}`);
  }
  return primitive;
}

/**
 * The element-wise primitive of a name.
 * @throws Error where there is none, or it is of another class
 */
export function elementwiseNamed(name: string): ElementwisePrimitive {
  const primitive = primitiveNamed(name);
  if (primitive.class !== 'elementwise') throw new Error(`${name} is not element-wise`);
  return primitive;
}
