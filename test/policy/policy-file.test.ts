import { describe, expect, it } from 'vitest';
import { startAdam } from '../../src/policy/adam.ts';
import { readMemory } from '../../src/policy/alphazero/memory.ts';
import { startLearning } from '../../src/policy/learning/start.ts';
import { policyText, readPolicy, stoppedRun } from '../../src/policy/policy-file.ts';
import { UserError } from '../../src/support/user-error.ts';
import { costedTask } from './support.ts';

const task = { subject: 'x', graphHash: 'h', cost: 'paper', granularity: 'tensor' as const };

/** A file of a run before its first game. */
function freshText(memory?: unknown): string {
  const run = { state: () => startLearning(1, 5), memory: () => memory };
  return policyText(run, { algorithm: 'ppo', parameters: { games: 8 }, tasks: [task] });
}

describe('a policy file', () => {
  it('gives back what was written', () => {
    const graphs = [costedTask('PropaneCombustion')];
    const file = readPolicy(JSON.parse(freshText({ replay: [1, 'x'] })), 'a file');
    const state = startLearning(1, 5);
    expect(file.policy.weights).toEqual(state.trainer.weights);
    expect(file.tasks).toEqual([task]);
    const stopped = stoppedRun(file, graphs, 'a file');
    expect(stopped).toEqual({
      algorithm: 'ppo',
      parameters: new Map([['games', 8]]),
      state: {
        ...state,
        trainer: { weights: state.trainer.weights, adam: startAdam(state.trainer.weights.length) },
      },
      memory: { replay: [1, 'x'] },
    });
  });

  it('that is damaged, of another version or another thing is refused', () => {
    const text = freshText({ replay: [1] });
    expect(() => readPolicy(JSON.parse(text), 'a file')).not.toThrow();
    const bads = [
      text.replace('"version":2', '"version":1'),
      text.replace('"seed":5', '"seed":6'),
      text.replace('"weights":"', '"weights":"AAAA'),
      text.replace('"games":8', '"games":9'),
      text.replace('"replay":[1]', '"replay":[2]'),
      text.replace('"algorithm":"ppo"', '"algorithm":"alphazero"'),
      '{}',
      '[]',
    ];
    for (const bad of bads) {
      expect(bad).not.toBe(text);
      expect(() => readPolicy(JSON.parse(bad), 'a file')).toThrow(UserError);
    }
  });

  it('whose memory is of another algorithm is refused where that is asked for its games', () => {
    for (const memory of [1, {}, { replay: [{}], favourites: [] }]) {
      expect(() => readMemory(memory, [])).toThrow(UserError);
    }
    const game = { task: 3, order: [], policies: '' };
    expect(() => readMemory({ replay: [game], favourites: [] }, [])).toThrow('no task 3');
  });
});
