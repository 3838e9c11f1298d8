/** Names for scalars that a formula numbers: x1, x2, … */

/** The values under the names prefix1, prefix2, …, in order. */
export function numbered<T>(prefix: string, values: readonly T[]): Record<string, T> {
  return Object.fromEntries(values.map((value, index) => [`${prefix}${index + 1}`, value]));
}
