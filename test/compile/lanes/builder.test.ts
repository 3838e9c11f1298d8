import { describe, expect, it } from 'vitest';
import { LaneBuilder, RoutineTable } from '../../../src/compile/lanes/builder.ts';
import { interpretLane } from '../../../src/compile/lanes/interpret.ts';
import { laneProgram } from '../../../src/compile/lanes/program.ts';
import { log } from '../../../src/compile/lanes/functions/logarithmic.ts';
import { cos, sin } from '../../../src/compile/lanes/functions/trigonometric.ts';
import type { LaneOptions, LaneProgram } from '../../../src/compile/lanes/types.ts';

const options: LaneOptions = { precision: 'f64', fused: false };

describe('a lane builder', () => {
  it('shares equal operations, commuted ones too', () => {
    const b = new LaneBuilder(options);
    const x = b.argument();
    const y = b.argument();
    expect(b.add(x, y)).toBe(b.add(y, x));
    expect(b.sub(x, y)).not.toBe(b.sub(y, x));
    expect(b.real(0)).not.toBe(b.real(-0));
    expect(b.real(NaN)).toBe(b.real(NaN));
  });

  it('computes what has literal operands only, comparisons and choices too', () => {
    const b = new LaneBuilder({ precision: 'f32', fused: false });
    const x = b.argument();
    const third = b.div(b.real(1), b.real(3));
    expect(b.literalOf(third)).toBe(Math.fround(1 / 3));
    const yes = b.compare('lt', b.real(1), b.real(2));
    expect(b.select(yes, x, third)).toBe(x);
    const mask = b.compare('lt', x, third);
    expect(b.and(yes, mask)).toBe(mask);
    expect(b.literalOf(b.or(mask, yes))).toBe(true);
  });

  it('leaves out what no result needs', () => {
    const b = new LaneBuilder(options);
    const x = b.argument();
    b.sqrt(x);
    const { statements, types, results } = b.finish([b.mul(x, x)]);
    expect(statements).toHaveLength(1);
    expect(types).toEqual(['real', 'real']);
    expect(results).toEqual([1]);
  });

  it('refuses operands of the wrong type, and fusion where the engine has none', () => {
    const b = new LaneBuilder(options);
    const x = b.argument();
    expect(() => b.not(x)).toThrow('maskNot of real');
    expect(() => b.realOf(x)).toThrow('realOf of real');
    expect(() => b.emit({ op: 'fma', operands: [x, x, x] })).toThrow('does not fuse');
  });

  it('gives sin and cos of one value one reduction and one pair of kernels', () => {
    const size = (emit: 'sin' | 'cos' | 'both'): number =>
      laneProgram('angles', options, ['x'], (b, [x]) => {
        if (x === undefined) throw new Error('no input');
        const outputs = { sin: [sin(b, x)], cos: [cos(b, x)], both: [sin(b, x), cos(b, x)] };
        return outputs[emit].map((value, k) => ({ name: `y${k}`, value }));
      }).statements.length;
    expect(size('both') - Math.max(size('sin'), size('cos'))).toBeLessThanOrEqual(8);
  });
});

describe('a guarded routine', () => {
  const guardedProgram = (): LaneProgram =>
    laneProgram('guard', options, ['x'], (b, [x]) => {
      if (x === undefined) throw new Error('no input');
      const needed = b.compare('lt', x, b.real(0));
      const [value] = b.guarded(needed, 'negate', [x], [x], (inner, [own]) => {
        if (own === undefined) throw new Error('no argument');
        return [inner.mul(own, inner.real(-2))];
      });
      if (value === undefined) throw new Error('no result');
      return [{ name: 'y', value }];
    });

  it('gives its result where the condition holds, and the usual one elsewhere', () => {
    const program = guardedProgram();
    expect(program.routines.map(({ name }) => name)).toEqual(['negate']);
    expect(interpretLane(program, [-3])).toEqual([6]);
    expect(interpretLane(program, [3])).toEqual([3]);
    expect(interpretLane(program, [NaN])).toEqual([NaN]);
  });

  it('is a selection inside of another routine', () => {
    const b = new LaneBuilder(options);
    const x = b.argument();
    const needed = b.compare('lt', x, b.real(0));
    const results = b.guarded(needed, 'negate', [x], [x], (inner, [own]) => [inner.neg(own ?? x)]);
    const { statements } = b.finish(results);
    expect(statements.some(({ kind }) => kind === 'guarded')).toBe(false);
  });

  it('leaves the program with the last statement that calls it', () => {
    const { routines } = laneProgram('unused', options, ['x'], (b, [x]) => {
      if (x === undefined) throw new Error('no input');
      sin(b, x);
      return [{ name: 'y', value: log(b, x) }];
    });
    expect(routines.map(({ name }) => name)).toEqual(['log-special']);
  });

  it('is made once for all its uses', () => {
    const table = new RoutineTable();
    const b = new LaneBuilder(options, table);
    const inputs = [b.argument(), b.argument()];
    for (const x of [...inputs, ...inputs]) sin(b, x);
    expect(table.routines).toHaveLength(1);
  });
});
