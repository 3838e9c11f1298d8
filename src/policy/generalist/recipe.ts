/** How the generalist is made (docs/generalist.md): runs of imitation, each from the weights before it. */
import type { ParameterValue } from '../../search/strategy.ts';

/** One run of imitation. */
export interface RecipeStage {
  /** The seed of the run is that of the training and this. */
  readonly seedOffset: number;
  /** Parameters of imitation that are not the standard ones. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

/** A recipe. */
export interface GeneralistRecipe {
  readonly name: 'standard' | 'quick';
  readonly stages: readonly RecipeStage[];
  /** Held-out graphs of each family that it is judged by. */
  readonly heldOutEach: number;
}

/** That of the package: one run, as slowing down again and again taught less than one long slowing down. */
export const standardRecipe: GeneralistRecipe = {
  name: 'standard',
  stages: [{ seedOffset: 0, parameters: { lessons: 8000, replay: 4000 } }],
  heldOutEach: 8,
};

/** The same in seconds, to try whether all of it works; what it makes is no good. */
export const quickRecipe: GeneralistRecipe = {
  name: 'quick',
  stages: [
    { seedOffset: 0, parameters: { lessons: 6, sweeps: 5 } },
    { seedOffset: 100, parameters: { lessons: 4, sweeps: 8, 'learning-rate': 1.5e-3 } },
  ],
  heldOutEach: 1,
};

/** Seeds of the trainings; the policy in the middle is shipped. */
export const generalistSeeds = [1, 2, 3] as const;

/** The commands that do the same, N for the seed. */
export function recipeCommand({ stages }: GeneralistRecipe): string {
  return stages
    .map(({ seedOffset, parameters }, stage) => {
      const words = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
      return [
        'train --algorithm imitation',
        ...(stage === 0 ? [] : [`--policy STAGE-${stage}`]),
        ...['--seed', seedOffset === 0 ? 'N' : `${seedOffset}+N`],
        ...(words.length === 0 ? [] : ['--parameter', ...words]),
        ...(stage === stages.length - 1 ? [] : [`--out STAGE-${stage + 1}`]),
      ].join(' ');
    })
    .join('; ');
}
