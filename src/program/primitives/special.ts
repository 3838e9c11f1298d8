/** The error function and its complement; generated code calls them by name. */
import { erf, erfc } from '../special.ts';

import { unary, type UnaryContext } from './define.ts';

/** 2/√π·exp(−x²) with a sign. */
const bell =
  (sign: 1 | -1) =>
  ({ m, x }: UnaryContext) =>
    m.mul((sign * 2) / Math.sqrt(Math.PI), m.exp(m.neg(m.mul(x, x))));

/** Everything that Math lacks. */
export const special = [
  unary('erf', {
    summary: 'error function',
    evaluate: erf,
    javascript: (x) => `erf(${x})`,
    partial: bell(1),
  }),
  unary('erfc', {
    summary: '1 − erf(x), exact where erf is near 1',
    evaluate: erfc,
    javascript: (x) => `erfc(${x})`,
    partial: bell(-1),
  }),
];
