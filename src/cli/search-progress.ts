/** What a running search shows on stderr: improvements as lines, and a bar on a terminal. */
import { MultiBar } from 'cli-progress';

import type { Improvement, SearchProgress } from '../search/strategy.ts';
import { withCommas } from './numbers.ts';
import { barOptions } from './progress-bar.ts';

/** Listens to a search. */
export interface SearchListener {
  onImprovement(improvement: Improvement): void;
  onProgress(progress: SearchProgress): void;
  /** The search has ended; clears what should not stay. */
  end(): void;
}

/** Shows nothing. */
export const silentListener: SearchListener = {
  onImprovement: () => undefined,
  onProgress: () => undefined,
  end: () => undefined,
};

function improvementLine({ count, seconds }: Improvement): string {
  return `${seconds.toFixed(2).padStart(8)} s  ${count}\n`;
}

/** One line an improvement. */
export function lineListener(write: (text: string) => void): SearchListener {
  return {
    ...silentListener,
    onImprovement: (improvement) => {
      write(improvementLine(improvement));
    },
  };
}

/** The same above a bar that fills as the budget is used up. */
export function barListener(evaluations: string): SearchListener {
  const bars = new MultiBar(
    barOptions(`  {bar} {percentage}%  {count}  {made} ${evaluations}`, 30),
  );
  const bar = bars.create(1000, 0, { count: '–', made: '0' });
  return {
    onImprovement: (improvement) => {
      bars.log(improvementLine(improvement));
    },
    onProgress: ({ share, evaluations: made, count }) => {
      bar.update(Math.round(1000 * share), {
        count: Number.isFinite(count) ? String(count) : '–',
        made: withCommas(made),
      });
    },
    end: () => {
      bars.stop();
    },
  };
}
