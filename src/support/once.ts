/**
 * The function with its first result kept: made when it is first asked for, and never again. A failure is
 * not kept.
 */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
