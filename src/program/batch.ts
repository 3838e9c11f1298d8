/**
 * Batches a Program: the same function of values that have one more leading axis, of length `size`.
 * One rule a class of primitives, straight from what the primitive does: element-wise equations
 * align their operands' ranks behind the batch axis, linear ones and extremes move their axes up by
 * one, products name the batch axis in the words of the operands that have it. No equation becomes
 * `size` equations. O(equations).
 */
import { ProgramBuilder } from './builder.ts';
import { listParameter, listsParameter } from './parameters.ts';
import type { StructuralPrimitive, VariadicName } from './primitive.ts';
import { primitiveNamed } from './primitives.ts';
import type { Equation, Operand, Parameters, Program, Shape } from './types.ts';

/** A value of the batched Program; `batched` if its first axis is the batch. */
interface Batched {
  readonly operand: Operand;
  readonly batched: boolean;
}

const up = (axes: readonly number[]): number[] => axes.map((axis) => axis + 1);

/** Emits the equations of a batched Program. */
class Batcher {
  readonly builder: ProgramBuilder;
  readonly size: number;

  constructor(name: string, size: number) {
    this.builder = new ProgramBuilder(name);
    this.size = size;
  }

  shapeOf({ operand }: Batched): Shape {
    return this.builder.typeOf(operand).shape;
  }

  emit(name: string, operands: readonly Batched[], parameters: Parameters): Batched {
    const values = operands.map(({ operand }) => operand);
    return { operand: this.builder.emit(name, values, parameters), batched: true };
  }

  /** The value with the batch axis, repeated along it where it had none. */
  repeated(value: Batched): Batched {
    if (value.batched) return value;
    const shape = this.shapeOf(value);
    return this.emit('broadcast', [value], {
      shape: [this.size, ...shape],
      axes: up(shape.map((_, axis) => axis)),
    });
  }

  elementwise({ primitive, parameters, type }: Equation, operands: readonly Batched[]): Batched {
    const rank = type.shape.length + 1;
    const aligned = operands.map((value) => {
      const shape = this.shapeOf(value);
      const missing = value.batched ? rank - shape.length : 0;
      if (missing === 0) return value;
      const axes = Array.from({ length: missing }, (_, k) => k + 1);
      return this.emit('expandDims', [value], { axes });
    });
    return this.emit(primitive, aligned, parameters);
  }

  structural(
    primitive: StructuralPrimitive,
    parameters: Parameters,
    operands: readonly Batched[],
    shapes: readonly Shape[],
  ): Batched {
    const structure = primitive.structure(shapes, parameters);
    if (structure.kind === 'bilinear') {
      const { left, right, out, sizes } = structure;
      const batch = sizes.length;
      const word = (indices: readonly number[], place: number): number[] =>
        operands[place]?.batched === true ? [batch, ...indices] : [...indices];
      return this.emit('einsum', operands, {
        left: word(left, 0),
        right: word(right, 1),
        out: [batch, ...out],
      });
    }
    const [first = []] = shapes;
    return this.emit(
      primitive.name,
      operands.map((value) => this.repeated(value)),
      this.moved(primitive, parameters, first),
    );
  }

  /** Parameters of a linear primitive or extreme for operands with a batch axis in front. */
  moved({ name }: StructuralPrimitive, parameters: Parameters, shape: Shape): Parameters {
    const list = (parameter: string): readonly number[] => listParameter(parameters, parameter);
    switch (name) {
      case 'sum':
      case 'squeeze':
      case 'expandDims':
      case 'reduceMax':
      case 'reduceMin':
        return { axes: up(list('axes')) };
      case 'transpose':
        return { permutation: [0, ...up(list('permutation'))] };
      case 'reshape':
        return { shape: [this.size, ...list('shape')] };
      case 'broadcast':
        return { shape: [this.size, ...list('shape')], axes: [0, ...up(list('axes'))] };
      case 'slice':
        return { start: [0, ...list('start')], limit: [this.size, ...list('limit')] };
      case 'concatenate':
        return { axis: Number(parameters.axis) + 1 };
      case 'rearrange': {
        const sizes = list('sizes');
        const batch = [sizes.length, 0];
        return {
          to: [batch, ...listsParameter(parameters, 'to')],
          from: [batch, ...listsParameter(parameters, 'from')],
          sizes: [...sizes, this.size],
          shape: [this.size, ...list('shape')],
        };
      }
      case 'dot':
      case 'einsum':
        throw new Error(`${name} of ${shape.join('x')} is a product`);
    }
  }

