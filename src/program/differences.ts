/**
 * Jacobians by central differences: a loose, third witness that knows nothing of derivatives.
 * ∂f/∂x ≈ (f(x + h) − f(x − h)) / 2h with h = ∛ε · max(1, |x|), which balances truncation, about
 * h²·f‴/6, with rounding, about ε·f/h: near 1e-10 relative for a function of scale 1 (Dennis and
 * Schnabel, Numerical Methods for Unconstrained Optimization, 1996, section 5.4). Wrong within h of
 * a kink. Two evaluations an input element.
 */
import { interpret } from './interpret.ts';
import type { Program, Tensor } from './types.ts';

/** ∛(2^-52), to a power of two so that x ± h loses nothing for x near 1. */
const RELATIVE_STEP = 2 ** -17;

function withElement(
  inputs: readonly Tensor[],
  which: number,
  at: number,
  value: number,
): Tensor[] {
  return inputs.map((input, i) =>
    i === which
      ? { shape: input.shape, data: input.data.map((old, k) => (k === at ? value : old)) }
      : input,
  );
}

/**
 * Jacobian of every output by every input at a point, by central differences.
 * @param inputs one tensor an input of the program, of its shape
 * @param relativeStep h in units of max(1, |x|); 2^-17 by default
 * @returns at [output][input] a tensor of shape [...output shape, ...input shape]
 */
export function centralDifferences(
  program: Program,
  inputs: readonly Tensor[],
  relativeStep: number = RELATIVE_STEP,
): Tensor[][] {
  const values = interpret(program, inputs);
  const columns = inputs.map((input, i) =>
    input.data.map((x, k) => {
      const step = relativeStep * Math.max(1, Math.abs(x));
      const above = x + step;
      const below = x - step;
      const high = interpret(program, withElement(inputs, i, k, above));
      const low = interpret(program, withElement(inputs, i, k, below));
      // The step that was really taken, after rounding.
      return values.map(({ data }, o) =>
        data.map(
          (_, e) => ((high[o]?.data[e] ?? NaN) - (low[o]?.data[e] ?? NaN)) / (above - below),
        ),
      );
    }),
  );
  return values.map((output, o) =>
    inputs.map((input, i) => ({
      shape: [...output.shape, ...input.shape],
      data: output.data.flatMap((_, e) =>
        (columns[i] ?? []).map((column) => column[o]?.[e] ?? NaN),
      ),
    })),
  );
}
