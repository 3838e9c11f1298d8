/** Circular functions and their inverses, in radians. (1 − x)(1 + x) cancels less than 1 − x². */
import { binary, mathFunction } from './define.ts';

/** Everything with an angle. */
export const trigonometric = [
  mathFunction('sin', 'sine', ({ m, x }) => m.cos(x)),
  mathFunction('cos', 'cosine', ({ m, x }) => m.neg(m.sin(x))),
  mathFunction('tan', 'tangent', ({ m, result }) => m.add(m.mul(result, result), 1)),
  mathFunction('asin', 'inverse sine', ({ m, x }) =>
    m.div(1, m.sqrt(m.mul(m.sub(1, x), m.add(1, x)))),
  ),
  mathFunction('acos', 'inverse cosine', ({ m, x }) =>
    m.div(-1, m.sqrt(m.mul(m.sub(1, x), m.add(1, x)))),
  ),
  mathFunction('atan', 'inverse tangent', ({ m, x }) => m.div(1, m.add(m.mul(x, x), 1))),
  // The operands are called y and x as in Math.atan2: the angle of the point (x, y).
  binary('atan2', {
    summary: 'angle of the point (second, first), in (−π, π]',
    evaluate: (y, x) => Math.atan2(y, x),
    javascript: (y, x) => `Math.atan2(${y}, ${x})`,
    partials: [
      ({ m, x: y, y: x }) => m.div(x, m.add(m.mul(x, x), m.mul(y, y))),
      ({ m, x: y, y: x }) => m.neg(m.div(y, m.add(m.mul(x, x), m.mul(y, y)))),
    ],
  }),
];
