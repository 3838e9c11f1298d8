/**
 * Tasks beyond the paper's ten: the other example functions of the field, written from their
 * published formulas. A new one is a file beside this and a line here.
 */
import type { Task } from '../types.ts';
import { adalifStep } from './ADALIF_step.ts';
import { broydenTridiagonal } from './BroydenTridiagonal.ts';
import { bundleAdjustment } from './BundleAdjustment.ts';
import { cloudSchemesStep } from './CloudSchemes_step.ts';
import { encoderDecoder } from './EncoderDecoder.ts';
import { gaussianDataFitting } from './GaussianDataFitting.ts';
import { gaussianMixture } from './GaussianMixture.ts';
import { helmholtz } from './Helmholtz.ts';
import { holeTask } from './Hole.ts';
import { kerrSenMetric } from './KerrSen_metric.ts';
import { lighthouse } from './Lighthouse.ts';
import { lstmStep } from './LSTM_step.ts';
import { nBody } from './NBody.ts';
import { rosenbrock } from './Rosenbrock.ts';
import { rosenbrockGradient } from './Rosenbrock_gradient.ts';
import { solidFuelIgnition } from './SolidFuelIgnition.ts';
import { sphericalHarmonics } from './SphericalHarmonics.ts';
import { steadyStateCombustion } from './SteadyStateCombustion.ts';
import { transformerBlock } from './TransformerBlock.ts';

/** In the order of tables: small examples, sciences, optimisation, learning. */
export const extraTasks: readonly Task[] = [
  lighthouse,
  holeTask,
  helmholtz,
  cloudSchemesStep,
  kerrSenMetric,
  sphericalHarmonics,
  nBody,
  bundleAdjustment,
  rosenbrock,
  rosenbrockGradient,
  broydenTridiagonal,
  solidFuelIgnition,
  steadyStateCombustion,
  gaussianDataFitting,
  gaussianMixture,
  lstmStep,
  adalifStep,
  transformerBlock,
  encoderDecoder,
];
