/** Comparison of numbers that were computed in different ways, with a message that says where. */
import type { Program, Tensor } from '../../src/program/types.ts';

/** Largest |x|, and at least 1: differences are measured in units of it. */
function scaleOf(numbers: readonly number[]): number {
  return numbers.reduce(
    (scale, x) => (Number.isFinite(x) ? Math.max(scale, Math.abs(x)) : scale),
    1,
  );
}

function firstDifference(
  actual: readonly number[],
  expected: readonly number[],
  tolerance: number,
  scale: number,
): string | undefined {
  if (actual.length !== expected.length) {
    return `has ${actual.length} elements instead of ${expected.length}`;
  }
  for (const [k, wanted] of expected.entries()) {
    const given = actual[k] ?? NaN;
    if (Object.is(given, wanted) || given === wanted) continue;
    const error = Math.abs(given - wanted) / scale;
    // A NaN error fails too.
    if (!(error <= tolerance)) {
      return `[${k}] is ${given}, expected ${wanted}: ${error.toExponential(2)} of ${scale.toPrecision(4)}, allowed ${tolerance}`;
    }
  }
  return undefined;
}

/**
 * Fails unless the arrays agree to `tolerance` · max(1, largest |expected|). NaN agrees with NaN,
 * an infinity with itself.
 * @param what named in the message
 */
export function expectClose(
  actual: readonly number[],
  expected: readonly number[],
  tolerance: number,
  what: string,
): void {
  const difference = firstDifference(actual, expected, tolerance, scaleOf(expected));
  if (difference !== undefined) throw new Error(`${what}${difference}`);
}

/** Fails unless shapes are equal and elements agree as `expectClose` says. */
export function expectTensorClose(
  actual: Tensor,
  expected: Tensor,
  tolerance: number,
  what: string,
): void {
  const given = actual.shape.join('x');
  const wanted = expected.shape.join('x');
  if (given !== wanted) throw new Error(`${what} has shape [${given}] instead of [${wanted}]`);
  expectClose(actual.data, expected.data, tolerance, what);
}

/**
 * Fails unless two Jacobians, [output][input] with shapes [...output, ...input], agree: each
 * element to `tolerance` · max(1, largest |element| of its row), a row being the derivatives of one
 * output element by all inputs.
 */
export function expectJacobianClose(
  program: Program,
  actual: readonly (readonly Tensor[])[],
  expected: readonly (readonly Tensor[])[],
  tolerance: number,
): void {
  program.outputs.forEach(({ name }, o) => {
    const given = actual[o] ?? [];
    const wanted = expected[o] ?? [];
    const widths = program.inputs.map(({ type }) =>
      type.shape.reduce((n, length) => n * length, 1),
    );
    widths.forEach((width, i) => {
      const what = `∂${name}/∂${program.inputs[i]?.name ?? '?'}`;
      const block = wanted[i];
      if (block === undefined || given[i] === undefined) throw new Error(`${what} is missing`);
      const shapes = [given[i].shape.join('x'), block.shape.join('x')];
      if (shapes[0] !== shapes[1]) {
        throw new Error(`${what} has shape [${shapes[0] ?? ''}] instead of [${shapes[1] ?? ''}]`);
      }
      const rows = width === 0 ? 0 : block.data.length / width;
      for (let row = 0; row < rows; row += 1) {
        const part = (tensor: Tensor | undefined, columns: number): readonly number[] =>
          tensor?.data.slice(row * columns, (row + 1) * columns) ?? [];
        const scale = scaleOf(widths.flatMap((columns, j) => part(wanted[j], columns)));
        const difference = firstDifference(
          part(given[i], width),
          part(block, width),
          tolerance,
          scale,
        );
        if (difference !== undefined) throw new Error(`${what}, row ${row}${difference}`);
      }
    });
  });
}
