/** Hyperbolic functions and their inverses. */
import { mathFunction } from './define.ts';

/** Everything with an h. */
export const hyperbolic = [
  mathFunction('sinh', 'hyperbolic sine', ({ m, x }) => m.cosh(x)),
  mathFunction('cosh', 'hyperbolic cosine', ({ m, x }) => m.sinh(x)),
  mathFunction('tanh', 'hyperbolic tangent', ({ m, result }) => m.sub(1, m.mul(result, result))),
  mathFunction('asinh', 'inverse hyperbolic sine', ({ m, x }) =>
    m.div(1, m.sqrt(m.add(m.mul(x, x), 1))),
  ),
  mathFunction('acosh', 'inverse hyperbolic cosine', ({ m, x }) =>
    m.div(1, m.sqrt(m.mul(m.sub(x, 1), m.add(x, 1)))),
  ),
  mathFunction('atanh', 'inverse hyperbolic tangent', ({ m, x }) =>
    m.div(1, m.mul(m.sub(1, x), m.add(1, x))),
  ),
];
