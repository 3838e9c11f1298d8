/** vmap: a function of single values becomes one of values with one more axis. */
import { UserError } from '../support/user-error.ts';
import { batchProgram } from './batch.ts';
import { shapeError } from './parameters.ts';
import type { PrimitiveName } from './primitive.ts';
import { primitiveNamed } from './primitives.ts';
import { record } from './recording.ts';
import { tensor } from './tensor-constants.ts';
import { lengthOf, resolveAxis, upTo } from './tensor-axes.ts';
import { transpose } from './tensor-shapes.ts';
import { trace, type TraceResult } from './trace.ts';
import { Traced, type Value } from './traced.ts';
import type { Operand, Program } from './types.ts';

/** Settings of `vmap`. */
export interface VmapOptions {
  /** Axis of each argument that is mapped over, null for one that is the same in every call. */
  readonly axes?: readonly (number | null)[];
}

/** A value in place of every value that the function returns. */
export type MappedResult<R extends TraceResult> = R extends Value
  ? Traced
  : { -readonly [K in keyof R]: Traced };

/**
 * The function applied along an axis of its arguments, the first if none is named; results have the
 * axis in front. The function is traced once and its equations are given one more axis: there is no
 * loop, and no equation stands there more than once.
 *
 * The function takes what it needs as arguments (with the axis null): it can't use values of the
 * function around it.
 * @throws UserError shape-mismatch where mapped axes differ in length or none is mapped, trace-arguments, trace-mixed
 */
export function vmap<R extends TraceResult>(
  f: (...inputs: Traced[]) => R,
  options: VmapOptions = {},
): (...inputs: Value[]) => MappedResult<R> {
  return (...inputs) => {
    if (f.length > inputs.length) {
      throw new UserError({
        code: 'trace-arguments',
        message: `vmap of a function of ${f.length} arguments got ${inputs.length}`,
      });
    }
    const values = inputs.map((input) => (typeof input === 'number' ? tensor(input) : input));
    const axes = values.map(({ shape }, k) => {
      const axis = options.axes === undefined ? 0 : (options.axes[k] ?? null);
      return axis === null ? null : resolveAxis('vmap', shape, axis);
    });
    const lengths = values.flatMap(({ shape }, k) => {
      const axis = axes[k] ?? null;
      return axis === null ? [] : [lengthOf(shape, axis)];
    });
    const shapes = values.map(({ shape }) => shape);
    const [size] = lengths;
    if (size === undefined) throw shapeError('vmap', shapes, 'no axis is mapped over');
    if (lengths.some((length) => length !== size)) {
      throw shapeError('vmap', shapes, `mapped axes have the lengths ${lengths.join(', ')}`);
    }
    const moved = values.map((value, k) => {
      const axis = axes[k] ?? null;
      if (axis === null) return value;
      const others = upTo(value.shape.length).filter((other) => other !== axis);
      return transpose(value, [axis, ...others]);
    });
    const mapped = axes.map((axis) => axis !== null);
    const single = moved.map(({ shape }, k) => (mapped[k] === true ? shape.slice(1) : shape));
    let structure: TraceResult = 0;
    const program = trace((...args: Traced[]) => (structure = f(...args)), single);
    const outputs = inline(batchProgram(program, mapped, size), moved);
    return inStructure(structure, outputs) as MappedResult<R>;
  };
}

/** Appends the equations of a Program to the trace of its arguments. */
function inline(program: Program, inputs: readonly Traced[]): Traced[] {
  const values = [...inputs];
  const [like = tensor(0)] = inputs;
  const valueOf = (operand: Operand): Traced => {
    if (operand.kind === 'literal') return like.another(undefined, operand);
    const value = values[operand.id];
    if (value === undefined) throw new Error(`value ${operand.id} is used before it exists`);
    return value;
  };
  for (const { primitive, operands, parameters } of program.equations) {
    const name: PrimitiveName = primitiveNamed(primitive).name;
    values.push(record(like, name, operands.map(valueOf), parameters));
  }
  return program.outputs.map(({ operand }) => valueOf(operand));
}

/** Outputs in the array or object that the function returned. */
function inStructure(structure: TraceResult, outputs: readonly Traced[]): unknown {
  if (structure instanceof Traced || typeof structure === 'number') return outputs[0];
  if (Array.isArray(structure)) return outputs;
  return Object.fromEntries(Object.keys(structure).map((key, k) => [key, outputs[k]]));
}
