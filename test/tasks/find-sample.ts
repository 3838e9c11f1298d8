/**
 * Finds a point where a function of scalars is tame: all intermediate values and elemental partials
 * finite and small. Random walk, one input at a time, keeping what is no worse: first the number of
 * values that are not finite is lowered, then the largest magnitude.
 */
import { linearise } from '../../src/graph/linearise.ts';
import { interpret } from '../../src/program/interpret.ts';
import { elementCount } from '../../src/program/shapes.ts';
import type { Program, Tensor } from '../../src/program/types.ts';
import { reference, valueId } from '../../src/program/values.ts';
import { createRandom } from '../../src/support/random.ts';

/** How a function behaves at a point. */
export interface Tameness {
  /** How many intermediate values and elemental partials are NaN or infinite. */
  readonly notFinite: number;
  /** The largest magnitude among the others. */
  readonly largest: number;
}

/** The tensors that a list of all input elements stands for, input by input. */
export function tensorsOf(program: Program, point: readonly number[]): Tensor[] {
  let next = 0;
  return program.inputs.map(({ type: { shape } }) => {
    const start = next;
    next += elementCount(shape);
    return { shape, data: point.slice(start, next) };
  });
}

/** Judges points (all input elements, input by input) by all values of the linearised Program. */
export function tamenessOf(program: Program): (point: readonly number[]) => Tameness {
  const linearised = linearise(program).program;
  const first = linearised.inputs.length;
  const everything: Program = {
    ...linearised,
    outputs: linearised.equations.map((_, index) => ({
      name: String(index),
      operand: reference(valueId(first + index)),
    })),
  };
  return (point) => {
    const values = interpret(everything, tensorsOf(program, point)).flatMap(({ data }) => data);
    const finite = values.filter((value) => Number.isFinite(value));
    return {
      notFinite: values.length - finite.length,
      largest: finite.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0),
    };
  };
}

/**
 * The walk.
 * @param options range of the inputs, and how many points are tried
 */
export function findSample(
  program: Program,
  options: {
    readonly seed: number;
    readonly from: number;
    readonly to: number;
    readonly evaluations: number;
  },
): { readonly point: readonly number[]; readonly tameness: Tameness } {
  const random = createRandom(options.seed);
  const judge = tamenessOf(program);
  // Two decimals, so that the point can be written down.
  const draw = (): number =>
    Math.round(100 * (options.from + (options.to - options.from) * random.next())) / 100;
  let point = program.inputs.map(draw);
  let tameness = judge(point);
  for (let tried = 1; tried < options.evaluations; tried += 1) {
    const candidate = point.with(random.integer(point.length), draw());
    const judged = judge(candidate);
    if (
      judged.notFinite < tameness.notFinite ||
      (judged.notFinite === tameness.notFinite && judged.largest <= tameness.largest)
    ) {
      point = candidate;
      tameness = judged;
    }
  }
  return { point, tameness };
}
