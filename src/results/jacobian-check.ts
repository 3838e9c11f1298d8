/**
 * The independent check of a Jacobian: accumulated in an elimination order from the table of partial
 * derivatives, against dual numbers, which do not use that table (src/program/dual.ts), at the
 * sample point and at points near it.
 *
 * Two entries agree where |a − b| ≤ 1e-10 · max(|a|, |b|, 1e-4 · largest entry): relative in double
 * precision, with a floor for entries that are what cancellation left of larger ones.
 */
import { accumulate, jacobianProgram } from '../accumulate/accumulate.ts';
import { parseOrder } from '../order/orders.ts';
import type { VertexId } from '../graph/types.ts';
import { dualJacobian } from '../program/dual.ts';
import { interpret } from '../program/interpret.ts';
import type { Tensor } from '../program/types.ts';
import { createRandom } from '../support/random.ts';
import { pointInLayout, resultsFromLayout } from '../subject/layout.ts';
import { pointNear } from '../subject/points.ts';
import type { FunctionSubject } from '../subject/types.ts';

/** Largest relative difference that passes. */
export const tolerance = 1e-10;

/** Entries are compared relative to at least this share of the largest one. */
const floorShare = 1e-4;

/** What one comparison found. */
export interface JacobianCheck {
  /** Largest relative difference over all points and entries; NaN never agrees. */
  readonly worst: number;
  /** How many points were compared. */
  readonly points: number;
  /** Empty where everything agrees. */
  readonly problems: readonly string[];
}

/** The sample point, then `count` points near it. Seeded: the same points every time. */
export function pointsAround(sample: readonly Tensor[], count: number): (readonly Tensor[])[] {
  const random = createRandom(2406);
  return [sample, ...Array.from({ length: count }, () => pointNear(sample, random))];
}

/** What was compared before: one order stands in the results of several cost models. */
const compared = new WeakMap<FunctionSubject, Map<string, JacobianCheck>>();

/** Independent Jacobians, which take longer than the accumulated ones. */
const independent = new WeakMap<readonly Tensor[], readonly Tensor[]>();
const pointsOf = new WeakMap<FunctionSubject, Map<number, readonly (readonly Tensor[])[]>>();

function kept<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/**
 * Compares the Jacobian that an order accumulates with the one of dual numbers.
 * @param order vertex ids of the subject's own graph
 * @param points how many points beside the sample; a point near it where the function is not
 * finite lies outside the domain and is left out
 * @throws UserError where the order is not legal for the graph of the function.
 */
export function checkJacobian(
  subject: FunctionSubject,
  order: readonly VertexId[],
  points = 3,
): JacobianCheck {
  const checks = compared.get(subject) ?? new Map<string, JacobianCheck>();
  compared.set(subject, checks);
  return kept(checks, JSON.stringify([points, order]), () => compare(subject, order, points));
}

function compare(
  subject: FunctionSubject,
  order: readonly VertexId[],
  points: number,
): JacobianCheck {
  const { sample } = subject;
  if (sample === undefined) return { worst: 0, points: 0, problems: [] };
  const sets = pointsOf.get(subject) ?? new Map<number, readonly (readonly Tensor[])[]>();
  pointsOf.set(subject, sets);
  const linearisation = subject.linearisation();
  const program = jacobianProgram(
    accumulate(linearisation, parseOrder(linearisation.graph, order)),
    { values: true },
  );
  const original = subject.program();
  let worst = 0;
  let met = 0;
  let problem: string | undefined;
  kept(sets, points, () => pointsAround(sample, points)).forEach((point, index) => {
    const expected = independent.get(point) ?? dualJacobian(original, point).flat();
    independent.set(point, expected);
    const results = interpret(program, pointInLayout(subject, point)).map(({ data }) => data);
    const actual = resultsFromLayout(subject, results).jacobian.flat();
    const numbers = expected.flatMap(({ data }) => data);
    if (index > 0 && !numbers.every(Number.isFinite)) return;
    met += 1;
    const largest = numbers.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
    expected.forEach((block, place) => {
      block.data.forEach((exact, element) => {
        const found = actual[place]?.data[element] ?? NaN;
        const difference = relativeDifference(found, exact, floorShare * largest);
        if (difference <= worst) return;
        worst = difference;
        if (difference <= tolerance) return;
        const entry = `∂${nameOf(original.outputs, Math.floor(place / original.inputs.length))}/∂${nameOf(original.inputs, place % original.inputs.length)}`;
        const where = index === 0 ? 'the sample point' : `point ${index} near the sample`;
        problem = `the accumulated Jacobian differs from the independent one: ${entry} is ${found}, not ${exact}, at ${where}`;
      });
    });
  });
  return { worst, points: met, problems: problem === undefined ? [] : [problem] };
}

function nameOf(items: readonly { readonly name: string }[], index: number): string {
  return items[index]?.name ?? String(index);
}

function relativeDifference(a: number, b: number, floor: number): number {
  if (a === b) return 0;
  const difference = Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b), floor);
  return Number.isNaN(difference) ? Infinity : difference;
}
