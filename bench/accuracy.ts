/**
 * Errors and operation counts of the vectorised elementary functions, against 150 bits and more:
 * the table of docs/elementary.md.
 *
 *   npm run accuracy -- [--points 20000] [--seed 1] [--only sin,cos] [--where]
 */
import { parseArgs } from 'node:util';
import type { LaneOptions, LaneStatement } from '../src/compile/lanes/types.ts';
import { createRandom } from '../src/support/random.ts';
import { laneFunction, measureAccuracy } from '../test/support/accuracy.ts';
import { elementaryCases } from '../test/support/elementary-cases.ts';

const { values } = parseArgs({
  options: {
    points: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    where: { type: 'boolean', default: false },
  },
});
const points = Number(values.points);
const only = values.only?.split(',');

const settings: readonly LaneOptions[] = [
  { precision: 'f64', fused: false },
  { precision: 'f64', fused: true },
  { precision: 'f32', fused: false },
  { precision: 'f32', fused: true },
];

/** Operations that cost something: literals and changes of type without a change of bits do not. */
const costs = (statement: LaneStatement): boolean =>
  statement.kind === 'guarded' ||
  !['realLiteral', 'integerLiteral', 'bitsOf', 'realOf'].includes(statement.operation.op);

const heads = settings.map(({ precision, fused }) => `${precision}${fused ? ' fused' : ''}`);
console.log(`| function | ${heads.map((head) => `${head}: ulp | operations`).join(' | ')} |`);
console.log(`| --- |${' ---: | ---: |'.repeat(settings.length)}`);
for (const one of elementaryCases) {
  if (only !== undefined && !only.includes(one.name)) continue;
  const cells = settings.map((options) => {
    const program = laneFunction(one.name, one.arity, options);
    const operations = program.statements.filter(costs).length;
    const rare = program.routines.flatMap(({ statements }) => statements).filter(costs).length;
    const worst = measureAccuracy(one, options, points, createRandom(Number(values.seed)));
    const where = values.where ? ` at ${worst.at.join(', ')} (${worst.measured})` : '';
    return `${worst.ulps.toFixed(2)}${where} | ${operations}${rare > 0 ? ` + ${rare}` : ''}`;
  });
  console.log(`| ${one.name} | ${cells.join(' | ')} |`);
}
