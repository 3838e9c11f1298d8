/** The edges of a graph file: their partials and the paper's codes. */
import type { Shape } from '../program/types.ts';
import { UserError } from '../support/user-error.ts';
import type { EdgeSpecification } from './build.ts';
import { fieldsOf, type Fields, limits, one, type Place, refuse, show } from './file-fields.ts';
import { type NotationEnds, parseNotation, printNotation } from './notation.ts';
import {
  coefficientOf,
  constant,
  isScalarShape,
  numberPartial,
  unit,
  variable,
} from './partial.ts';
import type { Coefficient, ElementalPartial, PaperCode, VertexId } from './types.ts';

const edgeNames = ['from', 'to', 'partial', 'value', 'class', 'paper'];

/**
 * Reads one edge. Ends that name no vertex are left to buildGraph, which says so.
 * @param shapes of the listed vertices
 */
export function readEdge(
  value: unknown,
  where: Place,
  shapes: ReadonlyMap<VertexId, Shape>,
): EdgeSpecification {
  const fields = fieldsOf(value, where, edgeNames);
  const from = one.id(fields.get('from'), () => `${where()}.from`);
  const to = one.id(fields.get('to'), () => `${where()}.to`);
  const fromShape = shapes.get(from);
  const toShape = shapes.get(to);
  const partial =
    fromShape === undefined || toShape === undefined
      ? undefined
      : readPartial(fields, where, { from: fromShape, to: toShape });
  const paper = readPaperCode(fields, where);
  if (paper === undefined) return partial === undefined ? { from, to } : { from, to, partial };
  return partial === undefined ? { from, to, paper } : { from, to, partial, paper };
}

/** `undefined` where a tensor edge has no notation: buildGraph refuses it. */
function readPartial(
  fields: Fields,
  where: Place,
  ends: NotationEnds,
): ElementalPartial | undefined {
  const coefficient = readCoefficient(fields, where);
  const text = fields.get('partial');
  if (text === undefined) {
    const scalars = isScalarShape(ends.to) && isScalarShape(ends.from);
    return scalars ? numberPartial(ends.to, ends.from, coefficient ?? variable) : undefined;
  }
  if (typeof text !== 'string') {
    throw refuse(
      'graph-type',
      `${where()}.partial`,
      `"partial" is index notation such as "i|i|i", not ${show(text)}; mend it`,
    );
  }
  if (text.length > limits.notation) {
    throw refuse(
      'graph-limit',
      `${where()}.partial`,
      `the notation has ${text.length} characters; ${limits.notation} is the most`,
    );
  }
  try {
    return parseNotation(text, {
      ...ends,
      coefficient: (hasIndices) => {
        if (!hasIndices) return coefficient ?? unit();
        if (coefficient !== undefined && hasNumber(coefficient)) {
          throw refuse(
            'graph-value',
            `${where()}.value`,
            'the third word of "partial" says that values are stored along indices, and "value" is ' +
              'one number; empty the word or take the number out',
          );
        }
        return coefficient ?? variable;
      },
    });
  } catch (error) {
    if (!(error instanceof UserError) || error.at !== undefined) throw error;
    throw refuse(error.code, `${where()}.partial`, error.message);
  }
}

function hasNumber(coefficient: Coefficient): boolean {
  return coefficient.kind !== 'variable' && coefficient.value !== undefined;
}

/** `undefined` where the edge has no "value". */
function readCoefficient(fields: Fields, where: Place): Coefficient | undefined {
  const value = fields.get('value');
  const named = fields.get('class');
  if (named !== undefined && named !== 'constant') {
    throw refuse(
      'graph-type',
      `${where()}.class`,
      `"class" is "constant" where a number ±1 is no unit, not ${show(named)}; take it out`,
    );
  }
  if (value === undefined) return undefined;
  if (value === 'general') return variable;
  if (value === 'constant') return constant();
  if (typeof value === 'number' && Number.isFinite(value)) {
    return named === 'constant' ? constant(value) : coefficientOf(value);
  }
  throw refuse(
    'graph-type',
    `${where()}.value`,
    `"value" is a finite number, "general" or "constant", not ${show(value)}; mend it or leave it out`,
  );
}

/** Sparsity types of AlphaGrad: −10 … 11. */
function readPaperCode(fields: Fields, where: Place): PaperCode | undefined {
  const code: unknown = fields.get('paper');
  if (code === undefined) return undefined;
  if (Array.isArray(code) && code.length === 5) {
    const [type, o1, o2, i1, i2] = code.map((item: unknown) =>
      typeof item === 'number' && Number.isSafeInteger(item) ? item : NaN,
    );
    if (
      type !== undefined &&
      o1 !== undefined &&
      o2 !== undefined &&
      i1 !== undefined &&
      i2 !== undefined &&
      type >= -10 &&
      type <= 11 &&
      // The sizes of the incoming side may be negative in the peer's own files.
      [o1, o2, i1, i2].every((size) => Math.abs(size) <= limits.elements)
    ) {
      return [type, o1, o2, i1, i2];
    }
  }
  throw refuse(
    'graph-type',
    `${where()}.paper`,
    '"paper" is a list of five integers [type, o1, o2, i1, i2] with a type from -10 to 11; mend it or leave it out',
  );
}

/** An end of an edge; without a shape, a scalar. */
interface EdgeEnd {
  readonly id: VertexId;
  readonly shape?: Shape;
}

/** An edge with its ends, as a file lists it. */
export interface ListedEdge {
  readonly from: EdgeEnd;
  readonly to: EdgeEnd;
  readonly partial: ElementalPartial;
  readonly paper?: PaperCode;
}

/** An edge as the file holds it. */
export function writeEdge({ from, to, partial, paper }: ListedEdge): object {
  const { shape: fromShape = [] } = from;
  const { shape: toShape = [] } = to;
  const scalars = fromShape.length === 0 && toShape.length === 0;
  return {
    from: from.id,
    to: to.id,
    ...(scalars ? {} : { partial: printNotation(partial, { to: toShape, from: fromShape }) }),
    ...writeCoefficient(partial, scalars),
    ...(paper === undefined ? {} : { paper }),
  };
}

function writeCoefficient({ coefficient, value }: ElementalPartial, scalars: boolean): object {
  if (coefficient.kind === 'variable') {
    return scalars || value.length > 0 ? {} : { value: 'general' };
  }
  if (coefficient.kind === 'unit') {
    return coefficient.value === 1 && !scalars ? {} : { value: coefficient.value };
  }
  const number = coefficient.value;
  if (number === undefined || !Number.isFinite(number)) return { value: 'constant' };
  return Math.abs(number) === 1 ? { value: number, class: 'constant' } : { value: number };
}
