/** Sums, products and quotients. */
import { mapLiteral } from '../values.ts';
import { binary, unary } from './define.ts';

/**
 * `mul` and `div` give literals as they are where the other operand is one, so that x·1 is an edge
 * of a unit and x·0.5 or x/2 one of a constant.
 */
export const arithmetic = [
  binary('add', {
    summary: 'x + y',
    commutative: true,
    evaluate: (x, y) => x + y,
    javascript: (x, y) => `${x} + ${y}`,
    partials: [() => 1, () => 1],
  }),
  binary('sub', {
    summary: 'x − y',
    evaluate: (x, y) => x - y,
    javascript: (x, y) => `${x} - ${y}`,
    partials: [() => 1, () => -1],
  }),
  binary('mul', {
    summary: 'x·y',
    commutative: true,
    evaluate: (x, y) => x * y,
    javascript: (x, y) => `${x} * ${y}`,
    partials: [({ y }) => y, ({ x }) => x],
  }),
  binary('div', {
    summary: 'x / y',
    evaluate: (x, y) => x / y,
    javascript: (x, y) => `${x} / ${y}`,
    partials: [
      ({ m, y }) => (y.kind === 'literal' ? mapLiteral(y, (c) => 1 / c) : m.div(1, y)),
      ({ m, y, result }) => m.neg(m.div(result, y)),
    ],
  }),
  unary('neg', {
    summary: '−x',
    evaluate: (x) => -x,
    javascript: (x) => `-${x}`,
    partial: () => -1,
  }),
];
