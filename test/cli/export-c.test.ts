import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

import { taskSubject } from '../../src/subject/task-subject.ts';
import { dualJacobian } from '../../src/program/dual.ts';
import { taskNamed } from '../../tasks/tasks.ts';
import { evaluateC } from '../compile/c/evaluate.ts';
import { expectClose } from '../support/compare.ts';
import { inProcess, withFiles } from './run.ts';

describe('crosscountry export --to c', () => {
  it.each(['RoeFlux_1d', 'Perceptron'])('writes the Jacobian of %s', async (name) => {
    const { code, stdout } = await inProcess('export', name, '--to', 'c', '--order', 'reverse');
    expect(code).toBe(0);
    const subject = taskSubject(taskNamed(name));
    const sample = subject.sample ?? [];
    const exact = dualJacobian(subject.program(), sample)
      .flat()
      .flatMap(({ data }) => data);
    const found = new Float64Array(exact.length + 8).fill(NaN);
    const { point } = evaluateC(stdout);
    point(
      sample.flatMap(({ data }) => data),
      found,
    );
    const written = [...found].filter((x) => !Number.isNaN(x));
    // Values of the function first.
    expectClose(written.slice(-exact.length), exact, 1e-10, name);
  });

  it('writes a file and says how it is called', async () => {
    await withFiles({}, async (path) => {
      const file = path('roe.c');
      const { code, stderr } = await inProcess('export', 'RoeFlux_1d', '--to', 'c', '--out', file);
      expect(code).toBe(0);
      expect(stderr).toContain('run(tiles, in, out)');
      expect(await readFile(file, 'utf8')).toContain('void point(');
    });
  });
});
