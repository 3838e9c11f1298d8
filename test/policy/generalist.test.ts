import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

import { quickRecipe } from '../../src/policy/generalist/recipe.ts';
import { trainGeneralist } from '../../src/policy/generalist/training.ts';
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
