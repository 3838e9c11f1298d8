/** Entries of registries by their names. */
import { suggestion } from './suggest.ts';
import { UserError } from './user-error.ts';

/**
 * The entry of a name.
 * @param kind what the entries are, for the message
 * @throws UserError unknown-name, with the names there are and the nearest one
 */
export function entryNamed<Entry extends { readonly name: string }>(
  entries: readonly Entry[],
  kind: string,
  name: string,
): Entry {
  const found = entries.find((entry) => entry.name === name);
  if (found !== undefined) return found;
  const names = entries.map((entry) => entry.name);
  throw new UserError({
    code: 'unknown-name',
    message:
      `there is no ${kind} ${JSON.stringify(name)}; use one of ${names.join(', ')}.` +
      suggestion(name, names),
  });
}
