/** What a running proof shows on stderr: a line that changes on a terminal, else nothing. */
import type { ProofProgress } from '../search/exact/prove.ts';
import { withCommas } from './numbers.ts';

/** Listens to a proof. */
export interface BoundListener {
  onProgress(progress: ProofProgress): void;
  /** The proof has ended; clears what should not stay. */
  end(): void;
}

/** Shows nothing. */
export const silentBound: BoundListener = {
  onProgress: () => undefined,
  end: () => undefined,
};

/** Cells of the bar. */
const width = 24;

/** One line with a bar that fills as the budget is used up, and the bounds as they close in. */
export function lineBound(write: (text: string) => void): BoundListener {
  const began = Date.now();
  return {
    onProgress: ({ phase, share, lower, upper, states }) => {
      const used = (Date.now() - began) / 1000;
      const full = Math.min(width, Math.round(width * share));
      const bar = '█'.repeat(full) + '░'.repeat(width - full);
      const doing =
        phase === 'partition' ? 'finding groups' : `searching, ${withCommas(states)} states`;
      write(`\r\u001b[K  ${bar} ${used.toFixed(1)} s  ${lower} … ${upper}  ${doing}`);
    },
    end: () => {
      write('\r\u001b[K');
    },
  };
}
