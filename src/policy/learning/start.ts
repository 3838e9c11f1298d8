/** A run before its first game. */
import { derivedSeed } from '../../search/derived-seed.ts';
import { messagePassingNetwork } from '../networks/message-passing.ts';
import { type Policy, type PolicyNetwork, parsePolicy } from '../networks/policy-network.ts';
import { startTraining } from '../trainer.ts';
import type { LearningState } from './types.ts';

/** A network before any training, as a run of this seed begins with it. */
export function freshPolicy(network: PolicyNetwork, seed: number): Policy {
  return parsePolicy(network, network.initialWeights(derivedSeed(seed, -1)));
}

/**
 * A run of some tasks before its first game.
 * @param policy what to begin with; the default network before any training if left out
 */
export function startLearning(
  tasks: number,
  seed: number,
  policy: Policy = freshPolicy(messagePassingNetwork, seed),
): LearningState {
  return {
    seed,
    network: policy.network,
    trainer: startTraining(policy.weights),
    best: Array.from({ length: tasks }, () => undefined),
    curve: [],
  };
}
