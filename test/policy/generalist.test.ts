import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

import { referenceEngine } from '../../src/core/reference.ts';
import {
  type GeneralistRecipe,
  quickRecipe,
  quickSelfPlay,
  recipeCommand,
  withSelfPlay,
} from '../../src/policy/generalist/recipe.ts';
import { trainGeneralist } from '../../src/policy/generalist/training.ts';
import { lessonGraph } from '../../src/policy/imitation/lesson-graphs.ts';
import { stoppedRun } from '../../src/policy/policy-file.ts';
import { openPolicy } from '../../src/policy/shipped.ts';
import { withFiles } from '../cli/run.ts';

const script = fileURLToPath(new URL('../../scripts/make-generalist.mjs', import.meta.url));

describe('the making of the generalist', () => {
  it('runs to its end in small, and the policy in the middle of three is written', async () => {
    await withFiles({}, async (path) => {
      const out = path('policy.json');
      const words = [script, '--quick', '--folder', path('stages'), '--out', out];
      await promisify(execFile)(process.execPath, words);
      const { provenance, policy } = await openPolicy(out);
      const excess = Object.values(provenance?.heldOut.excess ?? {}).sort((a, b) => a - b);
      expect(excess).toHaveLength(3);
      expect(provenance?.heldOut.excess[provenance.seed]).toBe(excess[1]);

      // The stages are left, so that the same training ends at once, with the same weights.
      const again = await trainGeneralist({
        ...{ recipe: quickRecipe, seed: provenance?.seed ?? NaN, folder: path('stages') },
        onProgress: () => {
          throw new Error('a lesson was given again');
        },
      });
      expect(again?.policy.weights).toEqual(policy.weights);
    });
  });

  it('that is interrupted between any two lessons ends with the same weights', async () => {
    await withFiles({}, async (path, list) => {
      const training = { recipe: quickRecipe, seed: 4 };
      const whole = await trainGeneralist({ ...training, folder: path('whole') });
      let interruptions = 0;
      for (;;) {
        const interruption = new AbortController();
        const made = await trainGeneralist({
          ...{ ...training, folder: path('broken'), signal: interruption.signal },
          onProgress: () => {
            interruption.abort();
          },
        });
        if (made === undefined) {
          interruptions += 1;
          continue;
        }
        expect(made.policy.weights).toEqual(whole?.policy.weights);
        break;
      }
      // After each of ten lessons but the last of a stage.
      expect(interruptions).toBe(8);
      expect(await list()).toContain('broken');
      expect(await readdir(path('broken'))).toHaveLength(2);
    });
  });
});

/** One lesson, and then two games on each of two graphs. */
const briefSelfPlay: GeneralistRecipe = withSelfPlay(
  {
    name: 'brief',
    stages: [{ algorithm: 'imitation', seedOffset: 0, parameters: { lessons: 1, sweeps: 2 } }],
    heldOutEach: 1,
  },
  quickSelfPlay,
);

/** Trains in one call, or where it breaks off after every lesson and game, in as many as it takes. */
async function trainBroken(
  recipe: GeneralistRecipe,
  folder: string,
  breaks = false,
): Promise<{ weights: Float32Array; calls: number }> {
  for (let calls = 1; ; calls += 1) {
    const interruption = new AbortController();
    const made = await trainGeneralist({
      ...{ recipe, seed: 5, folder, signal: interruption.signal },
      onProgress: () => {
        if (breaks) interruption.abort();
      },
    });
    if (made !== undefined) return { weights: made.policy.weights, calls };
  }
}

describe('self-play after imitation', () => {
  it('gives the same weights again, broken off after every game or not, and others than imitation', async () => {
    await withFiles({}, async (path) => {
      const once = await trainBroken(briefSelfPlay, path('once'));
      const again = await trainBroken(briefSelfPlay, path('again'));
      const broken = await trainBroken(briefSelfPlay, path('broken'), true);
      expect([once.calls, again.calls]).toEqual([1, 1]);
      expect(broken.calls).toBe(quickSelfPlay.episodes);
      expect(again.weights).toEqual(once.weights);
      expect(broken.weights).toEqual(once.weights);
      const imitated = await trainBroken(
        { ...briefSelfPlay, stages: briefSelfPlay.stages.slice(0, 1) },
        path('imitated'),
      );
      expect(imitated.weights).not.toEqual(once.weights);
    });
  });

  it('plays on the graphs of the first lessons in turn, each of which has its best order', async () => {
    await withFiles({}, async (path) => {
      const recipe = withSelfPlay(quickRecipe, quickSelfPlay, 'generalist');
      await trainBroken(recipe, path('stages'));
      const file = path('stages/quick-self-play-alone-5-stage-1.checkpoint');
      const graphs = [0, 1].map((index) => lessonGraph(5, index));
      const { algorithm, state } = stoppedRun(await openPolicy(file), graphs, file);
      expect(algorithm).toBe('alphazero');
      expect(state.curve.map(({ task }) => task)).toEqual([0, 1, 0, 1]);
      graphs.forEach((costed, index) => {
        const best = state.best[index];
        if (best === undefined) throw new Error('both graphs were played');
        expect(referenceEngine.load(costed).count([best.order])[0]).toBe(best.count);
      });
    });
  });

  it('begins with the policy that it is given, and says so', async () => {
    const { policy } = await openPolicy('generalist');
    const stage = {
      ...quickSelfPlay,
      parameters: { ...quickSelfPlay.parameters, 'gradient-steps': 0 },
    };
    const recipe = withSelfPlay(quickRecipe, stage, 'generalist');
    await withFiles({}, async (path) => {
      expect((await trainBroken(recipe, path('stages'))).weights).toEqual(policy.weights);
    });
    expect(recipeCommand(recipe)).toBe(
      'train --algorithm alphazero --cost pairs --episodes 4 LESSON-GRAPH-1 … LESSON-GRAPH-2 ' +
        '--policy generalist --seed 200+N --parameter simulations=2 gradient-steps=0 batch=4 replay=3',
    );
  });

  it('does not go on with a file of the other algorithm', async () => {
    await withFiles({}, async (path) => {
      await trainBroken(briefSelfPlay, path('stages'));
      const [imitated] = briefSelfPlay.stages;
      if (imitated === undefined) throw new Error('it has stages');
      const turned = { ...briefSelfPlay, stages: [quickSelfPlay, imitated] };
      await expect(trainBroken(turned, path('stages'))).rejects.toThrow(/none of alphazero's/);
    });
  });
});
