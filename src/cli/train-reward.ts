/** What `train` learns from: the cost model's count, or the run time of Jacobians, measured here. */
import { systemClock } from '../bench/clock.ts';
import { jacobianRunners, raceOrders } from '../bench/order-race.ts';
import { targetNamed } from '../compile/targets.ts';
import { wasmEngine } from '../core/wasm.ts';
import type { CostModel } from '../cost/types.ts';
import { graphHash } from '../graph/canonical.ts';
import { orderIds, parseOrder } from '../order/orders.ts';
import type { EliminationOrder } from '../order/types.ts';
import type { LearningAlgorithm, OrderJudge } from '../policy/learning/types.ts';
import type { MeasuredReward } from '../policy/policy-file.ts';
import { forward } from '../search/heuristics/forward.ts';
import type { ParameterValue } from '../search/strategy.ts';
import type { FunctionSubject, Subject } from '../subject/types.ts';
import { positive } from './search-options.ts';
import { usageError, type VerbArguments } from './verb.ts';

/** Samples of each order while it learns, and of the best one at the end. */
const rounds = { learning: 9, end: 25 } as const;

/** Points a call where nothing is said. */
const standardBatch = 1024;

/** Most points of a call. */
const mostPoints = 2 ** 20;

/**
 * Standards of parameters where whole orders are judged: what a game returns is then known of the whole game
 * alone, so that moves are compared by it (with λ 1) and not by the differences of what the critic expects.
 */
export const judgedParameters: readonly (readonly [string, ParameterValue])[] = [['lambda', 1]];

/** The options of the reward. */
export const rewardOptions = {
  reward: {
    type: 'text',
    value: 'R',
    describe:
      'count: by the cost model (count); run-time: of the Jacobian, measured here (ppo only)',
  },
  target: {
    type: 'text',
    value: 'T',
    describe: 'what runs for --reward run-time: js or wasm (wasm)',
  },
  batch: {
    type: 'text',
    value: 'N',
    describe: `points a call for --reward run-time (${standardBatch})`,
  },
} as const;

/** A subject with a function, which can be run. */
function functionOf(subject: Subject): FunctionSubject {
  if (subject.kind !== 'graph') return subject;
  throw usageError(`${subject.name} is a graph without a function: it has no --reward run-time`);
}

/**
 * The reward that is asked for; nothing where it is the count.
 * @throws UserError where the algorithm or a subject has no such reward
 */
export function chosenReward(
  given: VerbArguments,
  algorithm: LearningAlgorithm,
  subjects: readonly Subject[],
): MeasuredReward | undefined {
  const word = given.text('reward') ?? 'count';
  if (word === 'count') {
    for (const option of ['target', 'batch']) {
      if (given.text(option) !== undefined)
        throw usageError(`--${option} is for --reward run-time`);
    }
    return undefined;
  }
  if (word !== 'run-time') {
    throw usageError(`--reward is count or run-time, not ${JSON.stringify(word)}`);
  }
  if (!algorithm.takesJudge) {
    throw usageError(
      `${algorithm.name} compares what moves cost, and run time is of whole orders; take --algorithm ppo`,
    );
  }
  for (const subject of subjects) functionOf(subject);
  const target = targetNamed(given.text('target') ?? 'wasm').name;
  const batch = positive(given, 'batch', standardBatch, mostPoints);
  return { kind: 'run-time', target, batch, reference: 'forward' };
}

/** A reward that is measured. */
export interface TimedReward {
  readonly reward: MeasuredReward;
  readonly judge: OrderJudge;
  /** The run time of one order of a task, by more samples, as a multiple of the reference's. */
  again(task: number, order: EliminationOrder): number;
}

/** Times orders of one subject beside its forward order. */
function timerOf(
  subject: FunctionSubject,
  model: CostModel,
  { target, batch }: MeasuredReward,
  seed: number,
): (orders: readonly EliminationOrder[], samples: number) => readonly number[] {
  const played = subject.graph(model);
  const { graph } = subject.linearisation();
  if (graphHash(played) !== graphHash(graph)) {
    throw usageError(
      `${subject.name} has another graph under ${model.name} than its function; ` +
        'choose another --cost for --reward run-time',
    );
  }
  const make = jacobianRunners(subject, { target, batch }, seed);
  const reference = forward.order(graph, { seed: 0 });
  let races = 0;
  return (orders, samples) => {
    races += 1;
    const own = orders.map((order) => parseOrder(graph, orderIds(played, order)));
    const options = { clock: systemClock, rounds: samples, seed: seed + races };
    return raceOrders(own, reference, make, options);
  };
}

/**
 * Makes ready what is measured.
 * @throws UserError where a subject has no points to run at, or another graph under the cost model
 */
export function openReward(
  reward: MeasuredReward,
  subjects: readonly Subject[],
  model: CostModel,
  seed: number,
): TimedReward {
  const tasks = subjects.map((subject) => {
    const graph = subject.graph(model);
    const handle = wasmEngine.load(model.prepare(graph));
    const [count = NaN] = handle.count([forward.order(graph, { seed: 0 })]);
    handle.dispose();
    // Where nothing costs anything there is nothing to choose.
    return { scale: Math.max(1, count), time: timerOf(functionOf(subject), model, reward, seed) };
  });
  const times = (task: number, orders: readonly EliminationOrder[], samples: number) => {
    const own = tasks[task];
    if (own === undefined) throw new Error(`there is no task ${task}`);
    return own.time(orders, samples);
  };
  return {
    reward,
    judge: {
      scales: tasks.map(({ scale }) => scale),
      costs: (task, orders) => times(task, orders, rounds.learning),
    },
    again: (task, order) => times(task, [order], rounds.end)[0] ?? NaN,
  };
}
