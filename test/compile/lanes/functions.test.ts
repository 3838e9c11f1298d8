import { describe, expect, it } from 'vitest';
import { formatOf, roundTo } from '../../../src/compile/lanes/format.ts';
import { interpretLane } from '../../../src/compile/lanes/interpret.ts';
import type { LaneOptions } from '../../../src/compile/lanes/types.ts';
import { binaryFunctions, unaryFunctions } from '../../../src/compile/lanes/functions/functions.ts';
import { createRandom } from '../../../src/support/random.ts';
import { laneFunction, measureAccuracy } from '../../support/accuracy.ts';
import { anyNumber, elementaryCases } from '../../support/elementary-cases.ts';
import { errorInUlps, fromNumber } from '../../support/high-precision.ts';

const settings: readonly LaneOptions[] = [
  { precision: 'f64', fused: false },
  { precision: 'f64', fused: true },
  { precision: 'f32', fused: false },
  { precision: 'f32', fused: true },
];

const say = ({ precision, fused }: LaneOptions): string => `${precision}${fused ? ', fused' : ''}`;

/** Numbers at which functions do something special, in either precision. */
function specialNumbers({ precision }: LaneOptions): readonly number[] {
  const { smallestNormal, largest, fractionBits } = formatOf(precision);
  const sizes = [
    0,
    smallestNormal * 2 ** -fractionBits,
    smallestNormal / 2,
    smallestNormal,
    0.5,
    1,
    1.5,
    2,
    3,
    4,
    1e10,
    2 ** 30 + 128,
    largest,
    Infinity,
  ].map((x) => roundTo(precision, x));
  return [...sizes, ...sizes.map((x) => -x), NaN];
}

/** NaN, infinities and zeros have to be Math's; everything else is a matter of accuracy. */
const isSpecial = (x: number): boolean => x === 0 || !Number.isFinite(x);

describe('elementary functions in lanes', () => {
  it('are all measured', () => {
    const simple = ['neg', 'abs', 'sign', 'sqrt', 'stopGradient', 'convert'];
    const exact = ['add', 'sub', 'mul', 'div', 'min', 'max', 'lt', 'le', 'gt', 'ge', 'eq', 'ne'];
    const known = [...Object.keys(unaryFunctions), ...Object.keys(binaryFunctions)];
    const measured = elementaryCases.map(({ name }) => name);
    expect(new Set([...measured, ...simple, ...exact])).toEqual(new Set(known));
  });

  describe.each(elementaryCases)('$name', (one) => {
    it.each(settings)(
      'is within 2 units in the last place: $precision, fused $fused',
      (options) => {
        const { ulps, at, measured } = measureAccuracy(one, options, 300, createRandom(7));
        expect(measured).toBeGreaterThan(150);
        expect(ulps, `at ${at.join(', ')}`).toBeLessThanOrEqual(2);
      },
    );

    it.each(settings)('has the special values of Math: $precision, fused $fused', (options) => {
      const program = laneFunction(one.name, one.arity, options);
      const numbers = specialNumbers(options);
      let compared = 0;
      for (const x of numbers) {
        for (const y of one.arity === 1 ? [0] : numbers) {
          const wanted = roundTo(options.precision, one.math(x, y));
          const [value = NaN] = interpretLane(program, one.arity === 1 ? [x] : [x, y]);
          if (!isSpecial(wanted) && !isSpecial(value)) continue;
          compared += 1;
          const where = `${one.name}(${one.arity === 1 ? x : `${x}, ${y}`}), ${say(options)}`;
          // Subnormal results of two functions may round to 0 and to the least number.
          const difference = Math.abs(value - wanted);
          const isLeast =
            difference > 0 &&
            difference <=
              formatOf(options.precision).smallestNormal *
                2 ** -formatOf(options.precision).fractionBits;
          expect(Object.is(value, wanted) || isLeast, `${where} is ${value}, not ${wanted}`).toBe(
            true,
          );
        }
      }
      expect(compared).toBeGreaterThan(0);
    });
  });

  it.each(['sin', 'tan', 'asin', 'atan', 'sinh', 'tanh', 'asinh', 'atanh', 'erf', 'cbrt'] as const)(
    '%s is odd, to the bit',
    (name) => {
      for (const options of settings) {
        const random = createRandom(5);
        const program = laneFunction(name, 1, options);
        for (let k = 0; k < 100; k += 1) {
          const x = k % 2 === 0 ? random.next() : anyNumber(options.precision, random);
          const [value = NaN] = interpretLane(program, [x]);
          expect(interpretLane(program, [-x])[0]).toBe(-value);
        }
      }
    },
  );

  it.each(['cos', 'cosh'] as const)('%s is even, to the bit', (name) => {
    for (const options of settings) {
      const random = createRandom(6);
      const program = laneFunction(name, 1, options);
      for (let k = 0; k < 100; k += 1) {
        const x = k % 2 === 0 ? random.next() : anyNumber(options.precision, random);
        expect(interpretLane(program, [-x])).toEqual(interpretLane(program, [x]));
      }
    }
  });

  // Muller, Elementary Functions, 2016, table 11.1: the doubles and floats nearest to a multiple of π/2.
  it.each([
    ['f64', 6381956970095103 * 2 ** 797],
    ['f32', 16367173 * 2 ** 72],
  ] as const)('angles are reduced at the hardest number of %s', (precision, x) => {
    for (const fused of [false, true]) {
      for (const one of elementaryCases.slice(0, 3)) {
        const [value = NaN] = interpretLane(laneFunction(one.name, 1, { precision, fused }), [x]);
        const wanted = one.exact(fromNumber(x), fromNumber(0));
        expect(errorInUlps(value, wanted, formatOf(precision))).toBeLessThanOrEqual(2);
      }
    }
    // The distance that the table gives: 4.7e-19 and 1.6e-9.
    const cosine = Math.abs(Math.cos(x));
    expect(cosine).toBeGreaterThan(precision === 'f64' ? 4.6e-19 : 1.5e-9);
    expect(cosine).toBeLessThan(precision === 'f64' ? 4.8e-19 : 1.7e-9);
  });
});
