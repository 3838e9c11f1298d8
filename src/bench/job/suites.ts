/** The list of suites of the main job. A new one is a file beside this and a line here. */
import { paperSuites } from './paper-suites.ts';
import { policySuites } from './policy-suites.ts';
import type { Suite } from './suite.ts';

/** Every suite, the standard one first. */
export const suites: readonly Suite[] = [...paperSuites, ...policySuites];
