/** Makes a task of a function of named tensors. */
import { trace, type Traced } from '../src/program/trace.ts';
import type { Shape } from '../src/program/types.ts';
import { createRandom } from '../src/support/random.ts';
import type { Task } from './types.ts';

/** What differs from task to task. */
export interface TensorTaskSpecification<Name extends string> extends Pick<
  Task,
  'name' | 'suite' | 'source' | 'publishedOrder' | 'publishedFigures' | 'publishedNotes'
> {
  /** The function; the keys of its result name the outputs, in order. */
  readonly trace: (inputs: Readonly<Record<Name, Traced>>) => Readonly<Record<string, Traced>>;
  /** Shape of each input and its elements, row-major, at a point in the function's domain. */
  readonly inputs: Readonly<
    Record<Name, { readonly shape: Shape; readonly sample: readonly number[] }>
  >;
}

/** The task of a specification; nothing is traced before `program()` is called. */
export function tensorTask<Name extends string>(
  specification: TensorTaskSpecification<Name>,
): Task {
  const { trace: traced, inputs, ...facts } = specification;
  const given = Object.entries<(typeof inputs)[Name]>(inputs);
  return {
    ...facts,
    inputs: given.map(([name, { shape }]) => ({ name, shape })),
    program: () => {
      // The keys of the inputs are the names that the function takes.
      const shapes = Object.fromEntries(given.map(([name, { shape }]) => [name, shape])) as Record<
        Name,
        Shape
      >;
      return trace(traced, shapes, { name: facts.name });
    },
    sample: given.map(([, { sample }]) => sample),
  };
}

/** Seeded numbers with two decimals, uniform between two bounds. */
export function seededNumbers(seed: number, count: number, from: number, to: number): number[] {
  const random = createRandom(seed);
  return Array.from(
    { length: count },
    () => Math.round(100 * (from + (to - from) * random.next())) / 100,
  );
}
