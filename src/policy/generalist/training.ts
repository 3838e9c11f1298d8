/**
 * Makes a generalist by a recipe: stage by stage, each of which is kept in a file while it runs, so that a
 * training that is interrupted or killed goes on where the file was last written and ends with the same
 * weights. TensorFlow.js is loaded when it runs.
 */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { originRecord } from '../../results/provenance.ts';
import { writeWhole } from '../../results/store.ts';
import { completeParameters } from '../../search/parameters.ts';
import { readJson } from '../../subject/read-file.ts';
import { mean } from '../../support/statistics.ts';
import { imitation } from '../imitation/algorithm.ts';
import { heldOutGraphs, lessonFamilies } from '../imitation/lesson-graphs.ts';
import { imitationOptions } from '../imitation/parameters.ts';
import { runLearning } from '../learning/run.ts';
import { freshPolicy, startLearning } from '../learning/start.ts';
import type { CurvePoint, LearningRun } from '../learning/types.ts';
import { coreWeights, messagePassingNetwork } from '../networks/message-passing.ts';
import type { Policy } from '../networks/policy-network.ts';
import { finishedPolicyText, policyText, readPolicy, stoppedRun } from '../policy-file.ts';
import { openTensorFlow, type TensorFlow } from '../tensorflow.ts';
import { annealHeldOut, type Excess, excessOfPolicy, type JudgedGraph } from './judge.ts';
import { type GeneralistRecipe, recipeCommand, type RecipeStage } from './recipe.ts';

/** Milliseconds between two writings of a stage. */
const saveEvery = 10_000;

/** About how many points a curve has. */
const curvePoints = 40;

/** What a training is given. */
export interface GeneralistTraining {
  readonly recipe: GeneralistRecipe;
  readonly seed: number;
  /** Where stages are kept while it runs. */
  readonly folder: string;
  readonly signal?: AbortSignal;
  /** Share of the lessons that were given. */
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

const lessonsOf = ({ parameters }: RecipeStage): number =>
  imitationOptions(new Map(Object.entries(parameters))).lessons;

/** Takes a stage up from its file, or begins it. */
async function openStage(
  tf: TensorFlow,
  { seedOffset, parameters }: RecipeStage,
  seed: number,
  start: Policy | undefined,
  file: string,
): Promise<LearningRun> {
  const given = new Map(Object.entries(parameters));
  if (existsSync(file)) {
    const { state, memory } = stoppedRun(readPolicy(await readJson(file), file), [], file);
    return imitation.open({ tf, graphs: [], parameters: given, state, memory });
  }
  const state = startLearning(0, seedOffset + seed, start);
  return imitation.open({ tf, graphs: [], parameters: given, state });
}

/** Runs one stage to its end, or to the interruption. */
async function runStage(
  run: LearningRun,
  stage: RecipeStage,
  file: string,
  { signal, heard }: { readonly signal: AbortSignal | undefined; readonly heard: () => void },
): Promise<void> {
  const parameters = completeParameters(
    imitation.parameters,
    new Map(Object.entries(stage.parameters)),
  );
  const save = (): Promise<void> =>
    writeWhole(file, policyText(run, { algorithm: imitation.name, parameters, tasks: [] }));
  const episodes = lessonsOf(stage);
  if (run.curve.length >= episodes) return;
  let saved = Date.now();
  await runLearning(run, { episodes, signal }, async () => {
    heard();
    if (Date.now() - saved < saveEvery) return;
    await save();
    saved = Date.now();
  });
  await save();
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
  const lessons = recipe.stages.reduce((sum, stage) => sum + lessonsOf(stage), 0);
  let policy: Policy | undefined;
  let curve: readonly CurvePoint[] = [];
  for (const [index, stage] of recipe.stages.entries()) {
    const file = stageFile(training, index);
    const run = await openStage(tf, stage, seed, policy, file);
    const before = curve.length;
    try {
      await runStage(run, stage, file, {
        signal,
        heard: () => training.onProgress?.((before + run.curve.length) / lessons),
      });
      if (run.curve.length < lessonsOf(stage)) return undefined;
      const { network, trainer } = run.state();
      policy = { network, weights: trainer.weights };
      curve = [...curve, ...run.curve];
    } finally {
      run.dispose();
    }
  }
  if (policy === undefined) throw new Error('a recipe has a stage');
  return judged(policy, training, { command: recipeCommand(recipe), curve });
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
