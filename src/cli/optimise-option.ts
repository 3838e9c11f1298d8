/** `--optimise`: Programs rewritten before they are compiled. */
import { parseSeconds } from './search-options.ts';
import type { VerbArguments } from './verb.ts';

/** The option of verbs that write code. */
export const optimiseOption = {
  type: 'text',
  value: 'TIME',
  describe:
    'rewrite the program for fewer operations, as long as this: 0, 1s, 10s (0); without --order the lightest of several orders (heuristics, published, stored best) is taken',
} as const;

/** The time asked for; `undefined` where the option is not given or 0. */
export function chosenOptimiseSeconds(given: VerbArguments): number | undefined {
  const text = given.text('optimise');
  if (text === undefined || /^0+(?:\.0*)?(?:s|ms)?$/.test(text.trim())) return undefined;
  return parseSeconds(text, 'optimise');
}
