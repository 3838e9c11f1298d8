/** The options of AlphaZero as parameters, for help texts and the command line. */
import { completeParameters } from '../../search/parameters.ts';
import type { ParameterValue } from '../../search/strategy.ts';
import { realNumber, wholeNumber } from '../learning/parameters.ts';
import { type AlphaZeroOptions, standardOptions } from './options.ts';

const standard = standardOptions;

/** In the order of help texts. */
export const alphaZeroParameters = [
  wholeNumber('simulations', 'evaluations before each move', standard.simulations, 1, 100_000),
  wholeNumber('considered', 'most moves considered at a position', standard.considered, 1, 4096),
  realNumber('scale', 'weight of values beside the policy', standard.scale, 0, 1000),
  wholeNumber('games', 'games side by side before it learns', standard.games, 1, 1024),
  wholeNumber(
    'gradient-steps',
    'steps of learning after the games; 0 is the untrained control',
    standard.gradientSteps,
    0,
    10_000,
  ),
  wholeNumber('batch', 'positions in a step', standard.batch, 1, 4096),
  realNumber('learning-rate', 'of Adam', standard.learningRate, 0, 1),
  realNumber('cost-weight', 'weight of the loss of costs', standard.costWeight, 0, 1000),
  wholeNumber('replay', 'games to learn from, the last ones', standard.replay, 1, 100_000),
  realNumber('imitation', 'share of positions of the best game', standard.imitation, 0, 1),
] as const;

/** Options from parameters that were given; the others have their standard. */
export function alphaZeroOptions(given: ReadonlyMap<string, ParameterValue>): AlphaZeroOptions {
  const values = completeParameters(alphaZeroParameters, given);
  return {
    simulations: values.simulations,
    considered: values.considered,
    scale: values.scale,
    games: values.games,
    gradientSteps: values['gradient-steps'],
    batch: values.batch,
    learningRate: values['learning-rate'],
    costWeight: values['cost-weight'],
    replay: values.replay,
    imitation: values.imitation,
  };
}
