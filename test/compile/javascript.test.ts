import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compileJavaScript } from '../../src/compile/js/compile.ts';
import { numberText, stringText } from '../../src/compile/js/text.ts';
import { compile, targetNamed } from '../../src/compile/targets.ts';
import { ProgramBuilder } from '../../src/program/builder.ts';
import { erf, exp, sin } from '../../src/program/ops.ts';
import { elementwisePrimitives } from '../../src/program/primitives.ts';
import { trace } from '../../src/program/trace.ts';
import { literal, scalarType } from '../../src/program/values.ts';
import { UserError } from '../../src/support/user-error.ts';

/** Loads a module's text the way a user would. */
const load = (source: string): Promise<Record<string, unknown>> =>
  import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(source)}`) as Promise<
    Record<string, unknown>
  >;

describe('numbers in generated code', () => {
  it.each([0, -0, 1, -1, 0.1, -2.5e-308, 5e-324, 1.7976931348623157e308, 2 ** 53, NaN, Infinity])(
    '%d reads back bit for bit',
    (value) => {
      // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
      expect(new Function(`return ${numberText(value)};`)()).toBe(value);
      // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
      expect(new Function(`return 1-${numberText(-value)};`)()).toBe(1 + value);
    },
  );
});

describe('compiled JavaScript', () => {
  const program = trace((x, y) => [sin(x.mul(y)).add(x), 3, x, exp(y).mul(-2)], [[], []]);

  it('evaluates a point and a batch alike', () => {
    const compiled = compileJavaScript(program);
    const point = compiled.point([0.5, 0.25]);
    expect(point).toEqual([Math.sin(0.125) + 0.5, 3, 0.5, Math.exp(0.25) * -2]);
    const batch = compiled.batch([[9, 0.5], Float32Array.of(9, 0.25)], 2);
    expect(batch.map((column) => column[1])).toEqual(point);
    expect(batch[1]).toEqual(Float64Array.of(3, 3));
  });

  it('is a complete module with names and both functions', async () => {
    const compiled = compileJavaScript(program);
    const module = await load(compiled.source);
    expect(module.inputs).toEqual(compiled.inputs);
    expect(module.outputs).toEqual(compiled.outputs);
    const point = module.point as (...inputs: number[]) => number[];
    expect(point(0.5, 0.25)).toEqual(compiled.point([0.5, 0.25]));
  });

  it('carries the helpers it needs into the module, and no others', async () => {
    const compiled = compileJavaScript(trace((x) => erf(x), [[]]));
    const module = await load(compiled.source);
    const point = module.point as (...inputs: number[]) => number[];
    for (const x of [-7, -1.1, 0, 0.3, 0.9, 2, 4]) {
      expect(point(x)).toEqual([erf(x)]);
      expect(compiled.point([x])).toEqual([erf(x)]);
    }
    expect(compileJavaScript(program).source).not.toContain('erf');
  });

  it('keeps every operation when strict', () => {
    const twice = trace((x) => sin(x).add(sin(x)).mul(1), [[]]);
    expect(compileJavaScript(twice, { strict: true }).program).toBe(twice);
    expect(compileJavaScript(twice).program.equations.length).toBeLessThan(4);
    expect(compileJavaScript(twice, { strict: true }).point([0.3])).toEqual([2 * Math.sin(0.3)]);
  });

  it('never runs a name as code', async () => {
    const attack = 'x\u2028throw new Error("name was run"); //\n*/ `${1}` "\\';
    const builder = new ProgramBuilder(attack);
    const x = builder.input(attack, scalarType);
    builder.output(attack, x);
    builder.output('__proto__', literal(-0));
    const compiled = compileJavaScript(builder.build());
    expect(compiled.point([2])).toEqual([2, -0]);
    const module = await load(compiled.source);
    expect(module.inputs).toEqual([attack]);
    expect(module.outputs).toEqual([attack, '__proto__']);
    expect(stringText(attack)).not.toMatch(/[\u2028\n]/);
  });

  it('says what does not fit the inputs', () => {
    const compiled = compileJavaScript(program);
    expect(() => compiled.point([1])).toThrow(/takes 2 inputs/);
    expect(() => compiled.batch([[1, 2], [1]], 2)).toThrow(UserError);
    const tensor = compileJavaScript(trace((x, y) => x.mul(y), [[3], []]));
    expect(() => tensor.point([1, 2])).toThrow(/takes 4 numbers/);
    expect(() =>
      tensor.batch(
        [
          [1, 2, 3, 4, 5],
          [1, 2],
        ],
        2,
      ),
    ).toThrow(/3 numbers a point/);
  });

  it('is the target js', () => {
    const compiled = compile(program, { target: 'js', strict: true });
    expect(compiled.target).toBe('js');
    expect(compiled.batch([[0.5], [0.25]], 1)[2]).toEqual(Float64Array.of(0.5));
    compiled.dispose();
    expect(() => targetNamed('jss')).toThrow(/Did you mean "js"/);
  });
});

describe('the code of each primitive', () => {
  // Zeros of both signs, ordinary numbers, and what overflows or has no value.
  const operands = [0, -0, 0.5, -0.5, 1, -1, 2, -3, 1e300, -1e300, Infinity, -Infinity, NaN];

  it.each(elementwisePrimitives.map((primitive) => [primitive.name, primitive] as const))(
    '%s computes what its evaluation gives, on special values too',
    (_, primitive) => {
      for (const exponent of primitive.parameters.length === 0 ? [0] : [-2, 0, 1, 2, 3, 7]) {
        const parameters = Object.fromEntries(
          primitive.parameters.map((name) => [name, exponent] as const),
        );
        const builder = new ProgramBuilder('one');
        const inputs = Array.from({ length: primitive.arity }, (__, index) =>
          builder.input(`x${index}`, scalarType),
        );
        const condition =
          primitive.name === 'where' ? builder.emit('gt', [inputs[0] ?? 0, 0]) : undefined;
        const used = condition === undefined ? inputs : [condition, ...inputs.slice(1)];
        builder.output('y', builder.emit(primitive.name, used, parameters));
        const compiled = compileJavaScript(builder.build(), { strict: true });
        for (const first of operands) {
          for (const second of operands) {
            const point = inputs.map((__, index) => [first, second, -first][index] ?? NaN);
            const seen = condition === undefined ? point : [first > 0 ? 1 : 0, ...point.slice(1)];
            expect(compiled.point(point)).toEqual([primitive.evaluate(seen, parameters)]);
          }
        }
      }
    },
  );
});

describe('the embedded error functions', () => {
  it('are those of src/program/special.ts', () => {
    const script = fileURLToPath(new URL('../../scripts/embed-special.mjs', import.meta.url));
    // Exits with 1, and so throws, where `node scripts/embed-special.mjs` has to be run.
    expect(() => execFileSync(process.execPath, [script, '--check'])).not.toThrow();
  });
});
