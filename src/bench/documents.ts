/** Timing files made from what timing gave: one a subject. */
import { graphHash } from '../graph/canonical.ts';
import { writeGraph } from '../graph/file.ts';
import { orderIds } from '../order/orders.ts';
import { timingDocument, type TimingFile, type TimingOrigin } from '../results/timings.ts';
import type { TimedSubject, TimingOutcome, TimingSuite } from './suite.ts';

/** What a file says of how it was timed. */
type TimedHow = Pick<TimingSuite, 'form' | 'values' | 'builtIns' | 'seed'> & {
  /** How long each subject was optimised, where it was. */
  readonly optimiseSeconds?: number | undefined;
  /** What was asked for, where that is told. */
  readonly asked?: TimingFile['asked'];
};

/**
 * The files of a run.
 * @param origin where and when it ended
 */
export function timingDocuments(
  subjects: readonly TimedSubject[],
  { rows, rounds, warnings }: TimingOutcome,
  { form, values, builtIns, seed, asked, optimiseSeconds }: TimedHow,
  origin: TimingOrigin,
): readonly TimingFile[] {
  return subjects.map(({ subject, orders }) => {
    const { graph } = subject.linearisation();
    return timingDocument(
      {
        subject: subject.name,
        graphHash: graphHash(graph),
        orders: Object.fromEntries(orders.map(({ name, order }) => [name, orderIds(graph, order)])),
        ...{ form, values, seed, rounds },
        ...(asked && { asked }),
        ...(builtIns === true && { builtIns }),
        ...(optimiseSeconds === undefined ? {} : { optimiseSeconds }),
        rows: rows.filter((row) => row.subject === subject.name),
        warnings,
        ...(subject.kind === 'task' ? {} : { graph: JSON.parse(writeGraph(graph)) as unknown }),
      },
      origin,
    );
  });
}
