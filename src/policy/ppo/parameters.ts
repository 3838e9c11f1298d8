/** The options of PPO as parameters, for help texts and the command line. */
import { completeParameters } from '../../search/parameters.ts';
import type { ParameterValue } from '../../search/strategy.ts';
import { realNumber, wholeNumber } from '../learning/parameters.ts';
import { type PpoOptions, standardOptions } from './options.ts';

const standard = standardOptions;

/** In the order of help texts. */
export const ppoParameters = [
  wholeNumber('games', 'games between two times of learning', standard.games, 1, 10_000),
  wholeNumber(
    'epochs',
    'how often a position is learned from; 0 is the untrained control',
    standard.epochs,
    0,
    1000,
  ),
  wholeNumber('batch', 'positions in a step', standard.batch, 1, 4096),
  realNumber('learning-rate', 'of Adam', standard.learningRate, 0, 1),
  realNumber('clip', 'how far the ratio of chances may go from 1', standard.clip, 0, 1000),
  realNumber('lambda', 'of generalised advantage estimation', standard.lambda, 0, 1),
  realNumber('entropy-weight', "weight of the policy's entropy", standard.entropyWeight, 0, 1000),
  realNumber('cost-weight', 'weight of the loss of costs', standard.costWeight, 0, 1000),
] as const;

/** Options from parameters that were given; the others have their standard. */
export function ppoOptions(given: ReadonlyMap<string, ParameterValue>): PpoOptions {
  const values = completeParameters(ppoParameters, given);
  return {
    games: values.games,
    epochs: values.epochs,
    batch: values.batch,
    learningRate: values['learning-rate'],
    clip: values.clip,
    lambda: values.lambda,
    entropyWeight: values['entropy-weight'],
    costWeight: values['cost-weight'],
  };
}
