import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

import { alone } from './alone.ts';

const folder = fileURLToPath(new URL('../', import.meta.url));

it('is every test file that has a browser, replaces a module or switches something on in the engine', () => {
  const changing =
    /from '.*support\/browser\.ts'|setFlagsFromString\(|enableRelaxedSimd\(|'--relaxed-simd'|vi\.mock\(/;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts') && name !== 'support/alone.test.ts')
    .filter((name) => changing.test(readFileSync(folder + name, 'utf8')));
  expect(files.map((name) => `test/${name}`).sort()).toEqual([...alone].sort());
});
