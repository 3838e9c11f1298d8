/** The configurations of training. A new one is a file beside this and a line here. */
import { suggestion } from '../../support/suggest.ts';
import { UserError } from '../../support/user-error.ts';
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
  const found = configurations.find((configuration) => configuration.name === name);
  if (found !== undefined) return found;
  const names = configurations.map((configuration) => configuration.name);
  throw new UserError({
    code: 'unknown-name',
    message:
      `there is no configuration ${JSON.stringify(name)}; use one of ${names.join(', ')}.` +
      suggestion(name, names),
  });
}
