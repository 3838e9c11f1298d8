/** What changes how imitation learns, and its standards. */
import { completeParameters } from '../../search/parameters.ts';
import type { ParameterValue } from '../../search/strategy.ts';
import { realNumber, wholeNumber } from '../learning/parameters.ts';

/** In the order of help texts. */
export const imitationParameters = [
  wholeNumber('lessons', 'lessons over which learning slows down', 2400, 1, 1e9),
  wholeNumber('positions', 'positions that are learned from a lesson', 8, 1, 64),
  wholeNumber('sweeps', 'sweeps of annealing in a lesson', 120, 1, 1e6),
  realNumber('temperature', 'of the moves before annealing takes over', 0.5, 0, 1000),
  wholeNumber(
    'gradient-steps',
    'steps of learning after a lesson; 0 is the untrained control',
    2,
    0,
    10_000,
  ),
  wholeNumber('batch', 'positions in a step', 32, 1, 4096),
  realNumber('learning-rate', 'of Adam in the first lesson', 2e-3, 0, 1),
  realNumber('last-rate', 'of Adam in the last lesson, as a share of that', 0.05, 0, 1),
  realNumber('cost-weight', 'weight of the loss of costs', 0.5, 0, 1000),
  wholeNumber('replay', 'lessons to learn from, the last ones', 1000, 1, 100_000),
] as const;

/** Numbers that a run is made with; the same and the same seed give the same weights. */
export interface ImitationOptions {
  readonly lessons: number;
  readonly positions: number;
  readonly sweeps: number;
  readonly temperature: number;
  readonly gradientSteps: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly lastRate: number;
  readonly costWeight: number;
  readonly replay: number;
}

/** Options from parameters that were given; the others have their standard. */
export function imitationOptions(given: ReadonlyMap<string, ParameterValue>): ImitationOptions {
  const values = completeParameters(imitationParameters, given);
  return {
    lessons: values.lessons,
    positions: values.positions,
    sweeps: values.sweeps,
    temperature: values.temperature,
    gradientSteps: values['gradient-steps'],
    batch: values.batch,
    learningRate: values['learning-rate'],
    lastRate: values['last-rate'],
    costWeight: values['cost-weight'],
    replay: values.replay,
  };
}

/** The rate of learning after so many lessons: it falls geometrically, and then no more. */
export function learningRateAt(
  { lessons, learningRate, lastRate }: ImitationOptions,
  done: number,
): number {
  return learningRate * lastRate ** Math.min(1, done / lessons);
}
