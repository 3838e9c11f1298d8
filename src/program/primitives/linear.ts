/** Primitives that move, repeat, join or sum elements; each is a list of unit blocks. */
import { type Axis, type Block, elementCount } from '../../notation/block.ts';
import {
  checkedAxes,
  integerParameter,
  listParameter,
  listsParameter,
  shapeError,
} from '../parameters.ts';
import type { LinearName, StructuralPrimitive } from '../primitive.ts';
import { printShape } from '../shapes.ts';
import { reshapeBlock, single, type Structure, unitBlock } from '../structure.ts';
import type { Parameters, Shape } from '../types.ts';

interface Definition {
  readonly summary: string;
  readonly arity?: 'any';
  readonly parameters: readonly string[];
  readonly blocks: (shapes: readonly Shape[], parameters: Parameters) => readonly Block[];
}

function entry(name: LinearName, definition: Definition): StructuralPrimitive {
  const { summary, arity = 1, parameters, blocks } = definition;
  return {
    class: 'structural',
    name,
    summary,
    arity,
    parameters,
    structure: (shapes, given): Structure => {
      const made = blocks(shapes, given);
      return { kind: 'linear', shape: made[0]?.toShape ?? [], blocks: made };
    },
  };
}

/** An entry of one operand. */
function alone(
  name: LinearName,
  summary: string,
  parameters: readonly string[],
  block: (shape: Shape, parameters: Parameters) => Block,
): StructuralPrimitive {
  return entry(name, {
    summary,
    parameters,
    blocks: ([shape = []], given) => [block(shape, given)],
  });
}

/** Axes of `shape` without those in `axes`, and their block: `i|ij|`. */
export function dropAxesBlock(shape: Shape, axes: readonly number[]): Block {
  const from = shape.map((_, axis) => single(axis));
  const kept = shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
  return unitBlock(
    kept.map((axis) => single(axis)),
    from,
    shape,
    kept.map((axis) => shape[axis] ?? 1),
    shape,
  );
}

const sum = alone('sum', 'sum over `axes`', ['axes'], (shape, parameters) =>
  dropAxesBlock(shape, checkedAxes('sum', shape, listParameter(parameters, 'axes'))),
);

const transpose = alone(
  'transpose',
  'axes in the order `permutation`',
  ['permutation'],
  (shape, parameters) => {
    const permutation = listParameter(parameters, 'permutation');
    checkedAxes('transpose', shape, permutation);
    if (permutation.length !== shape.length) {
      throw shapeError(
        'transpose',
        [shape],
        `[${permutation.join(', ')}] does not name every axis`,
      );
    }
    return unitBlock(
      permutation.map((axis) => single(axis)),
      shape.map((_, axis) => single(axis)),
      shape,
      permutation.map((axis) => shape[axis] ?? 1),
      shape,
    );
  },
);

const reshape = alone('reshape', 'the same elements as `shape`', ['shape'], (shape, parameters) => {
  const wanted = listParameter(parameters, 'shape');
  const block = reshapeBlock(shape, wanted);
  if (block !== undefined) return block;
  throw shapeError(
    'reshape',
    [shape],
    elementCount(shape) === elementCount(wanted)
      ? `no factors in common with ${printShape(wanted)}; reshape to [${elementCount(shape)}] first`
      : `${printShape(wanted)} has ${elementCount(wanted)} elements, not ${elementCount(shape)}`,
  );
});

const squeeze = alone(
  'squeeze',
  'without the axes of length 1 in `axes`',
  ['axes'],
  (shape, given) => {
    const axes = checkedAxes('squeeze', shape, listParameter(given, 'axes'));
    const long = axes.find((axis) => shape[axis] !== 1);
    if (long !== undefined) {
      throw shapeError('squeeze', [shape], `axis ${long} has length ${shape[long] ?? 0}, not 1`);
    }
    return dropAxesBlock(shape, axes);
  },
);

const expandDims = alone(
  'expandDims',
  'with new axes of length 1 at the places `axes` of the result',
  ['axes'],
  (shape, parameters) => {
    const axes = listParameter(parameters, 'axes');
    const rank = shape.length + axes.length;
    checkedAxes(
      'expandDims',
      Array.from({ length: rank }, () => 1),
      axes,
    );
    const sizes = [...shape];
    let next = 0;
    const to: Axis[] = Array.from({ length: rank }, (_, axis) =>
      single(axes.includes(axis) ? sizes.push(1) - 1 : next++),
    );
    const from = shape.map((_, axis) => single(axis));
    const toShape = to.map(([factor]) => sizes[factor?.index ?? 0] ?? 1);
    return unitBlock(to, from, sizes, toShape, shape);
  },
);

