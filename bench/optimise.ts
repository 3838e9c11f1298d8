/**
 * What the optimiser leaves of the paper's scalar tasks: weighted operations before and after, with
 * and without negations and elementary functions, seconds, moves a second, and the error at 4,096
 * points.
 *
 *   npm run bench:optimise -- [--seconds 1] [--anneal 2] [--task RoeFlux_1d] [--json]
 *
 * It starts from the stored best order under `compiled`, or from one annealed for so many seconds.
 */
import { parseArgs } from 'node:util';
import { eliminateInterned } from '../src/compiled/eliminate.ts';
import { emitJacobian } from '../src/compiled/emit.ts';
import { weightedOperations } from '../src/compiled/weigh.ts';
import { compiled } from '../src/cost/compiled.ts';
import { optimiseProgram } from '../src/optimise/optimise.ts';
import { pointsOfDomain } from '../src/optimise/points.ts';
import type { Program } from '../src/program/types.ts';
import { findOrder } from '../src/results/orders.ts';
import { annealCompiled } from '../src/search/compiled/anneal.ts';
import { internedSubject } from '../src/subject/interned.ts';
import { taskSubject } from '../src/subject/task-subject.ts';
import { taskNamed } from '../tasks/tasks.ts';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '1' },
    anneal: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    task: { type: 'string', multiple: true },
    json: { type: 'boolean', default: false },
  },
});
const names = options.task ?? [
  'HumanHeartDipole',
  'PropaneCombustion',
  'RoeFlux_1d',
  'RobotArm_6DOF',
  'g',
  'BlackScholes_Jacobian',
];

/** Weighted operations of the published cost without negations. */
function operations(program: Program): number {
  const negations = program.equations.filter(({ primitive }) => primitive === 'neg').length;
  return weightedOperations(program) - negations;
}

interface Row {
  readonly task: string;
  readonly compiled: readonly [number, number];
  readonly operations: readonly [number, number];
  readonly error: number;
  readonly refused: number;
  readonly moves: number;
  readonly proposals: number;
  readonly seconds: number;
}

const rows: Row[] = [];
if (!options.json) {
  console.log(
    'task                   compiled     without neg.   error    refused  moves/s proposals/s',
  );
}
for (const name of names) {
  const subject = taskSubject(taskNamed(name));
  const own = internedSubject(subject);
  const { interned } = own;
  const graph = subject.graph(compiled);
  const annealed = Number(options.anneal);
  const { order } =
    annealed === 0
      ? await findOrder(subject, 'best', { model: compiled, seed: 1 })
      : await annealCompiled(
          {
            graph,
            model: compiled,
            budget: { kind: 'time', seconds: annealed },
            seed: 1,
            threads: 1,
            parameters: new Map(),
          },
          own,
        );
  const before = emitJacobian(interned, eliminateInterned(interned, own.elements(order)));
  const sample = (subject.sample ?? []).flatMap(({ data }) => [...data]);
  const began = performance.now();
  const { program, error, moves, proposals, refused } = await optimiseProgram(before, {
    seed: Number(options.seed),
    budget: { kind: 'time', seconds: Number(options.seconds) },
    points: pointsOfDomain(before, sample, 24, 1),
    checkPoints: pointsOfDomain(before, sample, 4096, 2),
  });
  const row: Row = {
    task: name,
    compiled: [weightedOperations(before), weightedOperations(program)],
    operations: [operations(before), operations(program)],
    error,
    refused,
    moves,
    proposals,
    seconds: (performance.now() - began) / 1000,
  };
  rows.push(row);
  if (options.json) continue;
  const arrow = (numbers: readonly number[]): string => numbers.join(' → ');
  console.log(
    `${name.padEnd(22)} ${arrow(row.compiled).padEnd(12)} ${arrow(row.operations).padEnd(14)} ` +
      `${error.toExponential(1).padEnd(8)} ` +
      `${String(refused).padEnd(8)} ${(moves / Number(options.seconds)).toFixed(0)} ${(proposals / Number(options.seconds)).toFixed(0)}`,
  );
}
if (options.json) console.log(JSON.stringify({ format: 'crosscountry/bench-optimise', rows }));
