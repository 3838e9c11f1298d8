/** What a search and its threads say to each other; structured clones. */
import type { RestartPlan, RestartReport, RestartResult, RestartSetting } from './restarts.ts';

/** Given to a thread when it starts. */
export interface ThreadStart {
  readonly runner: string;
  readonly setting: Omit<RestartSetting, 'model'>;
  /** Name of the cost model. */
  readonly model: string;
}

/** To a thread. */
export type ThreadOrder =
  | { readonly kind: 'run'; readonly plan: RestartPlan }
  /** Ends a restart early, or one that has not begun as soon as it begins. */
  | { readonly kind: 'cancel'; readonly index: number };

/** From a thread. */
export type ThreadMessage =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'report';
      readonly index: number;
      readonly evaluations: number;
      readonly best: RestartReport['best'];
    }
  | { readonly kind: 'result'; readonly result: RestartResult };
