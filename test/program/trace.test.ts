import { describe, expect, it } from 'vitest';
import { interpret } from '../../src/program/interpret.ts';
import { printProgram } from '../../src/program/listing.ts';
import { add, exp, pow, reciprocal, sin, square, sub, where } from '../../src/program/ops.ts';
import { trace, type Traced } from '../../src/program/trace.ts';
import { UserError } from '../../src/support/user-error.ts';

const listing = (...lines: string[]): string => [...lines, ''].join('\n');

/** The UserError that something throws. */
function userError(act: () => unknown): UserError {
  try {
    act();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('a traced function', () => {
  it('is the list of its operations in the order they were applied', () => {
    const price = (s: Traced, k: Traced) => {
      const product = s.mul(k);
      return { a: exp(product.sub(1)), b: product };
    };
    expect(printProgram(trace(price, [[], []]))).toBe(
      listing(
        'program price',
        'in i1, i2',
        'v1 = mul i1 i2',
        'v2 = sub v1 1.0',
        'v3 = exp v2',
        'out a = v3',
        'out b = v1',
      ),
    );
  });

  it('takes its inputs as one object and names them by its keys', () => {
    const program = trace(({ x, y }) => x.add(y), { x: [], y: [3] }, { name: 'sum' });
    expect(printProgram(program)).toBe(
      listing('program sum', 'in x, y[3]', 'v1 = add x y', 'out out = v1'),
    );
    expect(program.equations[0]?.type).toEqual({ shape: [3], kind: 'real' });
  });

  it('folds and shares nothing: x·1, x + 0 and repeated operations are equations', () => {
    const program = trace((x) => x.mul(1).add(0).add(x.mul(1)), [[]]);
    expect(program.equations.map(({ primitive }) => primitive)).toEqual([
      'mul',
      'add',
      'mul',
      'add',
    ]);
  });

  it('mixes numbers on either side', () => {
    expect(printProgram(trace((x) => [sub(1, x), add(x, 2), where(x.lt(0), -1, x)], [[]]))).toBe(
      listing(
        'program f',
        'in i1',
        'v1 = sub 1.0 i1',
        'v2 = add i1 2.0',
        'v3 = lt i1 0.0',
        'v4 = where v3 -1.0 i1',
        'out 0 = v1',
        'out 1 = v2',
        'out 2 = v4',
      ),
    );
  });

  it('has integerPow for integer exponents and pow for others', () => {
    const program = trace(
      (x, y) => [x.pow(2), x.pow(0.5), x.pow(y), pow(x, -3), pow(2, x), square(x), reciprocal(x)],
      [[], []],
      { name: 'powers' },
    );
    expect(printProgram(program)).toBe(
      listing(
        'program powers',
        'in i1, i2',
        'v1 = integerPow[exponent=2] i1',
        'v2 = pow i1 0.5',
        'v3 = pow i1 i2',
        'v4 = integerPow[exponent=-3] i1',
        'v5 = pow 2.0 i1',
        'v6 = integerPow[exponent=2] i1',
        'v7 = div 1.0 i1',
        ...[1, 2, 3, 4, 5, 6, 7].map((v) => `out ${v - 1} = v${v}`),
      ),
    );
  });

  it('may return an input, a number, and a value twice', () => {
    const program = trace(
      (x) => {
        const y = sin(x);
        return [x, 4, y, y];
      },
      [[]],
    );
    expect(program.equations).toHaveLength(1);
    expect(interpret(program, [{ shape: [], data: [0.5] }]).map(({ data }) => data)).toEqual([
      [0.5],
      [4],
      [Math.sin(0.5)],
      [Math.sin(0.5)],
    ]);
  });

  it('keeps operations whose value is not used', () => {
    const program = trace(
      (x) => {
        x.sin();
        return x;
      },
      [[]],
    );
    expect(program.equations).toHaveLength(1);
  });

  it('knows the shapes of its values', () => {
    trace(
      (x, y) => {
        expect(x.shape).toEqual([]);
        expect(x.mul(y).shape).toEqual([2, 3]);
        return x;
      },
      [[], [2, 3]],
    );
  });

  it('takes __proto__ and constructor as names like any other', () => {
    const shapes = Object.fromEntries([
      ['__proto__', []],
      ['constructor', []],
    ]) as Record<string, []>;
    const program = trace((inputs) => {
      const own = new Map(Object.entries(inputs));
      expect([...own.keys()]).toEqual(['__proto__', 'constructor']);
      return Object.fromEntries([['__proto__', own.get('__proto__')?.sin() ?? 0]]);
    }, shapes);
    expect(program.inputs.map(({ name }) => name)).toEqual(['__proto__', 'constructor']);
    expect(program.outputs.map(({ name }) => name)).toEqual(['__proto__']);
    expect(program.equations).toHaveLength(1);
  });

  it('can be traced inside another', () => {
    const outer = trace(
      (x) => {
        const inner = trace((y) => y.mul(y), [[]]);
        return x.mul(inner.equations.length);
      },
      [[]],
    );
    expect(outer.equations).toHaveLength(1);
  });
});

describe('the tracer refuses', () => {
  it('values of two traces in one equation', () => {
    const act = () => trace((x) => trace((y) => y.add(x), [[]]).equations.length, [[]]);
    expect(userError(act)).toMatchObject({ code: 'trace-mixed' });
  });

  it('a value of another trace as a result', () => {
    const act = () =>
      trace(
        (x) => {
          trace(() => x, []);
          return x;
        },
        [[]],
      );
    expect(userError(act)).toMatchObject({ code: 'trace-mixed' });
  });

  it('operations after the function has returned', () => {
    let kept: Traced | undefined;
    trace((x) => (kept = x), [[]]);
    expect(userError(() => kept?.sin())).toMatchObject({ code: 'trace-closed' });
  });

  it('values as numbers, pointing to where', () => {
    const uses: ((x: Traced) => unknown)[] = [
      (x) => Number(x),
      (x) => String(x),
      (x) => (x as unknown as number) > 0,
      (x) => (x as unknown as number) * 2,
      (x) => Math.sin(x as unknown as number),
      (x) => x.valueOf(),
    ];
    for (const use of uses) {
      const error = userError(() =>
        trace(
          (x) => {
            use(x);
            return x;
          },
          [[]],
        ),
      );
      expect(error.code).toBe('traced-as-number');
      expect(error.message).toMatch(/where\(condition, a, b\)/);
    }
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'x'],
    ['a truth value', true],
    ['a nested array', [[1]]],
    ['an array with a hole', new Array(2)],
    ['an object of text', { a: 'x' }],
    ['a promise', Promise.resolve(1)],
    ['a map', new Map([['a', 1]])],
  ])('%s as a result', (_, result) => {
    expect(userError(() => trace(() => result as unknown as number, []))).toMatchObject({
      code: 'trace-result',
    });
  });

  it.each([[undefined], ['1'], [null], [[1]], [{}]])('%j as an operand', (operand) => {
    const act = () => trace((x) => x.add(operand as unknown as number), [[]]);
    expect(userError(act)).toMatchObject({ code: 'trace-operand' });
    expect(userError(() => sin(operand as unknown as number))).toMatchObject({
      code: 'trace-operand',
    });
  });

  it.each([[-1], [1.5], [NaN]])('the length %d in a shape', (length) => {
    expect(userError(() => trace((x) => x, [[length]]))).toMatchObject({ code: 'trace-shape' });
  });

  it('fewer shapes than the function has parameters', () => {
    const f = (x: Traced, y: Traced) => x.add(y);
    const act = () => trace(f, [[]] as number[][]);
    expect(userError(act)).toMatchObject({ code: 'trace-arguments' });
  });

  it('shapes that do not broadcast, naming the operation and both', () => {
    const error = userError(() => trace((x, y) => x.mul(y), [[2], [3]]));
    expect(error.code).toBe('shape-mismatch');
    expect(error.message).toMatch(/mul.*\[2\].*\[3\]/);
  });

  it('nothing that the function throws itself: its error passes through', () => {
    const own = new RangeError('mine');
    const act = () =>
      trace(() => {
        throw own;
      }, []);
    expect(act).toThrow(own);
  });
});
