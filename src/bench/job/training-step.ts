/**
 * Trains a generalist, and writes it beside the untrained control of its seed. A training that is stopped
 * goes on where it was (src/policy/generalist/training.ts).
 */
import { join } from 'node:path';

import { recipeCommand } from '../../policy/generalist/recipe.ts';
import type { JobSet } from './job-set.ts';
import type { StepContext } from './step-context.ts';
import type { TrainingStep } from './steps.ts';

/** Where policies stand below the set's folder. */
const folder = 'policies';

/** Path of the policy that the training of a seed ends with. */
export function trainedPath(seed: number): string {
  return `${folder}/generalist-${seed}.json`;
}

/** Path of the network that it begins with. */
export function untrainedPath(seed: number): string {
  return `${folder}/untrained-${seed}.json`;
}

/** Trains. @returns both files, or none where it was interrupted */
export async function runTraining(
  { seed, recipe }: TrainingStep,
  { set, signal, onProgress }: StepContext,
): Promise<readonly string[]> {
  // Loaded only here: it brings TensorFlow.js.
  const { forgetStages, trainGeneralist, untrainedControl } =
    await import('../../policy/generalist/training.ts');
  const training = { seed, recipe, signal, onProgress, folder: join(set.folder, folder) };
  const trained = await trainGeneralist(training);
  if (trained === undefined) return [];
  const control = await untrainedControl(recipe, seed);
  const paths = [
    await set.addPolicy(untrainedPath(seed), control.text),
    await set.addPolicy(trainedPath(seed), trained.text),
  ];
  await forgetStages(training);
  return paths;
}

/** The files of a training by the same recipe. */
export function trainingDone(
  { seed, recipe }: TrainingStep,
  set: JobSet,
): readonly string[] | undefined {
  const paths = [untrainedPath(seed), trainedPath(seed)];
  const [control, trained] = paths.map((path) => set.policies.find((one) => one.path === path));
  const command = trained?.policy.provenance.command;
  return control !== undefined && command === recipeCommand(recipe) ? paths : undefined;
}
