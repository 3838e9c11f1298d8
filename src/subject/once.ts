/** A value that is made when it is first asked for, and kept. A failure is not kept. */
export function once<T extends object>(make: () => T): () => T {
  let kept: T | undefined;
  return () => (kept ??= make());
}
