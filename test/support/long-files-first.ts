/**
 * The order in which test files begin: those that take long first, so that no worker ends with one of
 * them while the others have nothing left to do; the rest at random, by vitest's seed.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

import { createRandom } from '../../src/support/random.ts';

/** Files of 30 seconds and more, the longest first. */
const longFiles: readonly string[] = [
  'test/docs/code-blocks.test.ts',
  'test/web/page.test.ts',
  'test/core/differential.test.ts',
  'test/bench/job/job.test.ts',
  'test/results/published.test.ts',
  'test/search/exact/prove.test.ts',
  'test/compile/conformance.test.ts',
];

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Long files first, all others shuffled. */
export class LongFilesFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const missing = longFiles.filter((file) => !existsSync(root + file));
    if (missing.length > 0)
      throw new Error(`test/support/long-files-first.ts: no ${missing.join()}`);
    const random = createRandom(this.ctx.config.sequence.seed);
    const place = ({ moduleId }: TestSpecification): number => {
      const long = longFiles.findIndex((file) => moduleId.endsWith(`/${file}`));
      return long >= 0 ? long : longFiles.length + random.next();
    };
    const placed = files.map((file) => ({ file, place: place(file) }));
    return Promise.resolve(
      placed.sort((one, other) => one.place - other.place).map(({ file }) => file),
    );
  }
}
