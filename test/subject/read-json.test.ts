import { describe, expect, it } from 'vitest';

import { readGraph } from '../../src/graph/file.ts';
import { loadGraphSubject } from '../../src/subject/graph-subject.ts';
import { decodeText, readJson } from '../../src/subject/read-file.ts';
import { pairs } from '../../src/cost/pairs.ts';
import { parseJson } from '../../src/support/json.ts';
import { UserError } from '../../src/support/user-error.ts';
import { writeGraph } from '../../src/graph/file.ts';
import { withFiles } from '../cli/run.ts';
import { oddGraph } from '../core/support.ts';

const problemOf = (error: unknown): unknown => {
  if (!(error instanceof UserError)) throw error;
  return [error.code, error.at, error.file];
};

const text = '\uFEFF{"ü→": ["€", "😀", 1],\n "b": {}}';
const bytes = new TextEncoder().encode(text);

describe('a JSON file read in pieces', () => {
  it('is the value of the whole text, whatever the size of the pieces', async () => {
    await withFiles({ 'a.json': bytes }, async (path) => {
      for (let size = 1; size <= bytes.length; size += 1) {
        expect(await readJson(path('a.json'), size)).toEqual(parseJson(text));
      }
    });
  });

  it('is refused as the whole text is: damaged bytes first, then the first fault', async () => {
    const damaged: Record<string, Uint8Array> = {};
    for (let at = 0; at < bytes.length; at += 1) {
      damaged[`cut-${at}.json`] = bytes.slice(0, at);
      for (const wrong of [0xff, 0x22, 0x0a]) {
        damaged[`byte-${at}-${wrong}.json`] = bytes.with(at, wrong);
      }
    }
    await withFiles(damaged, async (path) => {
      for (const [name, content] of Object.entries(damaged)) {
        const file = path(name);
        const expected = ((): unknown => {
          try {
            return parseJson(decodeText(content, file), file);
          } catch (error) {
            return problemOf(error);
          }
        })();
        for (const size of [1, 3, 1000]) {
          expect(await readJson(file, size).catch(problemOf), `${name}, ${size}`).toEqual(expected);
        }
      }
    });
  });

  it('gives the graph that reading the text gives', async () => {
    for (let seed = 0; seed < 40; seed += 1) {
      const written = writeGraph(oddGraph(seed, { mixedIds: true }));
      await withFiles({ 'graph.json': written }, async (path) => {
        const subject = await loadGraphSubject(path('graph.json'));
        expect(subject.graph(pairs)).toEqual(readGraph(written));
      });
    }
  });
});
