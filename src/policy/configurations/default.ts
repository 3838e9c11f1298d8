/** The small network that the core evaluates, with the standards of options.ts. */
import { standardOptions } from '../alphazero/options.ts';
import type { Configuration } from './configuration.ts';

/** The configuration. */
export const defaultConfiguration: Configuration = {
  name: 'default',
  summary: 'messages between vertices, 16 simulations a move',
  network: 'message-passing',
  options: standardOptions,
};
