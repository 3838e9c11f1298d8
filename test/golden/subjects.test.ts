import { describe, expect, it } from 'vitest';
import { costModelNamed } from '../../src/cost/models.ts';
import { countOrders } from '../../src/results/count-orders.ts';
import { taskSubject } from '../../src/subject/task-subject.ts';
import { taskNamed } from '../../tasks/tasks.ts';
import { readGolden, scalarTasks } from './golden.ts';
import { readGoldenTensors, tensorTasks } from './tensor-graphs.ts';

const orders = [
  ['forward', 'fwd'],
  ['reverse', 'rev'],
  ['markowitz', 'markowitz'],
  ['published', 'published'],
] as const;
const names = orders.map(([name]) => name);

const goldens = [
  ...scalarTasks.map((name) => [name, readGolden(name).orders] as const),
  ...tensorTasks.map((name) => [name, readGoldenTensors(name).orders] as const),
];

/** Counted by the paper's programs, and printed in the paper. */
const misprints = new Map([
  ['RoeFlux_3d markowitz', [956, 938]],
  ['f reverse', [9333, 8859]],
  ['f markowitz', [12257, 12083]],
  ['Encoder markowitz', [51896, 51869]],
]);

describe.each(goldens)('counting %s from its function', (name, golden) => {
  const subject = taskSubject(taskNamed(name));

  it.each([
    ['paper', 'paper_total', 'paper_steps'],
    ['multiplications', 'true_total', 'true_steps'],
  ] as const)('gives the golden totals and steps under %s', async (cost, total, steps) => {
    const options = { model: costModelNamed(cost), seed: 1, steps: true };
    const counted = await countOrders(subject, names, options);
    expect(counted.map(({ row }) => [row.order, row.count, row.steps])).toEqual(
      orders.map(([order, key]) => [order, golden[key][total], golden[key][steps]]),
    );
  });

  it('says beside a figure that the paper prints otherwise why it does', async () => {
    const options = { model: costModelNamed('paper'), seed: 1, steps: false };
    for (const { row } of await countOrders(subject, names, options)) {
      const figures = misprints.get(`${name} ${row.order}`);
      expect([row.count, row.published]).toEqual(figures ?? [row.count, row.count]);
      expect(row.note === undefined).toBe(figures === undefined);
    }
  });
});
