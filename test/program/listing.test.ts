import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProgramBuilder } from '../../src/program/builder.ts';
import { parseProgram, printProgram } from '../../src/program/listing.ts';
import type { Literal, Program } from '../../src/program/types.ts';
import { literal, literalTensor, realType, scalarType } from '../../src/program/values.ts';
import { UserError } from '../../src/support/user-error.ts';
import { arbitraryProgram } from '../support/arbitrary-program.ts';
import { arbitraryTensorProgram } from '../support/arbitrary-tensor-program.ts';

/** A Program of one input that gives its input and a literal. */
function named(program: string, input: string, output: string, constant: Literal): Program {
  const builder = new ProgramBuilder(program);
  const x = builder.input(input, scalarType);
  builder.output(output, builder.emit('mul', [x, constant]));
  builder.output(`${output}'`, x);
  return builder.build();
}

describe('a listing', () => {
  it('shows inputs with their types, numbered equations with parameters, and outputs', () => {
    const builder = new ProgramBuilder('price');
    const s = builder.input('S', scalarType);
    const k = builder.input('K', realType([3]));
    const c = builder.input('c', { shape: [], kind: 'boolean' });
    const power = builder.emit('integerPow', [builder.emit('mul', [s, k])], { exponent: 2 });
    builder.output('a', builder.emit('where', [c, power, -0.5]));
    builder.output('∂a/∂S', literalTensor([2], [1, 2.5]));
    const text = [
      'program price',
      'in S, K[3], c: boolean',
      'v1 = mul S K',
      'v2 = integerPow[exponent=2] v1',
      'v3 = where c v2 -0.5',
      'out a = v3',
      'out ∂a/∂S = tensor[2](1.0 2.5)',
      '',
    ].join('\n');
    expect(printProgram(builder.build())).toBe(text);
    expect(parseProgram(text)).toEqual(builder.build());
  });

  it('reads back to the same Program', () => {
    fc.assert(
      fc.property(fc.oneof(arbitraryProgram(), arbitraryTensorProgram()), ({ program }) => {
        expect(parseProgram(printProgram(program))).toEqual(program);
      }),
      { numRuns: 200, seed: 21 },
    );
  });

  it('keeps any names and any numbers', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom('v1', 'NaN', 'Infinity', 'tensor', '__proto__', '1', '1.5', 'in', 'a b', 'é'),
      fc.constantFrom('"', '\\', '#', 'a=b', '\u2028', '\n', '\r', ''),
    );
    const numbers = fc.double();
    const constant = fc.oneof(
      numbers.map(literal),
      fc.tuple(numbers, numbers).map((data) => literalTensor([2, 1], data)),
      fc.constant(literalTensor([0], [])),
      fc.constantFrom(-0, NaN, Infinity, -Infinity, 1e21, 5e-324).map(literal),
    );
    fc.assert(
      fc.property(name, name, name, constant, (a, b, c, number) => {
        const program = named(a, b, c, number);
        expect(parseProgram(printProgram(program))).toEqual(program);
      }),
      { numRuns: 2000, seed: 22 },
    );
  });

  it('may have comments, empty lines, indents and Windows line ends', () => {
    const text = '# a comment\r\n\r\nprogram p\r\n  in x\r\n\tv1 = sin   x\r\n out y=v1\r\n';
    expect(printProgram(parseProgram(text))).toBe('program p\nin x\nv1 = sin x\nout y = v1\n');
  });

  it.each([
    ['', undefined, /empty/],
    ['in x', 'line 1', /"program" and its name/],
    ['program p\nv1 = sin', 'line 2', /sin: takes 1 operands, got 0/],
    ['program p\nin x\n\nv1 = sin y', 'line 4', /no input "y"/],
    ['program p\nin x\nv2 = sin x', 'line 3', /next equation is v1/],
    ['program p\nin x\nv1 = sin v1', 'line 3', /v1 is used before/],
    ['program p\nin x\nv1 = sine x', 'line 3', /no primitive "sine".*Did you mean "sin"/],
    ['program p\nin x, x', 'line 2', /two inputs are called "x"/],
    ['program p\nout a = 1.0\nout a = 2.0', 'line 3', /two outputs are called "a"/],
    ['program p\nin x\nout a = x x', 'line 3', /end of the line/],
    ['program p\nin x\nout a x', 'line 3', /"=" is expected/],
    ['program p\nin x\nout a =', 'line 3', /a name is expected/],
    ['program p\nout a = 1.0\nv1 = sin 1.0', 'line 3', /before outputs/],
    ['program p\nv1 = sin 1.0\nin x', 'line 3', /inputs stand before/],
    ['program p\nin x[2], y[3]\nv1 = add x y', 'line 3', /add.*\[2\].*\[3\]/],
    ['program p\nin x[2', 'line 2', /end of the line/],
    ['program p\nin x[2,,3]', 'line 2', /not JSON/],
    ['program p\nin x: integer', 'line 2', /"real" or "boolean"/],
    ['program p\nin x\nv1 = integerPow x', 'line 3', /lacks the parameter exponent/],
    ['program p\nin x\nv1 = integerPow[exponent=0.5] x', 'line 3', /has to be an integer/],
    ['program p\nin x\nv1 = integerPow[exponent=] x', 'line 3', /value of a parameter/],
    ['program p\nin x\nv1 = integerPow[exponent="2"] x', 'line 3', /has to be an integer/],
    ['program p\nin x\nv1 = sin[a=[1,]] x', 'line 3', /not JSON/],
    ['program p\nv1 = sin tensor[2](1.0)', 'line 2', /needs 2 numbers, got 1/],
    ['program p\nv1 = sin tensor[2](1.0 x)', 'line 2', /a number or "\)"/],
    ['program p\nin "x', 'line 2', /a name is expected/],
    ['program p\nin "\\x"', 'line 2', /not JSON/],
    ['program p\nprogram q', 'line 2', /"in", "out" or an equation/],
  ])('that is broken is refused with its line: %j', (text, at, message) => {
    let error: unknown;
    try {
      parseProgram(text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ at });
    expect(error).toHaveProperty('message', expect.stringMatching(message));
  });
});
