/**
 * One nest as lines of a kernel, for one point an invocation: sums and extremes in loops of their own,
 * then what is computed of single elements in straight lines, then the stores.
 */
import type { Shape } from '../../../program/types.ts';
import { elementCount } from '../../../program/shapes.ts';
import { reference } from '../../../program/values.ts';
import { shapeOf } from '../../shapes.ts';
import { tileText, toBits } from '../kernel-text.ts';
import { around, indented, placeText, type Position } from './block-indices.ts';
import { ElementReader, type KernelContext, Scope } from './element-reader.ts';
import type { Nest } from './partition.ts';

/** A nest as text. */
export interface NestText {
  readonly lines: readonly string[];
  /** Arithmetic a point. */
  readonly operations: number;
}

/**
 * Writes a nest.
 * @param spread whether the workgroup does the elements `at.y`, `at.y + all.y`, …; else it does all
 */
export function nestText(context: KernelContext, nest: Nest, spread: boolean): NestText {
  const axes = nest.shape.map(() => context.fresh());
  const { lines, operations } = elementText(context, nest, axes);
  const { shape } = nest;
  if (spread) return { lines: spreadLines(shape, axes, lines), operations };
  const every = {
    lines: [],
    conditions: [],
    names: new Map(axes.entries()),
    summed: [...axes.keys()],
  };
  const looped = around(every, shape, lines);
  return { lines: axes.length === 0 ? ['{', ...indented(looped), '}'] : looped, operations };
}

/** The lines of one element, at the indices `axes` of the nest. */
function elementText(context: KernelContext, nest: Nest, axes: readonly string[]): NestText {
  const { program } = context;
  const reader = new ElementReader(context);
  const scope = new Scope(elementCount(nest.shape));
  const made = new Map(
    nest.values.map((id) => {
      const position = positionIn(shapeOf(program, reference(id)), axes);
      return [id, { position, element: reader.make(id, position, scope) }];
    }),
  );
  const stored = nest.stored.flatMap((id) => {
    const own = made.get(id);
    return own === undefined ? [] : [{ id, ...own }];
  });
  const texts = reader.lower(
    stored.map(({ element }) => element),
    scope,
  );
  stored.forEach(({ id, position }, k) => {
    const place = context.placeOf(reference(id));
    if (place.binding === 'constants') throw new Error(`value ${id} lies among the constants`);
    const at = placeText(position, shapeOf(program, reference(id)), context.startText(place));
    const text = texts[k] ?? '';
    const value = place.binding === 'scratch' ? toBits('real', text) : text;
    scope.lines.push(`${tileText(place.binding, at)} = ${value};`);
  });
  return { lines: scope.lines, operations: reader.operations };
}

/** The position at the nest's indices in a tensor with the same axes, but for those of length 1. */
function positionIn(shape: Shape, axes: readonly string[]): Position {
  let next = 0;
  return shape.map((length) => (length === 1 ? '0u' : (axes[next++] ?? '0u')));
}

function spreadLines(shape: Shape, axes: readonly string[], body: readonly string[]): string[] {
  let stride = 1;
  const indices: string[] = [];
  for (const [axis, length] of [...shape.entries()].toReversed()) {
    const quotient = stride === 1 ? 'e' : `e / ${stride}u`;
    const text = axis === 0 ? quotient : `${quotient} % ${length}u`;
    indices.unshift(`let ${axes[axis] ?? ''} = ${text};`);
    stride *= length;
  }
  return [
    `for (var e = at.y; e < ${stride}u; e += all.y) {`,
    ...indented([...indices, ...body]),
    '}',
  ];
}
