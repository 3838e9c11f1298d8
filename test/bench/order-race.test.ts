import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/bench/clock.ts';
import { jacobianRunners, raceOrders } from '../../src/bench/order-race.ts';
import type { EliminationOrder } from '../../src/order/types.ts';
import { forward } from '../../src/search/heuristics/forward.ts';
import { reverse } from '../../src/search/heuristics/reverse.ts';
import { taskSubject } from '../../src/subject/task-subject.ts';
import { createRandom } from '../../src/support/random.ts';
import { taskNamed } from '../../tasks/tasks.ts';

/** A clock of its own time, whose things take so long by their order's first vertex, or longer. */
function pretended(disturbed: number) {
  const random = createRandom(2);
  let now = 0;
  let open = 0;
  return {
    clock: () => (now += 1),
    make: (order: EliminationOrder) => {
      open += 1;
      return {
        run: () => {
          now += 1e5 * (order[0] ?? NaN) * (random.next() < disturbed ? 3 : 1);
        },
        dispose: () => {
          open -= 1;
        },
      };
    },
    left: () => open,
  };
}

const orderOf = (vertex: number) => [vertex] as unknown as EliminationOrder;

describe('a race of orders', () => {
  it('has run times as multiples of the reference, whatever disturbs some samples', () => {
    for (const disturbed of [0, 0.02]) {
      const { clock, make, left } = pretended(disturbed);
      const options = { clock, rounds: 15, seed: 1 };
      const shares = raceOrders([2, 4, 6, 9].map(orderOf), orderOf(4), make, options);
      [0.5, 1, 1.5, 2.25].forEach((share, index) => {
        // A sample is some twenty runs at least, of which none or few are disturbed in the least of 15.
        expect(Math.abs((shares[index] ?? NaN) / share - 1)).toBeLessThan(
          disturbed === 0 ? 1e-3 : 0.1,
        );
      });
      expect(left()).toBe(0);
    }
  });

  it('times Jacobians of a task, at one point and at many', () => {
    const subject = taskSubject(taskNamed('PropaneCombustion'));
    const { graph } = subject.linearisation();
    const [first, last] = [forward.order(graph, { seed: 0 }), reverse.order(graph, { seed: 0 })];
    for (const kind of [
      { target: 'js', batch: 1 },
      { target: 'wasm', batch: 8 },
    ]) {
      const options = { clock: systemClock, rounds: 3, seed: 1 };
      const shares = raceOrders([last, first], first, jacobianRunners(subject, kind, 1), options);
      expect(shares).toHaveLength(2);
      for (const share of shares) {
        expect(share).toBeGreaterThan(0.02);
        expect(share).toBeLessThan(50);
      }
    }
  });
});
