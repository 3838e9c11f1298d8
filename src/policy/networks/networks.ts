/** The architectures of policy networks. A new one is a file beside this and a line here. */
import { entryNamed } from '../../support/named.ts';
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
  return entryNamed(architectures, 'network', name);
}
