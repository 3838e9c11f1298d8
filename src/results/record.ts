/** Result files made from what a command found. */
import { graphHash } from '../graph/canonical.ts';
import { writeGraph } from '../graph/file.ts';
import type { CostModel } from '../cost/types.ts';
import type { Subject } from '../subject/types.ts';
import type { CountedOrder } from './count.ts';
import { machineRecord, packageRecord } from './provenance.ts';
import type { ResultFile } from './types.ts';

/**
 * The result file of one counted order.
 * @param date when it was found
 */
export function resultOfCount(
  subject: Subject,
  model: CostModel,
  { row, ids, seed, seconds }: CountedOrder,
  date: Date,
): ResultFile {
  const graph = subject.graph(model);
  const embedded: unknown =
    subject.kind === 'task' ? undefined : (JSON.parse(writeGraph(graph)) as unknown);
  return {
    format: 'crosscountry/result',
    version: 1,
    subject: subject.name,
    graphHash: graphHash(graph),
    cost: row.cost,
    granularity: row.granularity,
    order: ids,
    count: row.count,
    strategy: { name: row.order, parameters: {} },
    seed,
    seconds,
    evaluations: 1,
    package: packageRecord(),
    machine: machineRecord(),
    date: date.toISOString(),
    ...(embedded === undefined ? {} : { graph: embedded }),
  };
}
