/**
 * Makes a generalist by a recipe, stage by stage (stages.ts), and judges it. TensorFlow.js is loaded when it
 * runs.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { originRecord } from '../../results/provenance.ts';
import { mean } from '../../support/statistics.ts';
import { heldOutGraphs, lessonFamilies } from '../imitation/lesson-graphs.ts';
import { freshPolicy } from '../learning/start.ts';
import type { CurvePoint } from '../learning/types.ts';
import { coreWeights, messagePassingNetwork } from '../networks/message-passing.ts';
import type { Policy } from '../networks/policy-network.ts';
import { finishedPolicyText } from '../policy-file.ts';
import { openPolicy } from '../shipped.ts';
import { openTensorFlow } from '../tensorflow.ts';
import { annealHeldOut, type Excess, excessOfPolicy, type JudgedGraph } from './judge.ts';
import { type GeneralistRecipe, recipeCommand } from './recipe.ts';
import { openStage, runStage, stageGames } from './stages.ts';

/** About how many points a curve has. */
const curvePoints = 40;

/** What a training is given. */
export interface GeneralistTraining {
  readonly recipe: GeneralistRecipe;
  readonly seed: number;
  /** Where stages are kept while it runs. */
  readonly folder: string;
  readonly signal?: AbortSignal;
  /** Share of the lessons and games that were. */
  readonly onProgress?: (share: number) => void;
}

/** What came of it. */
export interface TrainedGeneralist {
  readonly policy: Policy;
  /** On held-out graphs. */
  readonly excess: Excess;
  /** The policy file. */
  readonly text: string;
}

/** Held-out graphs by their number; annealing them takes half a minute. */
const judgedBefore = new Map<number, Promise<readonly JudgedGraph[]>>();

/** The held-out graphs that a recipe is judged by, annealed once in a program. */
export function judgedGraphs({ heldOutEach }: GeneralistRecipe): Promise<readonly JudgedGraph[]> {
  const known = judgedBefore.get(heldOutEach) ?? annealHeldOut(heldOutGraphs(heldOutEach));
  judgedBefore.set(heldOutEach, known);
  return known;
}

function stageFile({ folder, seed, recipe }: GeneralistTraining, stage: number): string {
  return join(folder, `${recipe.name}-${seed}-stage-${stage + 1}.checkpoint`);
}

/** Means of the lessons' excess over the teacher, of some lessons each. */
function curveOf(points: readonly CurvePoint[]): { lesson: number; excess: number }[] {
  const block = Math.max(1, Math.ceil(points.length / curvePoints));
  return Array.from({ length: Math.ceil(points.length / block) }, (_, index) => {
    const own = points.slice(index * block, (index + 1) * block);
    return {
      lesson: index * block + own.length,
      excess: mean(own.map(({ count, best }) => count / best - 1)),
    };
  });
}

/** A policy with what is known of its making. */
async function judged(
  policy: Policy,
  { recipe, seed }: Pick<GeneralistTraining, 'recipe' | 'seed'>,
  { command, curve }: { readonly command: string; readonly curve: readonly CurvePoint[] },
): Promise<TrainedGeneralist> {
  const graphs = await judgedGraphs(recipe);
  const excess = excessOfPolicy(graphs, coreWeights(policy));
  const text = finishedPolicyText(policy, {
    command,
    seeds: [seed],
    seed,
    parameters: { recipe: recipe.name },
    families: lessonFamilies.map(({ name }) => name),
    heldOut: { graphs: graphs.length, excess: { [seed]: excess.mean } },
    byFamily: excess.byFamily,
    curve: curveOf(curve),
    ...originRecord(new Date()),
  });
  return { policy, excess, text };
}

/**
 * Trains.
 * @returns nothing where it was interrupted; the stages' files are left then, and the same call goes on
 */
export async function trainGeneralist(
  training: GeneralistTraining,
): Promise<TrainedGeneralist | undefined> {
  const { recipe, seed, signal } = training;
  const { tf } = await openTensorFlow();
  const games = recipe.stages.reduce((sum, stage) => sum + stageGames(stage), 0);
  let policy = recipe.policy === undefined ? undefined : (await openPolicy(recipe.policy)).policy;
  let lessons: readonly CurvePoint[] = [];
  let before = 0;
  for (const [index, stage] of recipe.stages.entries()) {
    const file = stageFile(training, index);
    const run = await openStage(tf, stage, { seed, start: policy, file });
    try {
      await runStage(run, stage, file, {
        signal,
        heard: () => training.onProgress?.((before + run.curve.length) / games),
      });
      if (run.curve.length < stageGames(stage)) return undefined;
      const { network, trainer } = run.state();
      policy = { network, weights: trainer.weights };
      before += run.curve.length;
      // Games of self-play have no teacher to be compared with.
      if (stage.algorithm === 'imitation') lessons = [...lessons, ...run.curve];
    } finally {
      run.dispose();
    }
  }
  if (policy === undefined) throw new Error('a recipe has a stage');
  return judged(policy, training, { command: recipeCommand(recipe), curve: lessons });
}

/** Removes the files of a training's stages, once what came of it is kept elsewhere. */
export async function forgetStages(training: GeneralistTraining): Promise<void> {
  for (const index of training.recipe.stages.keys()) {
    await rm(stageFile(training, index), { force: true });
  }
}

/** The untrained control of a seed: the network that the training of that seed begins with. */
export function untrainedControl(
  recipe: GeneralistRecipe,
  seed: number,
): Promise<TrainedGeneralist> {
  const policy = freshPolicy(messagePassingNetwork, seed);
  const command = 'train --algorithm imitation --seed N --parameter gradient-steps=0';
  return judged(policy, { recipe, seed }, { command, curve: [] });
}
