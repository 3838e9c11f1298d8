/** The steps of the main job: each finds something out about one subject, and writes files of it. */
import type { Precision } from '../../compile/types.ts';
import type { GeneralistRecipe } from '../../policy/generalist/recipe.ts';
import type { SearchBudget } from '../../search/strategy.ts';
import type { Granularity } from '../../subject/types.ts';

/** What a step is about. */
interface StepBase {
  readonly subject: string;
  readonly seed: number;
  /** About how long it takes on two cores, in seconds: for the share that is shown, nothing else. */
  readonly weight: number;
}

/** Named orders counted: one file each. */
export interface CountsStep extends StepBase {
  readonly kind: 'counts';
  /** Names of heuristics; every one and the published order if left out. */
  readonly orders?: readonly string[];
  readonly cost: string;
  readonly granularity: Granularity;
}

/** A search whose evaluations and seed decide the order: one file. */
export interface SearchStep extends StepBase {
  readonly kind: 'search';
  readonly cost: string;
  readonly granularity: Granularity;
  readonly strategy: string;
  readonly evaluations: number;
}

/** A lower bound of the least count, begun at the best order so far: one file with both. */
export interface BoundStep extends StepBase {
  readonly kind: 'bound';
  readonly cost: string;
  readonly granularity: Granularity;
  readonly evaluations: number;
}

/** Compiled Jacobians timed, all in the rounds of one run: one file. */
export interface TimingsStep extends StepBase {
  readonly kind: 'timings';
  readonly targets: readonly string[];
  readonly precisions: readonly Precision[];
  readonly batches: readonly number[];
  readonly rounds: number;
  /** After which no further round begins. */
  readonly seconds: number;
}

/** A generalist trained, and the untrained control of the same seed: one policy file each. */
export interface TrainingStep extends StepBase {
  readonly kind: 'training';
  readonly recipe: GeneralistRecipe;
}

/** A search of the study of policies, on one thread: one file. */
export interface StudyStep extends StepBase {
  readonly kind: 'study';
  readonly cost: string;
  readonly granularity: Granularity;
  readonly strategy: string;
  /** Seconds are of the processor. */
  readonly budget: SearchBudget;
  /** The policy file of a training, for the strategies that go by one. */
  readonly policy?: string;
}

/** A step of the main job. */
export type Step = CountsStep | SearchStep | BoundStep | TimingsStep | TrainingStep | StudyStep;

/** Every kind, in the order in which they are done: later ones go by what earlier ones found. */
export const stepKinds = [
  'counts',
  'search',
  'bound',
  'timings',
  'training',
  'study',
] as const satisfies readonly Step['kind'][];

/** A step in words, as in `search RoeFlux_1d (paper)`. */
export function stepText(step: Step): string {
  switch (step.kind) {
    case 'timings':
      return `timings ${step.subject}`;
    case 'training':
      return `training ${step.subject} (seed ${step.seed})`;
    case 'study': {
      const { subject, strategy, policy } = step;
      return `study ${subject} (${strategy}${policy === undefined ? '' : `, ${policy}`}, seed ${step.seed})`;
    }
    default:
      return `${step.kind} ${step.subject} (${step.cost})`;
  }
}
