/** Functions with kinks. */
import type { FragmentBuilder, FragmentOperand } from '../primitive.ts';
import type { Operand } from '../types.ts';
import { binary, mathFunction } from './define.ts';

/** 1 where a > b, ½ where a = b, 0 where a < b. */
const wins = (m: FragmentBuilder, a: FragmentOperand, b: FragmentOperand): Operand =>
  m.mul(0.5, m.add(m.gt(a, b), m.ge(a, b)));

/** At a tie of min or max each operand gets half of the derivative, as in JAX; |x| has 0 at 0. */
export const signAndExtremes = [
  mathFunction('abs', 'absolute value', ({ m, x }) => m.sign(x)),
  mathFunction('sign', '−1, 0 or 1', null),
  binary('min', {
    summary: 'the smaller of two; NaN if one is',
    commutative: true,
    evaluate: (x, y) => Math.min(x, y),
    javascript: (x, y) => `Math.min(${x}, ${y})`,
    partials: [({ m, x, y }) => wins(m, y, x), ({ m, x, y }) => wins(m, x, y)],
  }),
  binary('max', {
    summary: 'the larger of two; NaN if one is',
    commutative: true,
    evaluate: (x, y) => Math.max(x, y),
    javascript: (x, y) => `Math.max(${x}, ${y})`,
    partials: [({ m, x, y }) => wins(m, x, y), ({ m, x, y }) => wins(m, y, x)],
  }),
];
