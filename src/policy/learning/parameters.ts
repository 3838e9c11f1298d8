/** Parameters of ways of learning, written in one line each. */

import type { NumberParameter } from '../../search/strategy.ts';

/** A number whose name the type knows, so that its value can be asked for by name. */
type NamedNumber<Name extends string> = NumberParameter & { readonly name: Name };

/** A whole number. */
export function wholeNumber<const Name extends string>(
  name: Name,
  describe: string,
  standard: number,
  least: number,
  most: number,
): NamedNumber<Name> {
  return { name, describe, standard, least, most, whole: true };
}

/** Any number. */
export function realNumber<const Name extends string>(
  name: Name,
  describe: string,
  standard: number,
  least: number,
  most: number,
): NamedNumber<Name> {
  return { name, describe, standard, least, most, whole: false };
}
