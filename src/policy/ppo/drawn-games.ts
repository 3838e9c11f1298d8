/** Games of moves drawn from the policy, on some graphs. */
import { parseWeights } from '../../core/network-types.ts';
import { createWasmEngine } from '../../core/wasm.ts';
import type { CostedGraph } from '../../cost/types.ts';
import { createRandom } from '../../support/random.ts';
import type { GameMaker } from '../games/types.ts';
import { playRollout, type Rollout } from './rollout.ts';

/**
 * Games on some graphs, each with a core of its own. The games of a round draw from one stream, one after the
 * other, a number a move.
 * @throws UserError for graphs of more than 4,096 vertices
 */
export function drawnGames(
  graphs: readonly CostedGraph[],
  weights: Float32Array,
): GameMaker<Rollout> {
  const loaded = graphs.map((costed) => {
    const play = createWasmEngine().play(costed, 'degrees');
    play.loadNetwork(parseWeights(weights));
    return { costed, play };
  });
  return {
    loadWeights: (now) => {
      for (const { play } of loaded) play.loadNetwork(parseWeights(now));
    },
    play: ({ task, seed, game }) => {
      const graph = loaded[task];
      if (graph === undefined) throw new Error(`there is no task ${task}`);
      const { costed, play } = graph;
      const draws = createRandom(seed);
      // What the games before it drew.
      for (let draw = 0; draw < game * play.length; draw += 1) draws.next();
      return playRollout(costed, play, draws);
    },
    dispose: () => {
      for (const { play } of loaded) play.dispose();
    },
  };
}