  /** A chain of equations of two operands: no element-wise primitive takes any number. */
  variadic(name: VariadicName, operands: readonly Batched[]): Batched {
    const chain = (step: string, values: readonly Batched[]): Batched =>
      values.reduce((x, y) => this.emit(step, [x, y], {}));
    switch (name) {
      case 'sumOf':
        return chain('add', operands);
      case 'maxOf':
        return chain('max', operands);
      case 'minOf':
        return chain('min', operands);
      case 'dotOf': {
        const [left, right] = [0, 1].map((half) =>
          operands.slice((half * operands.length) / 2, ((half + 1) * operands.length) / 2),
        );
        const products = left?.map((x, k) => this.emit('mul', [x, right?.[k] ?? x], {}));
        return chain('add', products ?? []);
      }
    }
  }
}

/**
 * The Program for inputs of which some have a batch axis in front; all outputs have one.
 * @param batched whether each input has it
 * @param size length of the batch axis
 */
export function batchProgram(program: Program, batched: readonly boolean[], size: number): Program {
  const { name, inputs, equations, outputs } = program;
  const batcher = new Batcher(name, size);
  const { builder } = batcher;
  const values = inputs.map(({ name: called, type }, k): Batched => {
    const has = batched[k] === true;
    const operand = builder.input(called, has ? { ...type, shape: [size, ...type.shape] } : type);
    return { operand, batched: has };
  });
  const shapes = [...inputs, ...equations].map(({ type }) => type.shape);
  const valueOf = (operand: Operand): Batched => {
    if (operand.kind === 'literal') return { operand, batched: false };
    const value = values[operand.id];
    if (value === undefined) throw new Error(`value ${operand.id} is used before it exists`);
    return value;
  };
  for (const equation of equations) {
    const operands = equation.operands.map(valueOf);
    values.push(
      operands.some((value) => value.batched)
        ? batchedEquation(batcher, equation, operands, shapes)
        : { ...batcher.emit(equation.primitive, operands, equation.parameters), batched: false },
    );
  }
  for (const { name: called, operand } of outputs) {
    builder.output(called, batchedOutput(batcher, valueOf(operand)));
  }
  return builder.build();
}

/** A literal is repeated as it stands; a value by an equation. */
function batchedOutput(batcher: Batcher, value: Batched): Operand {
  const { operand } = value;
  if (operand.kind === 'value') return batcher.repeated(value).operand;
  const { shape, data } = operand;
  const copies = Array.from({ length: batcher.size }, () => data);
  return { kind: 'literal', shape: [batcher.size, ...shape], data: copies.flat() };
}

function batchedEquation(
  batcher: Batcher,
  equation: Equation,
  operands: readonly Batched[],
  shapes: readonly Shape[],
): Batched {
  const primitive = primitiveNamed(equation.primitive);
  switch (primitive.class) {
    case 'elementwise':
      return batcher.elementwise(equation, operands);
    case 'structural': {
      const own = equation.operands.map((operand) =>
        operand.kind === 'literal' ? operand.shape : (shapes[operand.id] ?? []),
      );
      return batcher.structural(primitive, equation.parameters, operands, own);
    }
    case 'variadic':
      return batcher.variadic(primitive.name, operands);
  }
}
