/** `--optimise`: the Program that an order gives, rewritten before it is compiled. */
import { optimiseProgram } from '../optimise/optimise.ts';
import { pointsOfDomain } from '../optimise/points.ts';
import { simplify } from '../program/simplify.ts';
import type { Program } from '../program/types.ts';
import { pointInLayout } from '../subject/layout.ts';
import type { FunctionSubject } from '../subject/types.ts';
import { UserError } from '../support/user-error.ts';
import { parseSeconds } from './search-options.ts';
import type { VerbArguments } from './verb.ts';

/** The option. */
export const optimiseOption = {
  type: 'text',
  value: 'TIME',
  describe: 'rewrite the program for fewer operations, as long as this: 0, 1s, 10s (0)',
} as const;

/** Points that the search watches, and that its result is checked at. */
const pointCounts = { watched: 24, checked: 4096 };

/**
 * The optimised Program; `undefined` where the option is not given or 0.
 * @param program of values and Jacobian of the subject
 * @throws UserError optimise-tensors, optimise-no-sample
 */
export async function optimisedByOption(
  subject: FunctionSubject,
  program: Program,
  given: VerbArguments,
): Promise<Program | undefined> {
  const text = given.text('optimise');
  if (text === undefined || /^0+(?:\.0*)?(?:s|ms)?$/.test(text.trim())) return undefined;
  const seconds = parseSeconds(text, 'optimise');
  const simple = simplify(program);
  const fault = (code: string, message: string): UserError =>
    new UserError({
      code,
      message,
      ...(subject.file === undefined ? {} : { file: subject.file }),
    });
  if ([...simple.inputs, ...simple.equations].some(({ type }) => type.shape.length > 0)) {
    throw fault(
      'optimise-tensors',
      `${subject.name} has tensors, and --optimise rewrites scalars; add --granularity scalar`,
    );
  }
  if (subject.sample === undefined) {
    throw fault(
      'optimise-no-sample',
      `${subject.name} has no sample point, and --optimise checks its result at points around it; export one`,
    );
  }
  const sample = pointInLayout(subject, subject.sample).flatMap(({ data }) => [...data]);
  const seed = given.integer('seed', 0);
  const { program: optimised } = await optimiseProgram(simple, {
    seed,
    budget: { kind: 'time', seconds },
    points: pointsOfDomain(simple, sample, pointCounts.watched, seed),
    checkPoints: [sample, ...pointsOfDomain(simple, sample, pointCounts.checked, seed + 1)],
  });
  return optimised;
}
