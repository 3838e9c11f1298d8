/**
 * What search strategies find on the six scalar tasks under `paper` in equal time, with their standard
 * parameters or those that are asked for; all seeds are told. One core: nothing here runs in parallel.
 *
 *   npm run bench:strategies -- [--strategies beam,greedy,nrpa] [--seconds 2] [--seeds 3]
 *     [--parameter NAME=VALUE …]
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { paper } from '../src/cost/paper/paper.ts';
import { parseParameters } from '../src/search/parameters.ts';
import { strategyNamed } from '../src/search/strategies/strategies.ts';
import { taskSubject } from '../src/subject/task-subject.ts';
import { taskNamed } from '../tasks/tasks.ts';

const { values: options } = parseArgs({
  options: {
    strategies: { type: 'string', default: 'beam,greedy,nrpa' },
    seconds: { type: 'string', default: '2' },
    seeds: { type: 'string', default: '3' },
    parameter: { type: 'string', multiple: true, default: [] },
  },
});
const seconds = Number(options.seconds);
const seeds = Math.max(1, Number(options.seeds));

const tasks = [
  'RoeFlux_1d',
  'g',
  'RobotArm_6DOF',
  'BlackScholes_Jacobian',
  'HumanHeartDipole',
  'PropaneCombustion',
];

console.log(`${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}`);
for (const name of options.strategies.split(',')) {
  const strategy = strategyNamed(name);
  const parameters = parseParameters(strategy, options.parameter);
  for (const task of tasks) {
    const graph = taskSubject(taskNamed(task)).graph(paper);
    const found: string[] = [];
    for (let seed = 0; seed < seeds; seed += 1) {
      let first: string | undefined;
      let last = 0;
      const { count, evaluations } = await strategy.run({
        graph,
        model: paper,
        budget: { kind: 'time', seconds },
        seed,
        threads: 1,
        parameters,
        onImprovement: (better) => {
          first ??= `${String(better.count)} after ${better.seconds.toFixed(3)} s`;
          last = better.seconds;
        },
      });
      found.push(
        `${String(count)} after ${last.toFixed(3)} s (first ${first ?? '–'}; ` +
          `${String(evaluations)} ${strategy.evaluations})`,
      );
    }
    console.log(`${name} ${task}: ${found.join(', ')}`);
  }
}
