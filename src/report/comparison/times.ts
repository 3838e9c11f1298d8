/**
 * What two sets say of the same times. Samples of different runs can't be paired: between them the
 * machine may have become slower as a whole. So what is compared is the ratio of each order to
 * Markowitz's order, paired by round within each run as `time --compare` does it.
 *
 * A ratio has changed where its intervals in both runs do not meet and it differs by more than
 * `leastChange`. Intervals are of 99.9 %, or the whole range where rounds are few: with 8 rounds two
 * ranges of the same distribution are apart with a chance of 2 / C(16, 8), 2 in 10,000. They tell of
 * noise within a run only; what differs between runs of one program, as where code lies in memory,
 * they do not know (Kalibera and Jones, Rigorous benchmarking in reasonable time, ISMM 2013), and the
 * least change stands for that.
 */
import type { ResultSet } from '../../results/result-set.ts';
import { pairedRatio, quantile } from '../../support/statistics.ts';
import {
  fullestRounds,
  kindOf,
  referenceOf,
  type Rounds,
  roundsOf,
  type StoredRow,
} from '../timed-rows.ts';
import type { TimeChange, TimeComparison, Ratio } from './types.ts';

const confidence = 0.999;

/** Fewer samples than these decide nothing. */
const leastRounds = 8;

/** Share by which a ratio has to differ. */
export const leastChange = 0.05;

/** Whether a time has changed beyond noise. */
export function hasChanged({ verdict }: TimeChange): boolean {
  return verdict === 'faster' || verdict === 'slower';
}

/** What rounds of two sets have to have in common. */
function keyOf({ subject, kind, batch, from }: Rounds): string {
  return JSON.stringify([subject, kind, batch, from.timings.machine]);
}

/** A row with the one of Markowitz's order that was timed in the same rounds. */
interface Compared {
  readonly key: string;
  readonly row: StoredRow;
  readonly reference: StoredRow;
}

/** The rows of a set that can be compared; rounds without Markowitz's order have nothing for it. */
function comparedRows(set: ResultSet): readonly Compared[] {
  const all = roundsOf(set).filter((rounds) => referenceOf(rounds) !== undefined);
  return fullestRounds(all, keyOf).flatMap((rounds) => {
    const reference = referenceOf(rounds);
    if (reference === undefined) return [];
    return rounds.rows.map((row) => ({
      key: JSON.stringify([keyOf(rounds), row.order]),
      ...{ row, reference },
    }));
  });
}

function verdictOf(before: Ratio, now: Ratio, rounds: number): TimeChange['verdict'] {
  const factor = now.median / before.median;
  if (Math.abs(Math.log(factor)) <= Math.log(1 + leastChange)) return 'same';
  if (before.high >= now.low && now.high >= before.low) return 'same';
  if (rounds < leastRounds) return 'undecided';
  return factor < 1 ? 'faster' : 'slower';
}

/** Compares times, cell by cell. */
export function compareTimes(before: ResultSet, now: ResultSet): TimeComparison {
  const [then, here] = [comparedRows(before), comparedRows(now)];
  const earlier = new Map(then.map((one) => [one.key, one]));
  const both = here.flatMap((one) => {
    const other = earlier.get(one.key);
    return other === undefined ? [] : [{ then: other, here: one }];
  });
  const cells = both.flatMap((pair): TimeChange[] => {
    const [a, b] = [pair.then.row, pair.here.row];
    if (b === pair.here.reference) return [];
    const ratio = (row: StoredRow, reference: StoredRow): Ratio => {
      const { median, low, high } = pairedRatio(row.samples, reference.samples, confidence);
      return { median, low, high };
    };
    const [first, second] = [ratio(a, pair.then.reference), ratio(b, pair.here.reference)];
    const orderOf = ({ from, order }: StoredRow): string =>
      JSON.stringify(from.timings.orders[order] ?? null);
    return [
      {
        ...{ subject: b.subject, order: b.order, kind: kindOf(b), batch: b.batch },
        ...{ before: first, now: second },
        verdict: verdictOf(first, second, Math.min(a.samples.length, b.samples.length)),
        otherOrder: orderOf(a) !== orderOf(b),
        files: { before: a.from.path, now: b.from.path },
      },
    ];
  });
  const factors = both
    .filter((pair) => pair.here.row === pair.here.reference)
    .map((pair) => quantile(pair.here.row.samples, 0.5) / quantile(pair.then.row.samples, 0.5));
  return {
    cells,
    onlyBefore: then.length - both.length,
    onlyNow: here.length - both.length,
    reference:
      factors.length === 0
        ? null
        : {
            min: quantile(factors, 0),
            median: quantile(factors, 0.5),
            max: quantile(factors, 1),
          },
  };
}
