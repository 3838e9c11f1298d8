/** Points of a subject's domain to run at, and the independent Jacobians to check against. */
import { accumulate } from '../accumulate/accumulate.ts';
import { compileJacobian } from '../accumulate/compile-jacobian.ts';
import { dualJacobian } from '../program/dual.ts';
import type { Tensor } from '../program/types.ts';
import { createRandom } from '../support/random.ts';
import { reverse } from '../search/heuristics/reverse.ts';
import { batchOf, pointNear } from '../subject/points.ts';
import type { FunctionSubject } from '../subject/types.ts';
import { UserError } from '../support/user-error.ts';

/** An independent Jacobian at one point. */
export interface ReferencePoint {
  readonly point: readonly Tensor[];
  /** By output, then by input: entries row-major, `[…output shape, …input shape]`. */
  readonly jacobian: readonly (readonly number[])[];
}

/** Points where the function and its Jacobian are finite. */
export interface Domain {
  /** As many different points as `pointCount`. */
  readonly points: readonly (readonly Tensor[])[];
  readonly references: readonly ReferencePoint[];
}

/** Different points in a batch; larger batches repeat them. */
export const pointCount = 4096;

/** Draws that may fall outside the domain before the search for points is given up, per point. */
const drawsAPoint = 4;

/**
 * Draws points near the sample.
 * @param subject with a sample
 * @param options how they are drawn
 * @param options.seed of the draws
 * @param options.checked how many of the points get a reference
 * @throws UserError where the subject has no sample, or hardly a point near it is in the domain
 */
export function domainOf(
  subject: FunctionSubject,
  options: { readonly seed: number; readonly checked: number },
): Domain {
  const { seed, checked } = options;
  const { sample } = subject;
  if (sample === undefined) {
    throw new UserError({
      code: 'subject-no-sample',
      message: `${subject.name} has no sample to time at; give the module a \`sample\``,
    });
  }
  const random = createRandom(seed);
  const isInDomain = finitenessOf(subject);
  const points: (readonly Tensor[])[] = [];
  for (let draws = 0; points.length < pointCount; draws += 1) {
    if (draws >= drawsAPoint * pointCount) {
      throw new UserError({
        code: 'subject-domain',
        message:
          `${subject.name} or its Jacobian is not finite at ${draws - points.length} of ${draws} ` +
          'points near its sample; choose another sample',
      });
    }
    const point = pointNear(sample, random);
    if (isInDomain(point)) points.push(point);
  }
  const program = subject.program();
  const references = points.slice(0, checked).map((point): ReferencePoint => {
    const jacobian = dualJacobian(program, point);
    return { point, jacobian: jacobian.flatMap((row) => row.map(({ data }) => data)) };
  });
  return { points, references };
}

const columnsByDomain = new WeakMap<Domain, Map<number, readonly Float64Array[]>>();

/**
 * So many points as a batch, one array an input; the same arrays every time, for nobody to write to:
 * the cells of a subject share them.
 */
export function columnsFor(domain: Domain, count: number): readonly Float64Array[] {
  const known = columnsByDomain.get(domain) ?? new Map<number, readonly Float64Array[]>();
  columnsByDomain.set(domain, known);
  const columns = known.get(count) ?? batchOf(pointsFor(domain, count));
  known.set(count, columns);
  return columns;
}

/** So many points: those of the domain, over and over where there are fewer. */
export function pointsFor({ points }: Domain, count: number): (readonly Tensor[])[] {
  return Array.from({ length: count }, (_, k) => points[k % points.length] ?? []);
}

/** Whether values and Jacobian are finite at a point, by the Jacobian of reverse mode. */
function finitenessOf(subject: FunctionSubject): (point: readonly Tensor[]) => boolean {
  const linearisation = subject.linearisation();
  const order = reverse.order(linearisation.graph, { seed: 0 });
  const jacobian = compileJacobian(accumulate(linearisation, order), {
    target: 'js',
    outputs: 'compact',
  });
  return (point) => {
    const { values, jacobian: entries } = jacobian.batch(batchOf([point]), 1);
    return [...values, ...entries].every((array) => array.every((x) => Number.isFinite(x)));
  };
}
