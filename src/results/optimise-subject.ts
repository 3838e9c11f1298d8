/** A subject's Jacobian rewritten for fewer operations, checked at points around its sample. */
import {
  type Candidate,
  type CandidateOptions,
  optimisedCandidates,
} from '../optimise/candidates.ts';
import { leastPoints, type OptimiseOptions, optimiseProgram } from '../optimise/optimise.ts';
import { pointsOfDomain } from '../optimise/points.ts';
import type { EliminationOrder } from '../order/types.ts';
import { hasTensors } from '../program/shapes.ts';
import { simplify } from '../program/simplify.ts';
import type { Program } from '../program/types.ts';
import { internedSubject } from '../subject/interned.ts';
import { pointInLayout } from '../subject/layout.ts';
import type { FunctionSubject } from '../subject/types.ts';
import { UserError } from '../support/user-error.ts';

/** Points that the search watches, and that its result is checked at. */
const pointCounts = { watched: 24, checked: 4096 };

/** How a subject's Jacobian is optimised. */
export interface SubjectOptimisation {
  readonly seconds: number;
  readonly seed: number;
  readonly signal?: AbortSignal;
  onProgress?(progress: { readonly share: number }): void;
}

/**
 * The optimised Program of one order.
 * @param program of values and Jacobian of the subject
 * @throws UserError optimise-tensors, optimise-no-sample, optimise-no-domain
 */
export async function optimisedProgram(
  subject: FunctionSubject,
  program: Program,
  { seconds, seed }: SubjectOptimisation,
): Promise<Program> {
  const simple = simplify(program);
  const points = checkedPoints(subject, simple, seed);
  const budget = { kind: 'time', seconds } as const;
  return (await optimiseProgram(simple, { seed, budget, ...points })).program;
}

/**
 * Candidates for the fastest Jacobian, from several orders; the lightest first.
 * @param orders of the subject's vertices
 * @param wanted what is computed, in which form
 * @throws UserError as `optimisedProgram`
 */
export async function subjectCandidates(
  subject: FunctionSubject,
  orders: readonly EliminationOrder[],
  wanted: CandidateOptions['wanted'],
  { seconds, ...options }: SubjectOptimisation,
): Promise<readonly Candidate[]> {
  const points = checkedPoints(subject, subject.program(), options.seed);
  const own = internedSubject(subject);
  return optimisedCandidates(own.interned, {
    ...options,
    ...points,
    orders: orders.map((order) => own.elements(order)),
    wanted,
    budget: { kind: 'time', seconds },
  });
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
  if (hasTensors(program)) {
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
