import { describe, expect, it } from 'vitest';
import { referenceEngine } from '../../../src/core/reference.ts';
import { costModels } from '../../../src/cost/models.ts';
import { pairs } from '../../../src/cost/pairs.ts';
import { referenceEvaluation } from '../../../src/core/network-reference.ts';
import { parseWeights, weightCount } from '../../../src/core/network-types.ts';
import { compiledCost } from '../../../src/policy/game/compiled-cost.ts';
import { VertexGame } from '../../../src/policy/game/vertex-game.ts';
import { countOrders } from '../../../src/results/count-orders.ts';
import { taskSubject } from '../../../src/subject/task-subject.ts';
import { costModelNamed } from '../../../src/cost/models.ts';
import { createRandom } from '../../../src/support/random.ts';
import { UserError } from '../../../src/support/user-error.ts';
import { taskNamed } from '../../../tasks/tasks.ts';
import { oddGraph } from '../../core/support.ts';

/** Plays all games by chance; what came of it. */
function playByChance(game: VertexGame, seed: number) {
  const random = createRandom(seed);
  const returns = new Float64Array(game.games);
  let { legal } = game.reset();
  let moves = 0;
  for (let done = game.actions === 0; !done;) {
    const actions = returns.map((_, index) => {
      const own = legal.subarray(index * game.actions, (index + 1) * game.actions);
      const choices = [...own.keys()].filter((action) => own[action] === 1);
      return choices[random.integer(choices.length)] ?? -1;
    });
    const step = game.step(actions);
    step.rewards.forEach((reward, index) => {
      returns[index] = (returns[index] ?? 0) + reward;
    });
    ({ done } = step);
    ({ legal } = step.observation);
    moves += 1;
  }
  return { returns, moves, legal };
}

describe('the elimination game', () => {
  it.each(costModels.map((model) => [model.name, model] as const))(
    'returns minus the count under %s, whatever is played',
    (_, model) => {
      for (let seed = 0; seed < 30; seed += 1) {
        const costed = model.prepare(oddGraph(seed));
        const game = new VertexGame(costed, { games: 3, observe: { features: false } });
        const { returns, moves, legal } = playByChance(game, seed);
        const handle = referenceEngine.load(costed);
        expect([...returns].map((one) => 0 - one)).toEqual([...handle.count(game.orders())]);
        expect([...game.costs()]).toEqual([...handle.count(game.orders())]);
        expect(moves).toBe(game.actions);
        expect(legal.every((one) => one === 0)).toBe(true);
        game.dispose();
      }
    },
  );

  it('refuses what is no move, with nothing changed', () => {
    const game = new VertexGame(pairs.prepare(oddGraph(4, { intermediates: 9 })), { games: 2 });
    game.reset();
    const before = game.step([0, 1]).observation;
    for (const actions of [[0, 0], [2, 1], [-1, 2], [2, 99], [0.5, 2], [2], [2, 3, 4]]) {
      expect(() => game.step(actions), String(actions)).toThrow(UserError);
      expect(game.observe()).toEqual(before);
    }
    game.dispose();
  });

  it('shows the features of what remains, and zeros where a vertex is gone', () => {
    const costed = pairs.prepare(oddGraph(7, { intermediates: 8 }));
    const game = new VertexGame(costed);
    game.reset();
    const { observation } = game.step([2]);
    const move = game.vertices[2];
    if (move === undefined) throw new Error('the graph has vertices');
    const weights = parseWeights(new Float32Array(weightCount));
    const { features } = referenceEvaluation(costed, [move], weights);
    const expected = features.toSpliced(2, 0, new Array<number>(24).fill(0)).flat();
    expect(observation.features).toHaveLength(expected.length);
    expected.forEach((number, index) => {
      expect(observation.features?.[index]).toBeCloseTo(number, 5);
    });
    game.dispose();
  });

  it('shows the adjacency of every game on its own', () => {
    const costed = costModelNamed('paper').prepare(oddGraph(7, { intermediates: 8 }));
    const observe = { adjacency: true, features: false };
    const both = new VertexGame(costed, { games: 2, observe });
    const alone = new VertexGame(costed, { observe });
    const { adjacency } = both.step([0, 3]).observation;
    const size = (adjacency?.length ?? 0) / 2;
    expect(both.adjacencyShape?.reduce((product, one) => product * one, 1)).toBe(size);
    expect(alone.step([0]).observation.adjacency).toEqual(adjacency?.subarray(0, size));
    alone.reset();
    expect(alone.step([3]).observation.adjacency).toEqual(adjacency?.subarray(size));
  });

  it('rewards the last move alone where a whole order has a cost, as under compiled', async () => {
    const subject = taskSubject(taskNamed('PropaneCombustion'));
    const model = costModelNamed('compiled');
    const terminal = compiledCost(subject);
    const game = new VertexGame(pairs.prepare(subject.graph(model)), {
      terminalCost: terminal.cost,
      observe: { features: false },
    });
    game.reset();
    const rewards: number[] = [];
    for (let action = 0; action < game.actions; action += 1) {
      rewards.push(...game.step([action]).rewards);
    }
    const [forward] = await countOrders(subject, ['forward'], { model, seed: 0, steps: false });
    expect(rewards.at(-1)).toBe(-(forward?.row.count ?? NaN));
    expect(rewards.slice(0, -1).every((one) => one === 0)).toBe(true);
    terminal.dispose();
  });

  it('can be played again, and needs at least one game', () => {
    const costed = pairs.prepare(oddGraph(11, { intermediates: 12 }));
    const game = new VertexGame(costed);
    expect(playByChance(game, 5)).toEqual(playByChance(game, 5));
    expect(() => new VertexGame(costed, { games: 0 })).toThrow(UserError);
  });
});
