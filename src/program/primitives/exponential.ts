/** Exponentials and logarithms. */
import { mathFunction, unary } from './define.ts';

/** Everything with e in it. */
export const exponential = [
  mathFunction('exp', 'e to the power x', ({ result }) => result),
  mathFunction('expm1', 'exp(x) − 1, exact near 0', ({ m, result }) => m.add(result, 1)),
  mathFunction('log', 'natural logarithm', ({ m, x }) => m.div(1, x)),
  mathFunction('log1p', 'log(1 + x), exact near 0', ({ m, x }) => m.div(1, m.add(x, 1))),
  mathFunction('log2', 'logarithm to base 2', ({ m, x }) => m.div(Math.LOG2E, x)),
  mathFunction('log10', 'logarithm to base 10', ({ m, x }) => m.div(Math.LOG10E, x)),
  unary('sigmoid', {
    summary: '1 / (1 + exp(−x)), the logistic function',
    // Where exp overflows the quotient is 0, as it has to be; nothing cancels.
    evaluate: (x) => 1 / (1 + Math.exp(-x)),
    javascript: (x) => `1 / (1 + Math.exp(-${x}))`,
    partial: ({ m, result }) => m.mul(result, m.sub(1, result)),
  }),
];
