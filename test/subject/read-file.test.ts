import { symlink } from 'node:fs/promises';
import { expect, it } from 'vitest';

import { JobSet } from '../../src/bench/job/job-set.ts';
import { entryAt } from '../../src/subject/read-file.ts';
import { withFiles } from '../cli/run.ts';

it('tells a path where nothing is from one that nobody can look at', async () => {
  await withFiles({ 'a file': '' }, async (path) => {
    expect((await entryAt(path('a file')))?.isFile()).toBe(true);
    expect((await entryAt(path('.')))?.isDirectory()).toBe(true);
    expect(await entryAt(path('nothing'))).toBeUndefined();
    expect(await entryAt(path('a file/below'))).toBeUndefined();
    await symlink(path('circle'), path('circle'));
    await expect(entryAt(path('circle'))).rejects.toThrow(/links of this path lead in a circle/);
  });
});

it('does not take a set of results that nobody can look at for an empty one', async () => {
  await withFiles({}, async (path) => {
    await symlink(path('circle'), path('circle'));
    expect((await JobSet.open(path('nothing'))).results).toEqual([]);
    await expect(JobSet.open(path('circle'))).rejects.toThrow(/lead in a circle/);
  });
});
