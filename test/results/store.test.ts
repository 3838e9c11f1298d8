import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import {
  bestResult,
  readResult,
  resultFiles,
  writeResult,
} from '../../src/results/store.ts';
import { pathPart, resultPath } from '../../src/results/result-path.ts';
import { exampleResult } from '../support/example-result.ts';

const result = exampleResult;

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'crosscountry-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const encoded = (changes: object): Uint8Array => bytes(JSON.stringify({ ...result, ...changes }));

describe('a stored result', () => {
  it('is read back as it was written, and nothing else is left in the folder', async () => {
    await inFolder(async (folder) => {
      const path = await writeResult(folder, result);
      expect(path).toMatch(/example[/\\]paper-tensor-[0-9a-f]{12}\.json$/);
      expect(readResult(await readFile(path), path)).toEqual(result);
      expect(await readdir(join(folder, 'example'))).toHaveLength(1);
    });
  });

  it('is never changed by the same finding made again', async () => {
    await inFolder(async (folder) => {
      const path = await writeResult(folder, result);
      const first = await readFile(path, 'utf8');
      expect(await writeResult(folder, { ...result, seconds: 9 })).toBe(path);
      expect(await readFile(path, 'utf8')).toBe(first);
    });
  });

  it('is the best of its graph, cost model and granularity', async () => {
    await inFolder(async (folder) => {
      await writeResult(folder, result);
      await writeResult(folder, { ...result, count: 5, order: [1, 2, 'last'] });
      await writeResult(folder, { ...result, count: 3, cost: 'multiplications' });
      await writeResult(folder, { ...result, count: 2, graphHash: 'b'.repeat(64) });
      await writeResult(folder, { ...result, count: 1, granularity: 'scalar' });
      const query = {
        subject: 'example',
        cost: 'paper',
        granularity: 'tensor',
        graphHash: result.graphHash,
      } as const;
      expect((await bestResult(folder, query))?.count).toBe(5);
      expect(await bestResult(folder, { ...query, subject: 'other' })).toBeUndefined();
    });
  });

  it('lies in a folder that any name can have', () => {
    expect(pathPart('RoeFlux_1d')).toBe('RoeFlux_1d');
    expect(pathPart('..')).not.toContain('..');
    expect(pathPart('../../up')).not.toMatch(/[/\\]/);
    expect(pathPart('a/b')).not.toBe(pathPart('a_b'));
    expect(pathPart('')).not.toBe('');
    expect(pathPart('é'.repeat(300)).length).toBeLessThan(120);
    expect(resultPath({ ...result, subject: '__proto__' })).toMatch(/^__proto__/);
  });

  it('is found below its folder, timings beside it; text is not', async () => {
    await inFolder(async (folder) => {
      const path = await writeResult(folder, result);
      const timings = join(folder, 'example', 'timings-x-2024.json');
      await writeFile(timings, '{}');
      await writeFile(join(folder, 'README.md'), '');
      expect(await resultFiles(folder)).toEqual([path, timings]);
      await expect(resultFiles(join(folder, 'none'))).rejects.toMatchObject({
        code: 'file-missing',
      });
    });
  });
});

describe('a result file', () => {
  it.each([
    ['no UTF-8', new Uint8Array([0xff]), 'file-not-utf8', 'byte 0'],
    ['cut off', encoded({}).slice(0, 50), 'json-syntax', /line 1/],
    ['a list', bytes('[]'), 'result-shape', undefined],
    ['of another format', encoded({ format: 'crosscountry/graph' }), 'result-shape', 'format'],
    ['of a later version', encoded({ version: 2 }), 'result-shape', 'version'],
    ['of a negative count', encoded({ count: -1 }), 'result-shape', 'count'],
    ['without an order', encoded({ order: undefined }), 'result-shape', 'order'],
    ['with a fraction as a vertex', encoded({ order: [1, 2.5] }), 'result-shape', 'order[1]'],
    ['with a hash that is none', encoded({ graphHash: 'xyz' }), 'result-shape', 'graphHash'],
    ['with a bound that is none', encoded({ bound: { lower: 1 } }), 'result-shape', /^bound/],
  ])('that is %s is refused with the place', (_, content, code, at) => {
    let thrown: unknown;
    try {
      readResult(content, 'result.json');
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ name: 'UserError', code, file: 'result.json' });
    if (at !== undefined) {
      expect(thrown).toMatchObject({
        at: typeof at === 'string' ? at : (expect.stringMatching(at) as unknown),
      });
    }
  });
});
