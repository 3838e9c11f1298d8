/** How the generalist is made (docs/generalist.md): runs of learning, each from the weights before it. */
import type { ParameterValue } from '../../search/strategy.ts';

/** What every run of learning has. */
interface Stage {
  /** The seed of the run is that of the training and this. */
  readonly seedOffset: number;
  /** Parameters of the algorithm that are not the standard ones. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

/** One run of imitation, each lesson on another graph. */
export interface ImitationStage extends Stage {
  readonly algorithm: 'imitation';
}

/** One run of self-play by AlphaZero: the graphs of the first lessons take turns. */
export interface SelfPlayStage extends Stage {
  readonly algorithm: 'alphazero';
  /** How many graphs, 1 … 64: each has a search tree of its own, of 16 MiB. */
  readonly graphs: number;
  /** Games in all. */
  readonly episodes: number;
}

/** One run of learning. */
export type RecipeStage = ImitationStage | SelfPlayStage;

/** A recipe. */
export interface GeneralistRecipe {
  /** Names the files of its stages. */
  readonly name: string;
  /** The policy that the first stage begins with, a file or a name; untrained weights if left out. */
  readonly policy?: string;
  readonly stages: readonly RecipeStage[];
  /** Held-out graphs of each family that it is judged by. */
  readonly heldOutEach: number;
}

/** That of the package: one run, as slowing down again and again taught less than one long slowing down. */
export const standardRecipe: GeneralistRecipe = {
  name: 'standard',
  stages: [{ algorithm: 'imitation', seedOffset: 0, parameters: { lessons: 8000, replay: 4000 } }],
  heldOutEach: 8,
};

/** The same in seconds, to try whether all of it works; what it makes is no good. */
export const quickRecipe: GeneralistRecipe = {
  name: 'quick',
  stages: [
    { algorithm: 'imitation', seedOffset: 0, parameters: { lessons: 6, sweeps: 5 } },
    {
      algorithm: 'imitation',
      seedOffset: 100,
      parameters: { lessons: 4, sweeps: 8, 'learning-rate': 1.5e-3 },
    },
  ],
  heldOutEach: 1,
};

/**
 * Self-play that can follow the standard recipe. It is not part of it: held-out graphs got dearer by it
 * (docs/generalist.md), less so than with fewer simulations and larger steps.
 */
export const standardSelfPlay: SelfPlayStage = {
  algorithm: 'alphazero',
  seedOffset: 200,
  graphs: 64,
  episodes: 512,
  parameters: {
    simulations: 64,
    considered: 16,
    'gradient-steps': 1,
    batch: 32,
    'learning-rate': 3e-5,
    replay: 320,
  },
};

/** The same in a second. */
export const quickSelfPlay: SelfPlayStage = {
  algorithm: 'alphazero',
  seedOffset: 200,
  graphs: 2,
  episodes: 4,
  parameters: { simulations: 2, 'gradient-steps': 1, batch: 4, replay: 3 },
};

/**
 * A recipe with self-play after its stages.
 * @param policy in place of what those stages make, a file or a name
 */
export function withSelfPlay(
  recipe: GeneralistRecipe,
  stage: SelfPlayStage,
  policy?: string,
): GeneralistRecipe {
  return policy === undefined
    ? { ...recipe, name: `${recipe.name}-self-play`, stages: [...recipe.stages, stage] }
    : { ...recipe, name: `${recipe.name}-self-play-alone`, stages: [stage], policy };
}

/** Seeds of the trainings; the policy in the middle is shipped. */
export const generalistSeeds = [1, 2, 3] as const;

/** What a stage learns on and how long, as far as its parameters don't say. */
function subjectWords(stage: RecipeStage): readonly string[] {
  if (stage.algorithm === 'imitation') return [];
  const { graphs, episodes } = stage;
  return [`--cost pairs --episodes ${episodes} LESSON-GRAPH-1 … LESSON-GRAPH-${graphs}`];
}

/** The commands that do the same, N for the seed. */
export function recipeCommand({ policy, stages }: GeneralistRecipe): string {
  return stages
    .map((stage, index) => {
      const { algorithm, seedOffset, parameters } = stage;
      const words = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
      const start = index === 0 ? policy : `STAGE-${index}`;
      return [
        `train --algorithm ${algorithm}`,
        ...subjectWords(stage),
        ...(start === undefined ? [] : [`--policy ${start}`]),
        ...['--seed', seedOffset === 0 ? 'N' : `${seedOffset}+N`],
        ...(words.length === 0 ? [] : ['--parameter', ...words]),
        ...(index === stages.length - 1 ? [] : [`--out STAGE-${index + 1}`]),
      ].join(' ');
    })
    .join('; ');
}
