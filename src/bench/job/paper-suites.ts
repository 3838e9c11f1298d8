/**
 * The suites of the paper's tasks. Budgets are evaluations and seeds are fixed, so that the same orders,
 * counts and bounds come out on every machine; only times differ.
 */
import { paperTasks } from '../../../tasks/tasks.ts';
import type { Granularity } from '../../subject/types.ts';
import type { Step, TimingsStep } from './steps.ts';
import type { Suite } from './suite.ts';
import { isTensorTask } from './tensor-tasks.ts';

/** Evaluations of a task's searches and bounds. */
interface Budgets {
  /** Proposals of annealing under `paper` and `multiplications`; none: no search. */
  readonly search: number;
  /** The same under `compiled`, element by element where there are tensors. */
  readonly compiled: number;
  /** Of the proofs under each of the two models; none: no bound. */
  readonly bound: Readonly<Record<'paper' | 'multiplications', number>>;
}

/** What is done with the tasks. */
interface PaperPlan {
  /** By task. */
  readonly budgets: Readonly<Record<string, Budgets>>;
  /** How the tasks that are timed are timed. */
  readonly timings: Pick<TimingsStep, 'targets' | 'precisions' | 'batches' | 'rounds' | 'seconds'>;
  readonly timed: readonly string[];
}

/** The budgets of the published results; the proof of g under `paper` takes 630,000 states. */
const full: PaperPlan = {
  budgets: {
    HumanHeartDipole: scalar(1e7, 4e5, 1e5, 2e5),
    PropaneCombustion: scalar(1e7, 4e5, 1e5, 1e5),
    RoeFlux_1d: scalar(1e7, 4e5, 3e5, 3e5),
    RobotArm_6DOF: scalar(1e7, 4e5, 1e5, 3e5),
    g: scalar(1e7, 4e5, 2e6, 5e5),
    BlackScholes_Jacobian: scalar(1e7, 4e5, 5e5, 3e5),
    RoeFlux_3d: scalar(3e7, 3e5, 1e5, 1e5),
    f: scalar(6e7, 12_000, 1e5, 1e5),
    Perceptron: scalar(5e6, 3e5, 1e5, 1e5),
    Encoder: scalar(3e7, 8000, 1e5, 1e5),
  },
  timings: {
    targets: ['js', 'wasm'],
    precisions: ['f64'],
    batches: [1, 64, 4096],
    rounds: 30,
    seconds: 120,
  },
  timed: paperTasks.map(({ name }) => name),
};

/** Tenths of a second a search; tensors are not bounded, their proofs have no quick form. */
const quick: PaperPlan = {
  budgets: {
    HumanHeartDipole: scalar(5e5, 0, 2000, 2000),
    PropaneCombustion: scalar(5e5, 0, 2000, 2000),
    RoeFlux_1d: scalar(2e6, 0, 2000, 2000),
    RobotArm_6DOF: scalar(1e6, 0, 2000, 2000),
    g: scalar(2e6, 0, 2000, 2000),
    BlackScholes_Jacobian: scalar(1e6, 0, 2000, 2000),
    RoeFlux_3d: scalar(1e6, 0, 0, 0),
    f: scalar(1e6, 0, 0, 0),
    Perceptron: scalar(5e5, 0, 0, 0),
    Encoder: scalar(1e6, 0, 0, 0),
  },
  timings: {
    targets: ['js', 'wasm'],
    precisions: ['f64'],
    batches: [1024],
    rounds: 10,
    seconds: 5,
  },
  timed: ['RoeFlux_1d', 'RobotArm_6DOF'],
};

function scalar(search: number, compiled: number, paper: number, multiplications: number): Budgets {
  return { search, compiled, bound: { paper, multiplications } };
}

/** The models of the published tables. */
const counted = ['paper', 'multiplications', 'compiled'] as const;

/** Of random orders, of searches, of proofs, and of what is timed when. */
const seeds = { counts: 0, search: 1, bound: 0, timings: 0 } as const;

/**
 * Seconds: of counting a task's orders; of a million proposals of a search, under `compiled` with scalars and
 * with elements of tensors; of a thousand evaluations of a proof.
 */
const weights = {
  count: { scalars: 0.2, tensors: 0.6 },
  search: 1.2,
  compiled: { scalars: 40, tensors: 1200 },
  bound: 0.5,
};

/** Kind by kind, model by model, task by task. */
function stepsOf(plan: PaperPlan): readonly Step[] {
  const { budgets, timings, timed } = plan;
  const searched = (['counts', 'search', 'bound'] as const).flatMap((kind) =>
    counted.flatMap((cost) =>
      Object.keys(budgets).flatMap((subject) => stepOf(kind, cost, subject, plan) ?? []),
    ),
  );
  return [
    ...searched,
    ...timed.map((subject) => ({
      ...{ kind: 'timings' as const, subject, seed: seeds.timings, ...timings },
      weight: 0.3 * timings.seconds,
    })),
  ];
}

function stepOf(
  kind: 'counts' | 'search' | 'bound',
  cost: (typeof counted)[number],
  subject: string,
  plan: PaperPlan,
): Step | undefined {
  const budgets = plan.budgets[subject];
  const kindOfTask = isTensorTask(subject) ? 'tensors' : 'scalars';
  // Under `compiled` tensors are searched element by element.
  const granularity: Granularity =
    cost === 'compiled' && kindOfTask === 'tensors' ? 'scalar' : 'tensor';
  const base = { subject, cost, seed: seeds[kind] };
  switch (kind) {
    case 'counts':
      return { ...base, kind, granularity: 'tensor', weight: weights.count[kindOfTask] };
    case 'search': {
      const evaluations = cost === 'compiled' ? budgets?.compiled : budgets?.search;
      if (evaluations === undefined || evaluations === 0) return undefined;
      const each = cost === 'compiled' ? weights.compiled[kindOfTask] : weights.search;
      const weight = (each * evaluations) / 1e6;
      return { ...base, kind, granularity, strategy: 'anneal', evaluations, weight };
    }
    case 'bound': {
      // Orders share values under `compiled`; there are no bounds.
      const evaluations = cost === 'compiled' ? undefined : budgets?.bound[cost];
      if (evaluations === undefined || evaluations === 0) return undefined;
      return {
        ...base,
        kind,
        granularity,
        evaluations,
        weight: (weights.bound * evaluations) / 1000,
      };
    }
  }
}

/** The tasks of the paper, with the budgets of the published results and with small ones. */
export const paperSuites: readonly Suite[] = [
  {
    name: 'paper',
    summary: 'the ten tasks of the paper, an hour or more',
    table: 'paper-table',
    steps: () => stepsOf(full),
  },
  {
    name: 'quick',
    summary: 'the same tasks with small budgets, about a minute',
    table: 'paper-table',
    steps: () => stepsOf(quick),
  },
];
