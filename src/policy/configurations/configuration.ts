/** A named way to train: a network and the numbers that go with it. */
import type { AlphaZeroOptions } from '../alphazero/options.ts';

/** What `train --config` chooses. */
export interface Configuration {
  readonly name: string;
  /** One line for people. */
  readonly summary: string;
  /** Name of an architecture (networks/networks.ts). */
  readonly network: string;
  readonly options: AlphaZeroOptions;
}
