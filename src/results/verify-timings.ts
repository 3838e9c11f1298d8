/** Verification of timings: all that can be checked of them without running them again. */
import { costModelNamed } from '../cost/models.ts';
import { graphHash } from '../graph/canonical.ts';
import { parseOrder } from '../order/orders.ts';
import { attempt } from '../support/attempt.ts';
import { summarise } from '../support/statistics.ts';
import { UserError } from '../support/user-error.ts';
import { orderNameProblems } from './named-order-check.ts';
import { noOrder, optimisedOrder } from './timing-names.ts';
import type { TimingFile } from './timings.ts';
import { subjectOf } from './verify.ts';

/** Numbers that were printed and read again. */
const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.abs(b);

/** The model whose graph is the function's own, for tasks that have another beside it. */
const model = costModelNamed('multiplications');

/**
 * What can be checked of timings without running them: that the subject is the task it was, that
 * orders are legal and what their names say, that rows name them, and that statistics are those of the samples.
 * @param path where the file is from, for messages
 */
export async function verifyTimings(file: TimingFile, path: string): Promise<readonly string[]> {
  const problems: string[] = [];
  try {
    const subject = await subjectOf({ ...file, granularity: 'tensor' }, path);
    const graph =
      subject.kind === 'graph' ? subject.graph(model) : subject.linearisation().graph;
    const hash = graphHash(graph);
    if (hash !== file.graphHash) problems.push(`the graph's hash is ${hash}, not ${file.graphHash}`);
    for (const [name, order] of Object.entries(file.orders)) {
      const parsed = attempt(() => parseOrder(graph, order));
      const wrong =
        typeof parsed === 'string'
          ? [parsed]
          : orderNameProblems(subject, model, { name, seed: file.seed, order });
      problems.push(...wrong.map((problem) => `order ${name}: ${problem}`));
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    problems.push(error.message);
  }
  file.rows.forEach((row, index) => {
    if (row.subject !== file.subject) problems.push(`rows[${index}] is of ${row.subject}`);
    const isOptimised = file.optimiseSeconds !== undefined && row.order === optimisedOrder;
    if (row.order !== noOrder && !isOptimised && !(row.order in file.orders)) {
      problems.push(`rows[${index}] is of the order ${row.order}, which the file lacks`);
    }
    if (row.state === 'failed') return;
    if (row.samples.length !== file.rounds) {
      problems.push(`rows[${index}] has ${row.samples.length} samples of ${file.rounds} rounds`);
    }
    const again = summarise(row.samples);
    const wrong = (['min', 'p25', 'median', 'p75'] as const).filter(
      (key) => !close(row.nsPerPoint[key], again[key]),
    );
    for (const key of wrong) {
      problems.push(`rows[${index}]: ${key} of the samples is ${again[key]}, not ${row.nsPerPoint[key]}`);
    }
  });
  return problems;
}
