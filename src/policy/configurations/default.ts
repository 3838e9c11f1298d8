/** The small network that the core evaluates, with the standards of the algorithm. */
import type { Configuration } from './configuration.ts';

/** The configuration. */
export const defaultConfiguration: Configuration = {
  name: 'default',
  summary: 'messages between vertices, parameters as they stand',
  network: 'message-passing',
  parameters: {},
};