const broadcast = alone(
  'broadcast',
  'repeated to `shape`; operand axis k becomes result axis `axes[k]`',
  ['shape', 'axes'],
  (shape, parameters) => {
    const wanted = listParameter(parameters, 'shape');
    const axes = listParameter(parameters, 'axes');
    checkedAxes('broadcast', wanted, axes);
    if (axes.length !== shape.length) {
      throw shapeError('broadcast', [shape], `${axes.length} axes are named for ${shape.length}`);
    }
    const sizes = [...wanted];
    const from = shape.map((length, axis) => {
      const at = axes[axis] ?? 0;
      if (length === wanted[at]) return single(at);
      if (length !== 1) {
        throw shapeError('broadcast', [shape, wanted], `axis ${axis} does not fit axis ${at}`);
      }
      return single(sizes.push(1) - 1);
    });
    const to = wanted.map((_, axis) => single(axis));
    return unitBlock(to, from, sizes, wanted, shape);
  },
);

const slice = alone(
  'slice',
  'positions `start` to `limit` − 1 of each axis',
  ['start', 'limit'],
  (shape, parameters) => {
    const start = listParameter(parameters, 'start');
    const limit = listParameter(parameters, 'limit');
    const lengths = shape.map((length, axis) => {
      const [low, high] = [start[axis] ?? -1, limit[axis] ?? -1];
      if (start.length === shape.length && limit.length === shape.length) {
        if (low >= 0 && low < high && high <= length) return high - low;
      }
      throw shapeError('slice', [shape], `axis ${axis} has no positions ${low} to ${high - 1}`);
    });
    return unitBlock(
      lengths.map((_, axis) => single(axis)),
      lengths.map((_, axis) => single(axis, start[axis])),
      lengths,
      lengths,
      shape,
    );
  },
);

const concatenate = entry('concatenate', {
  summary: 'operands one after the other along `axis`',
  arity: 'any',
  parameters: ['axis'],
  blocks: (shapes, parameters) => {
    const axis = integerParameter(parameters, 'axis');
    const [first = []] = shapes;
    checkedAxes('concatenate', first, [axis]);
    for (const shape of shapes) {
      const fits = shape.every((length, k) => k === axis || length === first[k]);
      if (shape.length !== first.length || !fits) {
        throw shapeError('concatenate', shapes, `they may differ along axis ${axis} only`);
      }
    }
    const total = shapes.reduce((length, shape) => length + (shape[axis] ?? 0), 0);
    const toShape = first.map((length, k) => (k === axis ? total : length));
    let next = 0;
    return shapes.map((shape) => {
      const start = next;
      next += shape[axis] ?? 0;
      return unitBlock(
        shape.map((_, k) => single(k, k === axis ? start : 0)),
        shape.map((_, k) => single(k)),
        shape,
        toShape,
        shape,
      );
    });
  },
});

/** Index and offset of each factor in turn, one list an axis. */
function encodeAxes(axes: readonly Axis[]): number[][] {
  return axes.map((axis) => axis.flatMap(({ index, offset }) => [index, offset]));
}

function decodeAxes(lists: readonly (readonly number[])[]): Axis[] {
  return lists.map((list) =>
    Array.from({ length: list.length / 2 }, (_, k) => ({
      index: list[2 * k] ?? 0,
      offset: list[2 * k + 1] ?? 0,
    })),
  );
}

/** The parameters of a `rearrange` that applies a unit block to its operand. */
export function rearrangeParameters(block: Block): Parameters {
  return {
    to: encodeAxes(block.to),
    from: encodeAxes(block.from),
    sizes: block.sizes,
    shape: block.toShape,
  };
}

const rearrange = alone(
  'rearrange',
  'any unit block in index notation, applied to the operand',
  ['to', 'from', 'sizes', 'shape'],
  (shape, parameters) =>
    unitBlock(
      decodeAxes(listsParameter(parameters, 'to')),
      decodeAxes(listsParameter(parameters, 'from')),
      listParameter(parameters, 'sizes'),
      listParameter(parameters, 'shape'),
      shape,
    ),
);

export const linear: readonly StructuralPrimitive[] = [
  sum,
  transpose,
  reshape,
  squeeze,
  expandDims,
  broadcast,
  slice,
  concatenate,
  rearrange,
];
