/**
 * The elemental partial of one equation with respect to one of its operands, with its structure in
 * index notation; the rules of the primitive table say what is stored. Index words follow from
 * shapes as ../program/structure.ts and NumPy's broadcasting have them.
 */
import { axisIndices, type Block, elementCount } from '../notation/block.ts';
import { compactBlock } from '../notation/compact.ts';
import { storedShape } from '../notation/evaluate.ts';
import type { ProgramBuilder } from '../program/builder.ts';
import type { ElementwisePrimitive } from '../program/primitive.ts';
import { primitiveNamed } from '../program/primitives.ts';
import { sameShape } from '../program/shapes.ts';
import { single, type Structure, unitBlock } from '../program/structure.ts';
import type { Equation, Literal, Operand, Shape } from '../program/types.ts';
import type { BlockValue } from './block-value.ts';

/**
 * ∂equation/∂operand, its fragments appended to the builder; undefined where no derivative flows or
 * it is known to be 0.
 * @param result the value of the equation itself
 */
export function localPartial(
  builder: ProgramBuilder,
  equation: Equation,
  result: Operand,
  place: number,
): BlockValue | undefined {
  const primitive = primitiveNamed(equation.primitive);
  const shapes = equation.operands.map((operand) => builder.typeOf(operand).shape);
  switch (primitive.class) {
    case 'elementwise':
      return elementwise(builder, primitive, equation, result, place);
    case 'variadic': {
      const block = elementwiseBlock([], [], []);
      return stored(
        builder,
        block,
        primitive.partial({ m: builder.fragment, operands: equation.operands, result }, place),
      );
    }
    case 'structural': {
      const structure = primitive.structure(shapes, equation.parameters);
      return structural(builder, structure, equation, result, place);
    }
  }
}

function elementwise(
  builder: ProgramBuilder,
  primitive: ElementwisePrimitive,
  { operands, parameters, type }: Equation,
  result: Operand,
  place: number,
): BlockValue | undefined {
  const rule = primitive.partials[place];
  const operand = operands[place];
  if (rule === undefined || rule === null || operand === undefined) return undefined;
  const value = rule({ m: builder.fragment, operands, result, parameters });
  const block = elementwiseBlock(
    type.shape,
    builder.typeOf(operand).shape,
    builder.typeOf(value).shape,
  );
  return stored(builder, block, value);
}

/**
 * The block of an element-wise equation of shape `result` with respect to an operand, where the
 * stored value has the shape `value`. Axes of equal length are tied by a delta; an operand's axis of
 * length 1 under a longer result axis has an index of its own. The value depends on the axes that it
 * really has.
 */
export function elementwiseBlock(result: Shape, operand: Shape, value: Shape): Block {
  const sizes = [...result];
  const to = result.map((_, axis) => single(axis));
  const from = operand.map((length, axis) => {
    const aligned = result.length - operand.length + axis;
    return single(length === result[aligned] ? aligned : sizes.push(length) - 1);
  });
  const carried = result.flatMap((length, axis) =>
    value[axis - result.length + value.length] === length ? [axis] : [],
  );
  const block = unitBlock(to, from, sizes, result, operand);
  return { ...block, value: carried, coefficient: 'variable' };
}

/** The block with a value beside it, whatever that is: ±1, known numbers, or a tensor. */
function stored(builder: ProgramBuilder, block: Block, value: Operand): BlockValue | undefined {
  if (value.kind === 'literal') return known(block, value);
  const shape = storedShape(block);
  const operand = sameShape(builder.typeOf(value).shape, shape)
    ? value
    : builder.emit('reshape', [value], { shape });
  return { kind: 'variable', block: { ...block, coefficient: 'variable' }, sign: 1, operand };
}

function known(block: Block, { data }: Literal): BlockValue | undefined {
  const [first = 0] = data;
  if (!data.every((number) => Object.is(number, first))) {
    // The shape differs from the value word's in axes of length 1 at most.
    return { kind: 'constant', block: { ...block, coefficient: 'constant' }, numbers: data };
  }
  if (first === 0) return undefined;
  if (first === 1 || first === -1) {
    return { kind: 'unit', block: { ...block, value: [], coefficient: 'unit' }, sign: first };
  }
  return {
    kind: 'constant',
    block: { ...block, value: [], coefficient: 'constant' },
    numbers: [first],
  };
}

function structural(
  builder: ProgramBuilder,
  structure: Structure,
  { operands }: Equation,
  result: Operand,
  place: number,
): BlockValue | undefined {
  switch (structure.kind) {
    case 'linear': {
      const block = structure.blocks[place];
      return block && movement(block);
    }
    case 'bilinear':
      return factor(builder, structure, operands, place);
    case 'extreme':
      return share(builder, structure, operands, result);
  }
}

/** A unit block; an index that stands on no axis has every element counted as often as it is long. */
function movement(block: Block): BlockValue {
  const standing = axisIndices(block);
  const repeats = elementCount(block.sizes.filter((_, index) => !standing.includes(index)));
  if (repeats === 1) return { kind: 'unit', block, sign: 1 };
  const constant = { ...compactBlock(block), coefficient: 'constant' as const };
  return { kind: 'constant', block: constant, numbers: [repeats] };
}

/** ∂(Σ left·right)/∂left stores the right operand, and the other way round. */
function factor(
  builder: ProgramBuilder,
  structure: Extract<Structure, { kind: 'bilinear' }>,
  operands: readonly Operand[],
  place: number,
): BlockValue | undefined {
  const { left, right, out, sizes } = structure;
  const [own, other] = place === 0 ? [left, right] : [right, left];
  let value = operands[1 - place];
  if (value === undefined) throw new Error('a product has two operands');
  // Indices that only the other factor has are summed before the product.
  const lone = other.flatMap((index, axis) =>
    own.includes(index) || out.includes(index) ? [] : [axis],
  );
  if (lone.length > 0) value = builder.emit('sum', [value], { axes: lone });
  const block = unitBlock(
    out.map((index) => single(index)),
    own.map((index) => single(index)),
    sizes,
    out.map((index) => sizes[index] ?? 1),
    own.map((index) => sizes[index] ?? 1),
  );
  const word = other.filter((_, axis) => !lone.includes(axis));
  // Without the indices of the other factor that are summed: they stand on no axis.
  const factors = compactBlock({ ...block, value: word, coefficient: 'variable' });
  return stored(builder, factors, value);
}

/** The largest (smallest) elements share the derivative equally; the others have none. */
function share(
  builder: ProgramBuilder,
  { block }: Extract<Structure, { kind: 'extreme' }>,
  [operand]: readonly Operand[],
  result: Operand,
): BlockValue | undefined {
  if (operand === undefined) throw new Error('an extreme has one operand');
  const shape = block.fromShape;
  const axes = block.to.map((axis) => axis[0]?.index ?? -1);
  const dropped = shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
  const m = builder.fragment;
  const chosen = m.eq(operand, builder.emit('broadcast', [result], { shape, axes }));
  const count = builder.emit('sum', [chosen], { axes: dropped });
  const value = m.div(chosen, builder.emit('broadcast', [count], { shape, axes }));
  return stored(
    builder,
    { ...block, value: shape.map((_, axis) => axis), coefficient: 'variable' },
    value,
  );
}
