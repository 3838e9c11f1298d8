import { describe, expect, it } from 'vitest';
import { exposeLogarithms } from '../../src/compile/expose-logarithms.ts';
import { interpret } from '../../src/program/interpret.ts';
import { add, eq, log, pow, where } from '../../src/program/ops.ts';
import { simplify } from '../../src/program/simplify.ts';
import { trace } from '../../src/program/trace.ts';
import { literalTensor } from '../../src/program/values.ts';

const at = (program: Parameters<typeof interpret>[0], ...numbers: readonly number[]): number[] =>
  interpret(
    program,
    numbers.map((x) => literalTensor([], [x])),
  ).flatMap(({ data }) => data);

describe('logarithms of a base or 1', () => {
  const guarded = trace((x, y) => pow(x, y).mul(log(where(eq(x, 0), 1, x))), [[], []]);

  it('become logarithms of the base', () => {
    const exposed = simplify(exposeLogarithms(guarded));
    const logarithm = exposed.equations.find(({ primitive }) => primitive === 'log');
    expect(logarithm?.operands).toEqual([{ kind: 'value', id: 0 }]);
  });

  it('stay the same numbers, at 0, for NaN and infinity too', () => {
    const exposed = exposeLogarithms(guarded);
    for (const x of [2.5, 1, 1e-320, 0, -0, -1, NaN, Infinity]) {
      for (const y of [0.5, 2, -1]) expect(at(exposed, x, y)).toEqual(at(guarded, x, y));
    }
  });

  it('are left alone where the choice is another', () => {
    const other = trace(
      (x, y) => [
        log(where(eq(x, 0), 2, x)),
        log(where(eq(y, 0), 1, x)),
        log(where(eq(x, 1), 1, x)),
        add(where(eq(x, 0), 1, x), log(x)),
      ],
      [[], []],
    );
    expect(exposeLogarithms(other)).toEqual(other);
  });
});
