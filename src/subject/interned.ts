/** Subjects under the cost model `compiled`: their values interned, their orders as ones of elements. */
import {
  internLinearisation,
  type InternedLinearisation,
} from '../compiled/intern-linearisation.ts';
import { needsFunction } from '../cost/compiled.ts';
import { orderFromPositions } from '../order/orders.ts';
import type { EliminationOrder } from '../order/types.ts';
import { elementElimination } from './granularity.ts';
import type { Subject } from './types.ts';

/** A function with interned values, and which of its elements an order eliminates. */
export interface InternedSubject {
  readonly interned: InternedLinearisation;
  /** An order of the subject's vertices, element by element. */
  elements(order: EliminationOrder): EliminationOrder;
}

/** Interning takes longer than counting an order, and one subject has many. */
const internedBefore = new WeakMap<Subject, InternedSubject>();

/**
 * Interns a subject.
 * @throws UserError compiled-no-function for a graph file
 */
export function internedSubject(subject: Subject): InternedSubject {
  if (subject.kind === 'graph') throw needsFunction().inFile(subject.file);
  const known = internedBefore.get(subject);
  if (known !== undefined) return known;
  const { linearisation, groups } = elementElimination(subject);
  const { graph } = linearisation;
  const interned = internLinearisation(linearisation);
  const made: InternedSubject = {
    interned,
    elements: (order) => orderFromPositions(graph, groups(order).flat()),
  };
  internedBefore.set(subject, made);
  return made;
}
