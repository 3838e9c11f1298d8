/** Checks of what a compiled Program is called with, the same for every target. */
import { elementCount } from '../program/shapes.ts';
import type { Program } from '../program/types.ts';
import { UserError } from '../support/user-error.ts';
import type { AnyPrecision, TargetDescription } from './target-description.ts';

/** What the inputs of a Program hold, and refusals of what doesn't fit. */
export class InputChecks {
  /** Names of the inputs, in order. */
  readonly names: readonly string[];
  /** Elements of each input. */
  readonly lengths: readonly number[];
  /** Elements of all inputs. */
  readonly total: number;
  readonly #program: string;

  /** Reads names and shapes off a Program. */
  constructor(program: Program) {
    this.#program = program.name;
    this.names = program.inputs.map(({ name }) => name);
    this.lengths = program.inputs.map(({ type }) => elementCount(type.shape));
    this.total = this.lengths.reduce((sum, length) => sum + length, 0);
  }

  /** @throws UserError `input-count` where a point has too few or too many numbers */
  requirePoint(point: readonly number[]): void {
    this.#requireCount(
      point.length,
      this.total,
      this.total === this.names.length ? 'inputs' : 'numbers',
    );
  }

  /** @throws UserError `input-count`, `batch-length` */
  requireBatch(columns: readonly ArrayLike<number>[], count: number): void {
    this.#requireCount(columns.length, this.names.length, 'inputs');
    columns.forEach((column, index) => {
      const length = this.lengths[index] ?? 1;
      if (column.length >= count * length) return;
      const each = length === 1 ? 'as many numbers' : `${length} numbers a point`;
      throw new UserError({
        code: 'batch-length',
        message: `A batch of ${count} points needs ${each} for each input, got ${column.length}`,
        at: `input ${this.names[index] ?? String(index)}`,
      });
    });
  }

  /** Cuts the elements of all inputs of one point apart. */
  split(point: readonly number[]): (readonly number[])[] {
    let next = 0;
    return this.lengths.map((length) => point.slice(next, (next += length)));
  }

  #requireCount(given: number, wanted: number, what: string): void {
    if (given === wanted) return;
    throw new UserError({
      code: 'input-count',
      message: `${this.#program} takes ${wanted} ${what} (${this.names.join(', ')}), got ${given}`,
    });
  }
}

/** @throws UserError `kernel-capacity` where more points come than a kernel was prepared for */
export function requireCapacity(count: number, capacity: number): void {
  if (count <= capacity) return;
  throw new UserError({
    code: 'kernel-capacity',
    message: `The kernel was prepared for ${capacity} points, got ${count}; prepare a larger one`,
  });
}

/** @throws UserError `target-precision` where the target does not compute in it */
export function requirePrecision(
  { name, precisions }: Pick<TargetDescription, 'name' | 'precisions'>,
  precision: AnyPrecision,
): void {
  if (precisions.includes(precision)) return;
  throw new UserError({
    code: 'target-precision',
    message: `The target ${name} computes in ${precisions.join(' and ')}, not in ${precision}; choose another --target or --precision`,
  });
}
