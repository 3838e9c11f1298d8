/** Primitives that give back their operand. */
import { unary } from './define.ts';

/** Everything that leaves the value as it is. */
export const copies = [
  unary('stopGradient', {
    summary: 'x, taken as a constant by differentiation',
    evaluate: (x) => x,
    javascript: (x) => x,
    partial: null,
  }),
  unary('convert', {
    summary: 'a copy of x (a conversion between number types elsewhere)',
    evaluate: (x) => x,
    javascript: (x) => x,
    partial: () => 1,
  }),
];
