import { describe, expect, it } from 'vitest';
import { advantagesOf, standardised } from '../../../src/policy/ppo/advantages.ts';
import { createRandom } from '../../../src/support/random.ts';

/** The sum of the definition, term by term: slow and obvious. */
function byDefinition(rewards: readonly number[], values: readonly number[], lambda: number) {
  const value = (move: number): number => values[move] ?? 0;
  return rewards.map((_, move) => {
    let sum = 0;
    for (let later = move; later < rewards.length; later += 1) {
      const change = (rewards[later] ?? 0) + value(later + 1) - value(later);
      sum += lambda ** (later - move) * change;
    }
    return sum;
  });
}

function* games() {
  const random = createRandom(4);
  for (let round = 0; round < 300; round += 1) {
    const numbers = () => Array.from({ length: round % 40 }, () => 20 * random.next() - 15);
    yield { rewards: numbers(), values: numbers(), lambda: random.next() };
  }
}

describe('generalised advantage estimation', () => {
  it('is the sum of its definition', () => {
    for (const { rewards, values, lambda } of games()) {
      const expected = byDefinition(rewards, values, lambda);
      const advantages = advantagesOf(rewards, values, lambda);
      expect(advantages).toHaveLength(expected.length);
      expected.forEach((one, move) => {
        expect(advantages[move]).toBeCloseTo(one, 9);
      });
    }
  });

  it('at λ = 1 is what the rest brought less what was expected', () => {
    for (const { rewards, values } of games()) {
      const advantages = advantagesOf(rewards, values, 1);
      rewards.forEach((_, move) => {
        const rest = rewards.slice(move).reduce((sum, one) => sum + one, 0);
        expect(advantages[move]).toBeCloseTo(rest - (values[move] ?? 0), 9);
      });
    }
  });

  it('is nothing where everything came as expected, whatever λ is', () => {
    for (const { rewards, lambda } of games()) {
      const values = rewards.map((_, move) =>
        rewards.slice(move).reduce((sum, one) => sum + one, 0),
      );
      for (const one of advantagesOf(rewards, values, lambda)) expect(one).toBeCloseTo(0, 9);
    }
  });
});

describe('standardised advantages', () => {
  it('have mean 0 and deviation 1 and keep their sequence', () => {
    for (const { rewards } of games()) {
      if (rewards.length < 2) continue;
      const scaled = standardised(rewards);
      const mean = scaled.reduce((sum, one) => sum + one, 0) / scaled.length;
      const square = scaled.reduce((sum, one) => sum + one * one, 0) / scaled.length;
      expect(mean).toBeCloseTo(0, 9);
      expect(square).toBeCloseTo(1, 9);
      const ranks = (all: readonly number[]) =>
        [...all.keys()].sort((a, b) => (all[a] ?? 0) - (all[b] ?? 0));
      expect(ranks(scaled)).toEqual(ranks(rewards));
    }
  });

  it('are zeros where all are equal', () => {
    expect(standardised([3, 3, 3])).toEqual([0, 0, 0]);
    expect(standardised([])).toEqual([]);
  });
});
