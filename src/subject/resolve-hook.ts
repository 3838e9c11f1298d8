/**
 * A module-resolution hook for Node's loader thread: `crosscountry` and `crosscountry/…` mean the
 * program that is running, wherever the importing module lies. The package refers to itself by its
 * own name (package.json, `exports`), so it is enough to resolve as if we were the importer.
 */
interface ResolveContext {
  readonly parentURL?: string | undefined;
}

/** Node's `resolve` hook. */
export function resolve<Result>(
  specifier: string,
  context: ResolveContext,
  nextResolve: (specifier: string, context: ResolveContext) => Result,
): Result {
  const ours = specifier === 'crosscountry' || specifier.startsWith('crosscountry/');
  return nextResolve(specifier, ours ? { ...context, parentURL: import.meta.url } : context);
}
