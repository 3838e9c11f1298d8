/** Generated C through a real compiler, where there is one: no warning, and the interpreter's numbers. */
import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

import { generateC } from '../../../src/compile/c/generate.ts';
import { interpret } from '../../../src/program/interpret.ts';
import { expectClose } from '../../support/compare.ts';
import { withFiles } from '../../cli/run.ts';
import { accumulatedTask, publishedTasks } from '../wasm/accumulated-task.ts';

const hasCompiler = spawnSync('cc', ['--version']).status === 0;

/** Reads a point in hexadecimal from its arguments and prints what `point` makes of it. */
const mainText = (inputs: number, outputs: number): string => `
#include <stdio.h>
#include <stdlib.h>
int main(int count, char **arguments) {
  static double in[${inputs}], out[${outputs}];
  for (int k = 1; k < count; k += 1) in[k - 1] = strtod(arguments[k], NULL);
  point(in, out);
  for (int k = 0; k < ${outputs}; k += 1) printf("%.17g\\n", out[k]);
  return 0;
}
`;

describe.skipIf(!hasCompiler)('C through a compiler', () => {
  it.each(publishedTasks)('%s compiles without a warning and is right', async (name) => {
    const { dense, subject } = accumulatedTask(name);
    const sample = subject.sample ?? [];
    const numbers = sample.flatMap(({ data }) => data);
    const wanted = interpret(dense, sample);
    const outputs = wanted.flatMap(({ data }) => data);
    const text = generateC(dense) + mainText(numbers.length, outputs.length);
    await withFiles({ 'jacobian.c': text }, (path) => {
      const flags = ['-std=c99', '-O1', '-Wall', '-Wextra', '-Werror', '-ffp-contract=off'];
      execFileSync('cc', [...flags, path('jacobian.c'), '-o', path('jacobian'), '-lm']);
      const printed = execFileSync(path('jacobian'), numbers.map(String), { encoding: 'utf8' });
      const found = printed.trim().split('\n').map(Number);
      expect(found).toHaveLength(outputs.length);
      expectClose(found, outputs, 1e-11, name);
      return Promise.resolve();
    });
  });
});
