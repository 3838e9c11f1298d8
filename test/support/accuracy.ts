/** Measures lane functions against the high-precision reference. */
import { lowerToLanes } from '../../src/compile/lanes/lower.ts';
import { formatOf } from '../../src/compile/lanes/format.ts';
import { interpretLane } from '../../src/compile/lanes/interpret.ts';
import type { LaneOptions, LaneProgram } from '../../src/compile/lanes/types.ts';
import { ProgramBuilder } from '../../src/program/builder.ts';
import type { BinaryName, UnaryName } from '../../src/program/primitive.ts';
import { scalarType } from '../../src/program/values.ts';
import type { Random } from '../../src/support/random.ts';
import { drawPoint, type ElementaryCase } from './elementary-cases.ts';
import { errorInUlps, fromNumber } from './high-precision.ts';

/** f(x) or f(x, y) of one primitive as a lane program. */
export function laneFunction(
  name: UnaryName | BinaryName,
  arity: 1 | 2,
  options: LaneOptions,
): LaneProgram {
  const builder = new ProgramBuilder(name);
  const operands = ['x', 'y'].slice(0, arity).map((each) => builder.input(each, scalarType));
  builder.output('f', builder.emit(name, operands));
  return lowerToLanes(builder.build(), options);
}

/** The worst that was seen. */
export interface Accuracy {
  readonly ulps: number;
  readonly at: readonly number[];
  readonly measured: number;
}

/** Draws points and gives the largest error of those at which the exact value exists. */
export function measureAccuracy(
  one: ElementaryCase,
  options: LaneOptions,
  points: number,
  random: Random,
): Accuracy {
  const program = laneFunction(one.name, one.arity, options);
  const format = formatOf(options.precision);
  let ulps = 0;
  let at: readonly number[] = [];
  let measured = 0;
  for (let k = 0; k < points; k += 1) {
    const [x, y] = drawPoint(one, options.precision, random);
    if (!one.regular(x, y)) continue;
    measured += 1;
    const [value = NaN] = interpretLane(program, one.arity === 1 ? [x] : [x, y]);
    const error = errorInUlps(value, one.exact(fromNumber(x), fromNumber(y)), format);
    if (!(error <= ulps)) {
      ulps = Number.isNaN(error) ? Infinity : error;
      at = one.arity === 1 ? [x] : [x, y];
    }
  }
  return { ulps, at, measured };
}
