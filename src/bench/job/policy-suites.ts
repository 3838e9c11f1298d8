/**
 * The study "where is a learned policy worth it": trained policies of several seeds, the untrained
 * control of each, annealing and heuristics, on the scalar tasks, on generated graphs of the families that
 * lessons show small graphs of, and on families that were set aside before training. Every search of a
 * subject has the same processor time on one thread; the seed of a search is that of its policy.
 */
import { paperTasks } from '../../../tasks/tasks.ts';
import {
  type GeneralistRecipe,
  generalistSeeds,
  quickRecipe,
  standardRecipe,
} from '../../policy/generalist/recipe.ts';
import type { SearchBudget } from '../../search/strategy.ts';
import type { Step } from './steps.ts';
import type { Suite } from './suite.ts';
import { isTensorTask } from './tensor-tasks.ts';
import { trainedPath, untrainedPath } from './training-step.ts';

/** A subject of the study. */
interface StudySubject {
  readonly subject: string;
  readonly cost: 'paper' | 'pairs';
  /** Processor seconds of a search. */
  readonly seconds: number;
}

/** Vertices of generated graphs, and the processor seconds of a search in about so many. */
const sizes = { small: 0.5, middle: 1.5, large: 8, largest: 20 } as const;

/**
 * Family, seed, and vertices of graphs of each size, where the family has such. Seeds are
 * of no lesson.
 */
const generated: readonly {
  readonly family: string;
  readonly seed?: number;
  readonly vertices: Partial<Readonly<Record<keyof typeof sizes, number>>>;
}[] = [
  {
    family: 'random-program',
    seed: 102,
    vertices: { small: 100, middle: 1000, large: 5000, largest: 10_000 },
  },
  {
    family: 'random-sparse',
    seed: 101,
    vertices: { small: 100, middle: 1000, large: 5000 },
  },
  {
    family: 'unrolled-ode',
    seed: 103,
    vertices: { small: 100, middle: 1000, large: 5000 },
  },
  {
    family: 'stencil',
    vertices: { small: 150, middle: 1000, large: 5000 },
  },
  {
    family: 'tiled-roe-flux',
    vertices: { large: 6330 },
  },
  {
    family: 'stepped-roe-flux',
    vertices: { middle: 1100, large: 5000 },
  },
  {
    family: 'bundle-adjustment',
    seed: 1,
    vertices: { small: 110, middle: 1000, large: 5000 },
  },
];

/** Every subject of the study: tasks of scalars, then graphs by size. */
const studySubjects = (): readonly StudySubject[] => [
  ...paperTasks
    .filter(({ name }) => !isTensorTask(name))
    .map(({ name }) => ({ subject: name, cost: 'paper', seconds: 0.5 }) as const),
  ...(['small', 'middle', 'large', 'largest'] as const).flatMap((size) =>
    generated.flatMap(({ family, seed, vertices }): StudySubject[] => {
      const number = vertices[size];
      if (number === undefined) return [];
      const subject = [family, number, ...(seed === undefined ? [] : [seed])].join('-');
      return [{ subject, cost: 'pairs', seconds: sizes[size] }];
    }),
  ),
];

/** Heuristics that are counted on every subject; others take minutes on graphs with hubs. */
const countedHeuristics = ['markowitz', 'markowitz-high', 'minimal-damage', 'minimal-damage-high'];

/** Seconds: of a training, and of counting heuristics, for the share that is shown. */
const weights = { training: 500, counts: 2 };

/** The steps of a study. */
function stepsOf(
  subjects: readonly (Omit<StudySubject, 'seconds'> & {
    readonly budget: SearchBudget;
  })[],
  recipe: GeneralistRecipe,
): readonly Step[] {
  const training = recipe === standardRecipe ? weights.training : 2;
  return [
    ...subjects.map(({ subject, cost }): Step => ({
      ...{ kind: 'counts', subject, cost, granularity: 'tensor', seed: 0 },
      ...{ orders: countedHeuristics, weight: weights.counts },
    })),
    ...generalistSeeds.map((seed): Step => ({
      kind: 'training',
      subject: 'generalist',
      seed,
      recipe,
      weight: training,
    })),
    ...subjects.flatMap(({ subject, cost, budget }) =>
      generalistSeeds.flatMap((seed): readonly Step[] => {
        const weight = budget.kind === 'time' ? budget.seconds : 0.1;
        const base = { kind: 'study', subject, cost, granularity: 'tensor', seed } as const;
        const of = (strategy: string, policy?: string): Step => ({
          ...{ ...base, strategy, budget, weight },
          ...(policy === undefined ? {} : { policy }),
        });
        return [
          of('anneal'),
          ...['policy', 'policy+anneal'].flatMap((strategy) =>
            [trainedPath(seed), untrainedPath(seed)].map((path) => of(strategy, path)),
          ),
        ];
      }),
    ),
  ];
}

/** The study, and a form of it that takes seconds and is the same on every machine. */
export const policySuites: readonly Suite[] = [
  {
    name: 'policy',
    summary:
      'where a learned policy is worth it: trainings, tasks, generated graphs, most of an hour',
    table: 'policy-ratios',
    steps: () =>
      stepsOf(
        studySubjects().map(({ seconds, ...rest }) => ({
          ...rest,
          budget: { kind: 'time', seconds },
        })),
        standardRecipe,
      ),
  },
  {
    name: 'policy-quick',
    summary: 'the same in small, some seconds',
    table: 'policy-ratios',
    steps: () =>
      stepsOf(
        ['PropaneCombustion', 'bundle-adjustment-110-1'].map((subject, index) => ({
          subject,
          cost: index === 0 ? 'paper' : 'pairs',
          budget: { kind: 'evaluations', evaluations: 20 },
        })),
        quickRecipe,
      ),
  },
];
