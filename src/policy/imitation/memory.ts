/** What imitation remembers beside the state of every run, in policy files: its last lessons. */
import { z } from 'zod';
import type { CostedGraph } from '../../cost/types.ts';
import { orderFromPositions } from '../../order/orders.ts';
import { UserError } from '../../support/user-error.ts';
import type { Lesson } from './lesson.ts';

const whole = z.int().min(0);
const memory = z.array(z.object({ index: whole, order: z.array(whole), places: z.array(whole) }));

/** The lesson of an index; the index tells its graph. */
export interface StoredLesson {
  readonly index: number;
  readonly lesson: Lesson;
}

/** Lessons as JSON. */
export function writtenMemory(lessons: readonly StoredLesson[]): z.infer<typeof memory> {
  return lessons.map(({ index, lesson: { order, places } }) => ({
    index,
    order: [...order],
    places: [...places],
  }));
}

/**
 * The lessons of a file.
 * @param graphOf the graph of a lesson by its index
 * @throws UserError policy-file where these are none
 */
export function readMemory(
  value: unknown,
  graphOf: (index: number) => CostedGraph,
): readonly StoredLesson[] {
  const parsed = memory.safeParse(value);
  if (!parsed.success) {
    throw new UserError({
      code: 'policy-file',
      message:
        "the policy file's training is none of imitation's " +
        `(${parsed.error.issues[0]?.path.join('.') ?? 'its memory'}); train it anew`,
    });
  }
  return parsed.data.map(({ index, order, places }) => ({
    index,
    lesson: { order: orderFromPositions(graphOf(index).graph, order), places },
  }));
}
