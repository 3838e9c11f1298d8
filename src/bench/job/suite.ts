/** What a suite of the main job is, and which part of it is asked for. */
import { type Step, stepKinds } from './steps.ts';

/** A suite. */
export interface Suite {
  readonly name: string;
  /** One line for help texts. */
  readonly summary: string;
  /** The table of the report that is shown in the end. */
  readonly table: string;
  /** Everything there is to do, in its order: what others go by comes first. */
  steps(): readonly Step[];
}

/** What a suite is about, in the order of its steps; trainings are for all of it. */
export function subjectsOfSuite(suite: Suite): readonly string[] {
  const own = suite.steps().filter(({ kind }) => kind !== 'training');
  return [...new Set(own.map(({ subject }) => subject))];
}

/**
 * The steps of a suite in their order.
 * @param suite what is to be done
 * @param wish which part of it
 * @param wish.subjects names of subjects; all of the suite where there are none
 * @param wish.kinds the kinds that are wanted
 */
export function stepsOf(
  suite: Suite,
  wish: {
    readonly subjects: readonly string[];
    readonly kinds?: readonly Step['kind'][];
  },
): readonly Step[] {
  const { subjects, kinds = stepKinds } = wish;
  return suite
    .steps()
    .filter(
      ({ kind, subject }) =>
        kinds.includes(kind) &&
        (kind === 'training' || subjects.length === 0 || subjects.includes(subject)),
    );
}
