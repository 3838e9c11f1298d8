/** What a run and its threads say to each other; structured clones. */
import type { Graph } from '../../graph/types.ts';
import type { GameKind } from './makers.ts';
import type { GamePlan } from './types.ts';

/** Given to a thread when it starts. */
export interface ThreadStart {
  readonly kind: GameKind;
  readonly graphs: readonly Graph[];
  /** Name of the cost model. */
  readonly model: string;
  /** Any weights of the network; every round brings its own. */
  readonly weights: Float32Array;
}

/** To a thread: plays games of a round until none is left. */
export interface ThreadOrder {
  readonly round: number;
  readonly weights: Float32Array;
  readonly plans: readonly GamePlan[];
  /** One number that all threads share: which game is the next that nobody plays. */
  readonly next: Int32Array;
}

/** From a thread. */
export type ThreadMessage =
  | {
      readonly kind: 'game';
      readonly round: number;
      readonly index: number;
      readonly game: unknown;
    }
  /** It has found nothing left of the round. */
  | { readonly kind: 'end'; readonly round: number };

/** Takes the next game of a round that nobody plays; nothing where there is none left. */
export function takeGame(
  plans: readonly GamePlan[],
  next: Int32Array,
): { readonly index: number; readonly plan: GamePlan } | undefined {
  const index = Atomics.add(next, 0, 1);
  const plan = plans[index];
  return plan === undefined ? undefined : { index, plan };
}
