/** What `train` says at its end: what was found, beside heuristics and annealing. */
import type { CostModel } from '../cost/types.ts';
import { orderIds } from '../order/orders.ts';
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
import type { VerbArguments } from './verb.ts';

/** Proposals of the annealing that a policy is compared with: a tenth of a second on the paper's tasks. */
const proposals = 300_000;

/** What is known of a training beside its run. */
export interface TrainingFacts extends Omit<RunDescription, 'tasks'> {
  readonly subjects: readonly Subject[];
  readonly model: CostModel;
  /** The file. */
  readonly out: string;
  readonly seconds: number;
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
  const { algorithm, parameters, subjects, model, out, seconds } = facts;
  const { curve } = run;
  const { seed } = run.state();
  const found = subjects.flatMap((subject, task) => {
    const best = run.best(task);
    return best === undefined ? [] : [{ subject, ...best }];
  });
  if (given.flag('quiet') && !given.flag('json')) {
    for (const { subject, count } of found) io.stdout(`${subject.name}  ${count}\n`);
    return;
  }
  const evaluations = curve.at(-1)?.evaluations ?? 0;
  const others: (readonly ComparedOrder[])[] = [];
  for (const { subject } of found) others.push(await compared(subject, model, seed));
  if (given.flag('json')) {
    const settings = { algorithm, parameters, cost: model.name, seed };
    const totals = { episodes: curve.length, evaluations, seconds };
    const entries = found.map(({ subject, count, order }, index) => ({
      subject: subject.name,
      count,
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
  found.forEach(({ subject, count }, index) => {
    const name = found.length === 1 ? '' : `${subject.name}\n`;
    const row = { order: algorithm, count };
    io.stdout(`\n${name}${comparisonTable(io, others[index] ?? [], row)}`);
  });
  io.stderr(`wrote ${out}\n`);
}
