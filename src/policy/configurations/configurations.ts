/** The configurations of training. A new one is a file beside this and a line here. */
import { entryNamed } from '../../support/named.ts';
import { alphagradConfiguration } from './alphagrad.ts';
import type { Configuration } from './configuration.ts';
import { defaultConfiguration } from './default.ts';

/** In the order of help texts, the standard first. */
export const configurations: readonly Configuration[] = [
  defaultConfiguration,
  alphagradConfiguration,
];

/**
 * The configuration of a name.
 * @throws UserError unknown-name, with a suggestion
 */
export function configurationNamed(name: string): Configuration {
  return entryNamed(configurations, 'configuration', name);
}
