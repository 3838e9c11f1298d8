/** The primitive table. A new family is a file in primitives/ and a line here. */
import { suggestion } from '../support/suggest.ts';
import type { Primitive } from './primitive.ts';
import { arithmetic } from './primitives/arithmetic.ts';
import { comparisons } from './primitives/comparison.ts';
import { copies } from './primitives/copies.ts';
import { exponential } from './primitives/exponential.ts';
import { hyperbolic } from './primitives/hyperbolic.ts';
import { powers } from './primitives/powers.ts';
import { signAndExtremes } from './primitives/sign-and-extremes.ts';
import { special } from './primitives/special.ts';
import { trigonometric } from './primitives/trigonometric.ts';

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
];

/** Every primitive by name. */
export const primitives: ReadonlyMap<string, Primitive> = new Map(
  families.flat().map((primitive) => [primitive.name, primitive]),
);

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
