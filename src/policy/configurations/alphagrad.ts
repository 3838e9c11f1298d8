/**
 * The paper's agent (Lohoff and Neftci, arXiv 2406.05027), as far as one machine without a GPU allows.
 * From its program (github.com/jamielohoff/alphagrad, src/alphagrad/alphazero/config/
 * HumanHeartDipole.yaml, the same for all its tasks, and vertex_A0.py, at commit d365a52) are: the
 * transformer, 50 simulations a move, 5 considered actions, learning rate 1e-3, no discount (1.0), the
 * loss of values at weight 10, and the transform of values.
 *
 * Its values weigh (25 + n)·0.01 beside logits for n visits of the child that has most; here it is
 * (50 + n)·scale, which is near that at 10 visits with the scale of 0.006. Its step is one of 4,096
 * positions after 32 games side by side, from the last 50,000 positions; a round of 32 games takes about
 * an hour of a core here, so there are 4, and then four steps of 32 from as many positions. Its learning
 * rate falls along a cosine over 5,000 such episodes, and moves are clipped after Adam, not gradients
 * before: both left out.
 */
import type { Configuration } from './configuration.ts';

/** The configuration. */
export const alphagradConfiguration: Configuration = {
  name: 'alphagrad',
  summary: "the paper's transformer, 50 simulations and 5 considered actions",
  network: 'transformer',
  algorithm: 'alphazero',
  parameters: {
    simulations: 50,
    considered: 5,
    scale: 0.006,
    games: 4,
    'gradient-steps': 4,
    batch: 32,
    'learning-rate': 1e-3,
    'cost-weight': 10,
    replay: 640,
  },
};
