/** Makes a task of a function of named scalars. */
import { trace, type Traced } from '../src/program/trace.ts';
import type { Shape } from '../src/program/types.ts';
import type { Task } from './types.ts';

/** What differs from task to task. */
export interface ScalarTaskSpecification<Name extends string> extends Pick<
  Task,
  'name' | 'suite' | 'source' | 'publishedOrder' | 'publishedFigures' | 'differentiated'
> {
  /** The function; the keys of its result name the outputs, in order. */
  readonly trace: (inputs: Readonly<Record<Name, Traced>>) => Readonly<Record<string, Traced>>;
  /** A point in the function's domain; its keys name the inputs, in order. */
  readonly sample: Readonly<Record<Name, number>>;
}

/** The task of a specification; nothing is traced before `program()` is called. */
export function scalarTask<Name extends string>(
  specification: ScalarTaskSpecification<Name>,
): Task {
  const { trace: traced, sample, ...facts } = specification;
  const point = Object.entries<number>(sample);
  const scalar: Shape = [];
  return {
    ...facts,
    inputs: point.map(([name]) => ({ name, shape: scalar })),
    program: () => {
      // The keys of the sample are the names that the function takes.
      const shapes = Object.fromEntries(point.map(([name]) => [name, scalar])) as Record<
        Name,
        Shape
      >;
      return trace(traced, shapes, { name: facts.name });
    },
    sample: point.map(([, value]) => [value]),
  };
}
