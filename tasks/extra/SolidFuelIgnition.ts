/**
 * Ignition of a solid fuel, or Bratu's problem: −Δu = λ exp(u) on the unit square, u = 0 on its
 * border, by finite differences on 3 × 3 inner points. MINPACK-2 (Averick, Carter, Moré and Xue,
 * ANL/MCS-P153-0692, 1992), solid fuel ignition; multiplied by the square of the step h:
 *   f = 4 u − u_west − u_east − u_south − u_north − h² λ exp(u).
 */
import { exp, mul } from '../../src/program/ops.ts';
import type { Traced } from '../../src/program/trace.ts';
import { scalarTask } from '../scalar-task.ts';

/** Inner points a side. */
const points = 3;
const h = 1 / (points + 1);
const lambda = 5;

const grid = Array.from({ length: points }, (_, row) =>
  Array.from({ length: points }, (__, column) => ({ row: row + 1, column: column + 1 })),
).flat();

const nameAt = (letter: string, row: number, column: number): string => `${letter}${row}${column}`;

function residuals(u: Readonly<Record<string, Traced>>) {
  return Object.fromEntries(
    Object.values(u).map((centre, index) => {
      const { row, column } = grid[index] ?? { row: 0, column: 0 }; // one input a point
      // Beyond the border there is no name, and nothing to subtract.
      const around = [
        u[nameAt('u', row, column - 1)],
        u[nameAt('u', row, column + 1)],
        u[nameAt('u', row - 1, column)],
        u[nameAt('u', row + 1, column)],
      ].filter((neighbour) => neighbour !== undefined);
      const laplacian = around.reduce((sum, neighbour) => sum.sub(neighbour), mul(4, centre));
      const f = laplacian.sub(mul(h * h * lambda, exp(centre)));
      return [nameAt('f', row, column), f];
    }),
  );
}

/** Nine residuals by nine values. */
export const solidFuelIgnition = scalarTask({
  name: 'SolidFuelIgnition',
  suite: 'extra',
  source: 'Solid fuel ignition (Bratu), MINPACK-2 (Averick, Carter, Moré and Xue 1992)',
  trace: residuals,
  sample: Object.fromEntries(
    grid.map(({ row, column }) => [
      nameAt('u', row, column),
      // An arch over the square, lowered a little to one side.
      Number((0.4 * Math.sin(Math.PI * h * row) * Math.sin(Math.PI * h * column)).toFixed(3)) +
        0.01 * column,
    ]),
  ),
});
