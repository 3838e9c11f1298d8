/** The architectures of policy networks. A new one is a file beside this and a line here. */
import { suggestion } from '../../support/suggest.ts';
import { UserError } from '../../support/user-error.ts';
import { messagePassing } from './message-passing.ts';
import type { NetworkArchitecture } from './policy-network.ts';
import { transformer } from './transformer.ts';

/** In the order of help texts, the standard first. */
export const architectures: readonly NetworkArchitecture[] = [messagePassing, transformer];

/**
 * The architecture of a name.
 * @throws UserError unknown-name, with a suggestion
 */
export function architectureNamed(name: string): NetworkArchitecture {
  const found = architectures.find((architecture) => architecture.name === name);
  if (found !== undefined) return found;
  const names = architectures.map((architecture) => architecture.name);
  throw new UserError({
    code: 'unknown-name',
    message:
      `there is no network ${JSON.stringify(name)}; use one of ${names.join(', ')}.` +
      suggestion(name, names),
  });
}
