/** What `train` says at its end: what was found, beside heuristics and annealing. */
import type { CostModel } from '../cost/types.ts';
import { wasmEngine } from '../core/wasm.ts';
import { orderIds } from '../order/orders.ts';
import type { EliminationOrder } from '../order/types.ts';
import type { LearningRun } from '../policy/learning/types.ts';
import type { RunDescription } from '../policy/policy-file.ts';
import { countOrders } from '../results/count-orders.ts';
import { anneal } from '../search/strategies/anneal.ts';
import type { Subject } from '../subject/types.ts';
import { baselines, type ComparedOrder, comparisonTable } from './comparison.ts';
import type { CommandLineIo } from './io.ts';
import { shortSeconds, withCommas } from './numbers.ts';
import { printDocument } from './print.ts';
import { curveLines } from './train-progress.ts';
import type { TimedReward } from './train-reward.ts';
import type { VerbArguments } from './verb.ts';

/** Proposals of the annealing that a policy is compared with: a tenth of a second on the paper's tasks. */
const proposals = 300_000;

/** What is known of a training beside its run. */
export interface TrainingFacts extends Omit<RunDescription, 'tasks' | 'reward'> {
  readonly subjects: readonly Subject[];
  readonly model: CostModel;
  /** The file. */
  readonly out: string;
  readonly seconds: number;
  /** Where orders were judged by their run time. */
  readonly timed: TimedReward | undefined;
}

/** The best order of a subject: what it counts, and where it was timed, its run times. */
interface FoundOrder {
  readonly subject: Subject;
  readonly order: EliminationOrder;
  readonly count: number;
  /** As multiples of the reference's: the least while it learned, and timed once more. */
  readonly runTime?: { readonly least: number; readonly again: number };
}

/** The best orders of all subjects, counted under the cost model, whatever they were judged by. */
function foundOrders(
  run: LearningRun,
  { subjects, model, timed }: TrainingFacts,
): readonly FoundOrder[] {
  return subjects.flatMap((subject, task) => {
    const best = run.best(task);
    if (best === undefined) return [];
    if (timed === undefined) return [{ subject, ...best }];
    const { order, count: least } = best;
    const handle = wasmEngine.load(model.prepare(subject.graph(model)));
    const [count = NaN] = handle.count([order]);
    handle.dispose();
    return [{ subject, order, count, runTime: { least, again: timed.again(task, order) } }];
  });
}

/** `0.873 of the forward order's run time (wasm, 1,024 points a call, on this machine)`. */
function runTimeText(share: number, { reward }: TimedReward): string {
  const { reference, target, batch } = reward;
  return (
    `${share.toFixed(3)} of the ${reference} order's run time ` +
    `(${target}, f64, ${withCommas(batch)} points a call, on this machine)`
  );
}

/** Heuristics, the published order where there is one, and annealing. */
async function compared(
  subject: Subject,
  model: CostModel,
  seed: number,
): Promise<readonly ComparedOrder[]> {
  const counted = await countOrders(subject, baselines(subject), { model, seed: 0, steps: false });
  const annealed = await anneal.run({
    graph: subject.graph(model),
    model,
    budget: { kind: 'evaluations', evaluations: proposals },
    seed,
    threads: 1,
    parameters: new Map(),
  });
  return [
    ...counted.map(({ row: { order, count } }) => ({ order, count })),
    { order: 'anneal', count: annealed.count },
  ];
}

/** Prints the end of a training. */
export async function reportTraining(
  run: LearningRun,
  facts: TrainingFacts,
  given: VerbArguments,
  io: CommandLineIo,
): Promise<void> {
  const { algorithm, parameters, model, out, seconds, timed } = facts;
  const { curve } = run;
  const { seed } = run.state();
  const found = foundOrders(run, facts);
  if (given.flag('quiet') && !given.flag('json')) {
    for (const { subject, count, runTime } of found) {
      const time = timed && runTime ? `  ${runTimeText(runTime.again, timed)}` : '';
      io.stdout(`${subject.name}  ${count}${time}\n`);
    }
    return;
  }
  const evaluations = curve.at(-1)?.evaluations ?? 0;
  const others: (readonly ComparedOrder[])[] = [];
  for (const { subject } of found) others.push(await compared(subject, model, seed));
  if (given.flag('json')) {
    const judged = timed && { reward: timed.reward };
    const settings = { algorithm, parameters, ...judged, cost: model.name, seed };
    const totals = { episodes: curve.length, evaluations, seconds };
    const entries = found.map(({ subject, count, order, runTime }, index) => ({
      subject: subject.name,
      count,
      ...(runTime && { runTime }),
      order: orderIds(subject.graph(model), order),
      others: others[index],
    }));
    const document = { ...settings, ...totals, found: entries, proposals, curve, file: out };
    printDocument(io, 'training', document);
    return;
  }
  if (io.progress !== true) io.stdout(`${curveLines(curve, io.columns).join('\n')}\n\n`);
  io.stdout(
    `${curve.length} games, ${withCommas(evaluations)} evaluations in ${shortSeconds(seconds)} s, ` +
      `by the cost model ${model.name}, seed ${seed}; anneal: ${withCommas(proposals)} proposals\n`,
  );
  found.forEach(({ subject, count, runTime }, index) => {
    const name = found.length === 1 ? '' : `${subject.name}\n`;
    const row = { order: algorithm, count };
    io.stdout(`\n${name}${comparisonTable(io, others[index] ?? [], row)}`);
    if (timed === undefined || runTime === undefined) return;
    io.stdout(
      `the best order took ${runTimeText(runTime.again, timed)}; ` +
        `while it learned the least that was measured was ${runTime.least.toFixed(3)}\n`,
    );
  });
  io.stderr(`wrote ${out}\n`);
}
