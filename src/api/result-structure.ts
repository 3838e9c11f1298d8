/** One value, an array or an object of values: how a result is taken apart and put together. */

/** The structure of a function's result, seen while it is traced. */
export type ResultStructure =
  | { readonly kind: 'single' }
  | { readonly kind: 'array'; readonly length: number }
  | { readonly kind: 'object'; readonly names: readonly string[] };

/** The structure of what a traced function returned; `isScalar` tells values from containers. */
export function structureOf(
  result: unknown,
  isScalar: (value: unknown) => boolean,
): ResultStructure {
  if (Array.isArray(result)) return { kind: 'array', length: result.length };
  if (typeof result === 'object' && result !== null && !isScalar(result)) {
    return { kind: 'object', names: Object.keys(result) };
  }
  return { kind: 'single' };
}

/** Builds a result of this structure; `leaf` makes what stands for the n-th scalar. */
export function build(structure: ResultStructure, leaf: (index: number) => unknown): unknown {
  switch (structure.kind) {
    case 'single':
      return leaf(0);
    case 'array':
      return Array.from({ length: structure.length }, (_, index) => leaf(index));
    case 'object':
      // fromEntries defines properties, so that `__proto__` is a name like any other.
      return Object.fromEntries(structure.names.map((name, index) => [name, leaf(index)]));
  }
}
