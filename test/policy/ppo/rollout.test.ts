import { describe, expect, it } from 'vitest';
import { referenceEngine } from '../../../src/core/reference.ts';
import { createWasmEngine } from '../../../src/core/wasm.ts';
import { initialWeights } from '../../../src/policy/networks/message-passing.ts';
import { playedMoves } from '../../../src/policy/ppo/ppo.ts';
import { drawByLogits, playRollout } from '../../../src/policy/ppo/rollout.ts';
import { createRandom } from '../../../src/support/random.ts';
import { costedOddGraph } from '../support.ts';

describe('a choice by logits', () => {
  it('is made as often as the softmax says, and tells its chance', () => {
    const logits = [0, 1, -1, 0.5, -40];
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
    const random = createRandom(3);
    const counts = logits.map(() => 0);
    const draws = 20_000;
    for (let draw = 0; draw < draws; draw += 1) {
      const { row, logChance } = drawByLogits(logits, random);
      counts[row] = (counts[row] ?? 0) + 1;
      expect(logChance).toBeCloseTo((logits[row] ?? 0) - Math.log(total), 9);
    }
    logits.forEach((logit, row) => {
      const chance = Math.exp(logit) / total;
      // Five standard deviations.
      const most = 5 * Math.sqrt((chance * (1 - chance)) / draws) + 1e-9;
      expect(Math.abs((counts[row] ?? 0) / draws - chance)).toBeLessThan(most);
    });
  });
});

describe('a rollout', () => {
  it('is a legal game whose rewards, values and costs are what the core and the reference say', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const costed = costedOddGraph(seed, seed);
      const play = createWasmEngine().play(costed, 'degrees');
      play.loadNetwork(initialWeights(seed));
      const rollout = playRollout(costed, play, createRandom(seed));
      const { order, count, moves } = rollout;
      const steps = referenceEngine.load(costed).steps(order);
      expect(count).toBe(steps.reduce((sum, one) => sum + one, 0));
      expect(moves).toHaveLength(order.length);
      play.reset();
      moves.forEach((move, index) => {
        const { unit, rest, logits } = play.evaluate();
        expect(move.reward * unit).toBeCloseTo(0 - (steps[index] ?? 0), 9);
        expect(move.value).toBe(-rest / unit);
        expect(move.position.vertices[move.row]).toBe(order[index]);
        const chances = Array.from(logits, (logit) => Math.exp(logit));
        const total = chances.reduce((sum, one) => sum + one, 0);
        expect(move.logChance).toBeCloseTo(Math.log((chances[move.row] ?? 0) / total), 6);
        play.eliminate(order[index] ?? (0 as never));
      });
      play.dispose();
      const played = playedMoves([rollout], 0.9);
      expect(played).toHaveLength(Math.max(0, order.length - 1));
      played.forEach(({ costs, position }, index) => {
        expect(position).toBe(moves[index]?.position);
        // What is left costs together what the game paid from here on.
        const rest = moves.slice(index).reduce((sum, { reward }) => sum - reward, 0);
        expect(costs.reduce((sum, one) => sum + one, 0)).toBeCloseTo(rest, 4);
      });
    }
  });
});
