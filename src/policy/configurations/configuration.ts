/** A named way to train: a network, a way of learning, and the numbers that go with them. */
import type { ParameterValue } from '../../search/strategy.ts';

/** What `train --config` chooses. */
export interface Configuration {
  readonly name: string;
  /** One line for people. */
  readonly summary: string;
  /** Name of an architecture (networks/networks.ts). */
  readonly network: string;
  /** Name of the way of learning (algorithms.ts) that it is for; any if left out. */
  readonly algorithm?: string;
  /** Values of that algorithm's parameters by name; the others have their standard. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}
