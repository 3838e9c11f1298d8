/** `--optimise`: the Program that an order gives, rewritten before it is compiled. */
import { optimisedCandidates } from '../optimise/candidates.ts';
import { leastPoints, type OptimiseOptions, optimiseProgram } from '../optimise/optimise.ts';
import { pointsOfDomain } from '../optimise/points.ts';
import type { EliminationOrder } from '../order/types.ts';
import { simplify } from '../program/simplify.ts';
import type { Program } from '../program/types.ts';
import { internedSubject } from '../subject/interned.ts';
import { pointInLayout } from '../subject/layout.ts';
import type { FunctionSubject } from '../subject/types.ts';
import { UserError } from '../support/user-error.ts';
import { parseSeconds } from './search-options.ts';
import type { VerbArguments } from './verb.ts';

/** The option. */
export const optimiseOption = {
  type: 'text',
  value: 'TIME',
  describe:
    'rewrite the program for fewer operations, as long as this: 0, 1s, 10s (0); without --order the lightest of several orders (heuristics, published, stored best) is taken',
} as const;

/** Points that the search watches, and that its result is checked at. */
const pointCounts = { watched: 24, checked: 4096 };

/** The time asked for; `undefined` where the option is not given or 0. */
export function chosenOptimiseSeconds(given: VerbArguments): number | undefined {
  const text = given.text('optimise');
  if (text === undefined || /^0+(?:\.0*)?(?:s|ms)?$/.test(text.trim())) return undefined;
  return parseSeconds(text, 'optimise');
}

/**
 * The optimised Program of one order.
 * @param program of values and Jacobian of the subject
 * @throws UserError optimise-tensors, optimise-no-sample, optimise-no-domain
 */
export async function optimisedByOption(
  subject: FunctionSubject,
  program: Program,
  seconds: number,
  seed: number,
): Promise<Program> {
  const simple = simplify(program);
  const points = checkedPoints(subject, simple, seed);
  const budget = { kind: 'time', seconds } as const;
  return (await optimiseProgram(simple, { seed, budget, ...points })).program;
}

/**
 * The lightest optimised Program over several orders.
 * @throws UserError as `optimisedByOption`
 */
export async function optimisedOverOrders(
  subject: FunctionSubject,
  orders: readonly EliminationOrder[],
  seconds: number,
  seed: number,
): Promise<Program> {
  const points = checkedPoints(subject, subject.program(), seed);
  const own = internedSubject(subject);
  const [lightest] = await optimisedCandidates(own.interned, {
    orders: orders.map((order) => own.elements(order)),
    seed,
    budget: { kind: 'time', seconds },
    ...points,
  });
  if (lightest === undefined) throw new Error('no order gave a program');
  return lightest.program;
}

/** Points around the sample where a Program is defined. */
function checkedPoints(
  subject: FunctionSubject,
  program: Program,
  seed: number,
): Pick<OptimiseOptions, 'points' | 'checkPoints'> {
  const fault = (code: string, message: string): UserError =>
    new UserError({
      code,
      message,
      ...(subject.file === undefined ? {} : { file: subject.file }),
    });
  if ([...program.inputs, ...program.equations].some(({ type }) => type.shape.length > 0)) {
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
  const points = pointsOfDomain(program, sample, pointCounts.watched, seed);
  const around = pointsOfDomain(program, sample, pointCounts.checked, seed + 1);
  if (points.length < leastPoints.watched || around.length < leastPoints.checked) {
    throw fault(
      'optimise-no-domain',
      `${subject.name} is hardly finite anywhere around its sample point, and --optimise checks its result there; export another`,
    );
  }
  return { points, checkPoints: [sample, ...around] };
}
