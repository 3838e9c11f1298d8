import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dualJacobian } from '../../src/program/dual.ts';
import { interpretValues } from '../../src/program/interpret.ts';
import { doubles } from '../../src/program/arithmetic.ts';
import type { Equation, Operand, Program } from '../../src/program/types.ts';
import { arbitraryTensorProgram, generatedTensorPrimitives } from './arbitrary-tensor-program.ts';

const draws = fc.sample(arbitraryTensorProgram(), { seed: 2025, numRuns: 1000 });

function ids(operands: readonly Operand[]): number[] {
  return operands.flatMap((operand) => (operand.kind === 'value' ? [operand.id] : []));
}

function repeats(numbers: readonly number[]): boolean {
  return new Set(numbers).size < numbers.length;
}

function share(feature: (program: Program) => boolean): number {
  return draws.filter(({ program }) => feature(program)).length / draws.length;
}

function shapeOf(program: Program, operand: Operand): readonly number[] {
  if (operand.kind === 'literal') return operand.shape;
  return [...program.inputs, ...program.equations][operand.id]?.type.shape ?? [];
}

describe('the generator of random tensor programs', () => {
  it('draws every primitive it knows', () => {
    const drawn = new Set(
      draws.flatMap(({ program }) => program.equations.map((e) => e.primitive)),
    );
    for (const name of generatedTensorPrimitives) expect(drawn, name).toContain(name);
  });

  it('draws the awkward programs too', () => {
    const some =
      (feature: (equation: Equation, program: Program) => boolean) =>
      (program: Program): boolean =>
        program.equations.some((equation) => feature(equation, program));
    const outputIds = ({ outputs }: Program): number[] => ids(outputs.map((o) => o.operand));
    const named = (...names: string[]) => some((e) => names.includes(e.primitive));
    const list = (e: Equation, name: string): readonly unknown[] => {
      const value = e.parameters[name];
      return Array.isArray(value) ? value : [];
    };
    const features: Record<string, (program: Program) => boolean> = {
      'a repeated operand': some((e) => repeats(ids(e.operands))),
      'a product of a value with itself': some(
        (e) => ['dot', 'einsum'].includes(e.primitive) && repeats(ids(e.operands)),
      ),
      'an operand that broadcasts': some(
        (e, p) =>
          e.operands.length === 2 &&
          e.primitive in { add: 1, mul: 1, div: 1, sub: 1 } &&
          e.operands.some((o) => shapeOf(p, o).join() !== e.type.shape.join()),
      ),
      'a literal tensor': some((e) =>
        e.operands.some((o) => o.kind === 'literal' && o.shape.length > 0),
      ),
      'a reshape that merges or splits': some(
        (e, p) =>
          e.primitive === 'reshape' &&
          e.operands.some(
            (o) =>
              shapeOf(p, o)
                .filter((n) => n > 1)
                .join() !== e.type.shape.filter((n) => n > 1).join(),
          ),
      ),
      'a product with a batch': some(
        (e) => e.primitive === 'dot' && list(e, 'leftBatch').length > 0,
      ),
      'an einsum that sums an index of one operand': some((e) => {
        if (e.primitive !== 'einsum') return false;
        const [left, right, out] = ['left', 'right', 'out'].map((name) => list(e, name));
        return (left ?? []).some((k) => right?.includes(k) !== true && out?.includes(k) !== true);
      }),
      'a slice or a concatenation': named('slice', 'concatenate'),
      'an extreme over axes': named('reduceMax', 'reduceMin'),
      'a stopped gradient': named('stopGradient'),
      'an output that is an input': (p) => outputIds(p).some((id) => id < p.inputs.length),
      'a literal output': ({ outputs }) => outputs.some((o) => o.operand.kind === 'literal'),
      'an output that feeds others': (p) => {
        const fed = new Set(p.equations.flatMap((e) => ids(e.operands)));
        return outputIds(p).some((id) => id >= p.inputs.length && fed.has(id));
      },
      'an output named twice': (p) => repeats(outputIds(p)),
    };
    for (const [name, feature] of Object.entries(features)) {
      expect(share(feature), name).toBeGreaterThan(0.02);
    }
  });

  it('keeps to its sizes', () => {
    for (const { program, sample } of draws) {
      expect(program.inputs.length).toBeGreaterThanOrEqual(2);
      expect(program.inputs.length).toBeLessThanOrEqual(4);
      expect(sample.map(({ shape }) => shape)).toEqual(
        program.inputs.map(({ type }) => type.shape),
      );
      for (const { type } of program.inputs) {
        expect(type.shape.length).toBeLessThanOrEqual(3);
        expect(Math.max(0, ...type.shape)).toBeLessThanOrEqual(4);
      }
      expect(program.equations.length).toBeLessThanOrEqual(18);
      for (const { type } of program.equations) {
        expect(type.shape.length).toBeLessThanOrEqual(4);
        expect(type.shape.reduce((n, length) => n * length, 1)).toBeLessThanOrEqual(64);
      }
    }
    expect(
      share(({ equations }) => equations.length >= 4 && equations.length <= 15),
    ).toBeGreaterThan(0.7);
    expect(share(({ inputs }) => inputs.some(({ type }) => type.shape.length > 1))).toBeGreaterThan(
      0.7,
    );
  });

  it('keeps values and derivatives finite and moderate at the sample point', () => {
    for (const { program, sample } of draws) {
      for (const { data } of interpretValues(program, sample, doubles)) {
        for (const number of data) expect(Math.abs(number)).toBeLessThan(1e4);
      }
      for (const row of dualJacobian(program, sample)) {
        for (const { data } of row) {
          for (const number of data) expect(Math.abs(number)).toBeLessThan(1e9);
        }
      }
    }
  });
});
