/** A cell of a timing table made ready: compiled, checked, with buffers, and things to run. */
import type { BuiltJacobian } from './build.ts';
import type { Copies } from './copies.ts';
import { columnsFor, type Domain } from './domain.ts';
import { loadedKernel } from './loaded-kernel.ts';
import type { CellName, ChosenProgram, Layout } from './types.ts';
import { isDenormal } from './warnings.ts';

/** What is timed of a cell. */
export interface ReadyCell {
  readonly name: CellName;
  readonly built: BuiltJacobian;
  readonly runs: Readonly<Record<Layout | 'copy', () => void>>;
  readonly hasDenormals: boolean;
  /** Where the fastest of several was looked for. */
  readonly chosen?: ChosenProgram;
  dispose(): void;
}

/** Gets a cell ready. */
export function readyCell(
  name: CellName,
  {
    built,
    domain,
    copies,
    chosen,
  }: {
    readonly built: BuiltJacobian;
    readonly domain: Domain;
    readonly copies: Copies;
    readonly chosen?: ChosenProgram;
  },
): ReadyCell {
  const { compiled } = built.jacobian;
  const { batch, precision } = name;
  const columns = columnsFor(domain, batch);
  const results = compiled.batch(columns, batch);
  const numbers = [...columns, ...results].reduce((sum, { length }) => sum + length, 0);
  const copy = copies.of(numbers * (precision === 'f64' ? 8 : 4));
  const hasDenormals = results.some((array) => array.some((x) => isDenormal(x, precision)));
  const point = batch === 1 ? columns.flatMap((column) => [...column]) : [];
  const kernel = loadedKernel(compiled, columns, batch);
  return {
    ...{ name, built, hasDenormals },
    ...(chosen && { chosen }),
    runs: {
      kernel: kernel.run,
      call: batch === 1 ? () => compiled.point(point) : () => compiled.batch(columns, batch),
      copy,
    },
    dispose: () => {
      kernel.dispose();
    },
  };
}
