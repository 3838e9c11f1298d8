/**
 * One nest as lines of a kernel: sums and extremes in loops of their own, then what is computed of
 * single elements in straight lines, then the stores.
 */
import type { Shape } from '../../../program/types.ts';
import { elementCount } from '../../../program/shapes.ts';
import { reference } from '../../../program/values.ts';
import { shapeOf } from '../../shapes.ts';
import { groupInvocations } from '../../shader.ts';
import { heldText, tileText, toBits } from '../kernel-text.ts';
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
 * Who does the elements of a nest:
 * - `alone`: an invocation all of its point's;
 * - `workgroups`: workgroups share those of 64 points, `at.y`, `at.y + all.y`, … each;
 * - `invocations`: the invocations of a workgroup share those of its point.
 */
export type NestWorkers = 'alone' | 'workgroups' | 'invocations';

/** Writes a nest. */
export function nestText(context: KernelContext, nest: Nest, workers: NestWorkers): NestText {
  const axes = nest.shape.map(() => context.fresh());
  const { lines, operations } = elementText(context, nest, axes);
  const { shape } = nest;
  if (workers !== 'alone') return { lines: sharedLines(shape, axes, lines, workers), operations };
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
    const value = place.binding === 'scratch' ? toBits('real', text, context.precision) : text;
    const target =
      place.binding === 'held' ? heldText(at) : tileText(context.workers, place.binding, at);
    scope.lines.push(`${target} = ${value};`);
  });
  return { lines: scope.lines, operations: reader.operations };
}

/** The position at the nest's indices in a tensor with the same axes, but for those of length 1. */
function positionIn(shape: Shape, axes: readonly string[]): Position {
  let next = 0;
  return shape.map((length) => (length === 1 ? '0u' : (axes[next++] ?? '0u')));
}

function sharedLines(
  shape: Shape,
  axes: readonly string[],
  body: readonly string[],
  workers: Exclude<NestWorkers, 'alone'>,
): string[] {
  let stride = 1;
  const indices: string[] = [];
  for (const [axis, length] of [...shape.entries()].toReversed()) {
    const quotient = stride === 1 ? 'e' : `e / ${stride}u`;
    const text = axis === 0 ? quotient : `${quotient} % ${length}u`;
    indices.unshift(`let ${axes[axis] ?? ''} = ${text};`);
    stride *= length;
  }
  const own = indented([...indices, ...body]);
  if (workers === 'workgroups') {
    return [`for (var e = at.y; e < ${stride}u; e += all.y) {`, ...own, '}'];
  }
  const invocations = groupInvocations.workgroup;
  if (stride <= invocations) return [`if (lane < ${stride}u) {`, '  let e = lane;', ...own, '}'];
  return [`for (var e = lane; e < ${stride}u; e += ${invocations}u) {`, ...own, '}'];
}
