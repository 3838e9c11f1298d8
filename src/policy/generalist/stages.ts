/**
 * The stages of a training, each kept in a file while it runs: one that is interrupted or killed goes on
 * where the file was last written and ends with the same weights.
 */
import { existsSync } from 'node:fs';

import type { CostedGraph } from '../../cost/types.ts';
import { writeWhole } from '../../results/store.ts';
import { completeParameters } from '../../search/parameters.ts';
import type { ParameterValue } from '../../search/strategy.ts';
import { readJson } from '../../subject/read-file.ts';
import { alphaZero } from '../alphazero/algorithm.ts';
import { imitation } from '../imitation/algorithm.ts';
import { lessonGraph } from '../imitation/lesson-graphs.ts';
import { imitationOptions } from '../imitation/parameters.ts';
import { runLearning } from '../learning/run.ts';
import { startLearning } from '../learning/start.ts';
import type { LearningRun } from '../learning/types.ts';
import type { Policy } from '../networks/policy-network.ts';
import { policyText, readPolicy, stoppedRun } from '../policy-file.ts';
import type { TensorFlow } from '../tensorflow.ts';
import type { RecipeStage } from './recipe.ts';

/** Milliseconds between two writings of a stage. */
const saveEvery = 10_000;

const algorithms = { imitation, alphazero: alphaZero } as const;

const parametersOf = ({ parameters }: RecipeStage): ReadonlyMap<string, ParameterValue> =>
  new Map(Object.entries(parameters));

/** How many lessons or games a stage has. */
export function stageGames(stage: RecipeStage): number {
  return stage.algorithm === 'imitation'
    ? imitationOptions(parametersOf(stage)).lessons
    : stage.episodes;
}

/** The tasks of a stage; none where it makes a graph for each lesson. */
function stageGraphs(stage: RecipeStage, seed: number): readonly CostedGraph[] {
  if (stage.algorithm === 'imitation') return [];
  return Array.from({ length: stage.graphs }, (_, index) => lessonGraph(seed, index));
}

/** What a stage begins with. */
export interface StageStart {
  /** That of the training. */
  readonly seed: number;
  /** The weights to begin with; untrained ones if left out. */
  readonly start: Policy | undefined;
  /** Where it is kept while it runs. */
  readonly file: string;
}

/**
 * Takes a stage up from its file, or begins it.
 * @throws UserError where the file is damaged or of another algorithm
 */
export async function openStage(
  tf: TensorFlow,
  stage: RecipeStage,
  { seed, start, file }: StageStart,
): Promise<LearningRun> {
  const graphs = stageGraphs(stage, seed);
  const setting = { tf, graphs, parameters: parametersOf(stage) };
  const algorithm = algorithms[stage.algorithm];
  if (existsSync(file)) {
    const { state, memory } = stoppedRun(readPolicy(await readJson(file), file), graphs, file);
    return algorithm.open({ ...setting, state, memory });
  }
  const state = startLearning(graphs.length, stage.seedOffset + seed, start);
  return algorithm.open({ ...setting, state });
}

/** Runs one stage to its end, or to the interruption. */
export async function runStage(
  run: LearningRun,
  stage: RecipeStage,
  file: string,
  { signal, heard }: { readonly signal: AbortSignal | undefined; readonly heard: () => void },
): Promise<void> {
  const algorithm = algorithms[stage.algorithm];
  const parameters = completeParameters(algorithm.parameters, parametersOf(stage));
  const save = (): Promise<void> =>
    writeWhole(file, policyText(run, { algorithm: algorithm.name, parameters, tasks: [] }));
  const episodes = stageGames(stage);
  if (run.curve.length >= episodes) return;
  let saved = Date.now();
  await runLearning(run, { episodes, signal }, async (point) => {
    heard();
    // A run can be written between two advances alone.
    if (Date.now() - saved < saveEvery || run.curve.at(-1) !== point) return;
    await save();
    saved = Date.now();
  });
  await save();
}
