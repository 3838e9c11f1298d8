import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differentiatedPrimitives } from '../../src/program/derivatives.ts';
import { dualJacobian } from '../../src/program/dual.ts';
import { interpret } from '../../src/program/interpret.ts';
import type { Operand, Program } from '../../src/program/types.ts';
import { arbitraryProgram, generatedPrimitives } from './arbitrary-program.ts';

const draws = fc.sample(arbitraryProgram(), { seed: 2024, numRuns: 1500 });

function ids(operands: readonly Operand[]): number[] {
  return operands.flatMap((operand) => (operand.kind === 'value' ? [operand.id] : []));
}

function repeats(numbers: readonly number[]): boolean {
  return new Set(numbers).size < numbers.length;
}

function hasDeadEquation({ inputs, equations, outputs }: Program): boolean {
  const used = new Set([
    ...equations.flatMap(({ operands }) => ids(operands)),
    ...ids(outputs.map(({ operand }) => operand)),
  ]);
  return equations.some((_, k) => !used.has(inputs.length + k));
}

/** Of all programs drawn, the share that has the feature. */
function share(feature: (program: Program) => boolean): number {
  return draws.filter(({ program }) => feature(program)).length / draws.length;
}

describe('the generator of random programs', () => {
  it('draws every primitive that has derivatives', () => {
    const drawn = new Set(
      draws.flatMap(({ program }) => program.equations.map((e) => e.primitive)),
    );
    expect([...drawn].sort()).toEqual([...differentiatedPrimitives].sort());
    expect([...generatedPrimitives].sort()).toEqual([...differentiatedPrimitives].sort());
  });

  it('draws the awkward programs too', () => {
    const outputIds = ({ outputs }: Program): number[] => ids(outputs.map((o) => o.operand));
    const features: Record<string, (program: Program) => boolean> = {
      'a repeated operand': ({ equations }) => equations.some((e) => repeats(ids(e.operands))),
      'an output that is an input': (p) => outputIds(p).some((id) => id < p.inputs.length),
      'a literal output': ({ outputs }) => outputs.some((o) => o.operand.kind === 'literal'),
      'an output named twice': (p) => repeats(outputIds(p)),
      'an output that feeds others': (p) => {
        const fed = new Set(p.equations.flatMap((e) => ids(e.operands)));
        return outputIds(p).some((id) => id >= p.inputs.length && fed.has(id));
      },
      'a dead equation': hasDeadEquation,
      'an equation of literals alone': ({ equations }) =>
        equations.some((e) => ids(e.operands).length === 0),
      'a stopped gradient': ({ equations }) =>
        equations.some((e) => e.primitive === 'stopGradient'),
      'an input without a use': (p) => {
        const used = new Set([...p.equations.flatMap((e) => ids(e.operands)), ...outputIds(p)]);
        return p.inputs.some((_, k) => !used.has(k));
      },
    };
    for (const [name, feature] of Object.entries(features)) {
      expect(share(feature), name).toBeGreaterThan(0.02);
    }
  });

  it('keeps to its sizes', () => {
    for (const { program, sample } of draws) {
      expect(program.inputs.length).toBeGreaterThanOrEqual(2);
      expect(program.inputs.length).toBeLessThanOrEqual(6);
      expect(sample.length).toBe(program.inputs.length);
      expect(program.equations.length).toBeLessThanOrEqual(25);
      expect(program.outputs.length).toBeGreaterThanOrEqual(1);
      expect(program.outputs.length).toBeLessThanOrEqual(5);
    }
    expect(share(({ equations }) => equations.length > 15)).toBeGreaterThan(0.2);
  });

  it('keeps values and derivatives finite and moderate at the sample point', () => {
    for (const { program, sample } of draws) {
      for (const { data } of interpret(program, sample)) {
        expect(Math.abs(data[0] ?? NaN)).toBeLessThan(10);
      }
      for (const { data } of dualJacobian(program, sample).flat()) {
        expect(Math.abs(data[0] ?? NaN)).toBeLessThan(1e6);
      }
    }
  });

  it('leaves gradients alone when asked to', () => {
    const smooth = fc.sample(arbitraryProgram({ stopGradient: false }), { seed: 1, numRuns: 300 });
    const names = new Set(
      smooth.flatMap(({ program }) => program.equations.map((e) => e.primitive)),
    );
    expect(names.has('stopGradient')).toBe(false);
    expect(names.has('mul')).toBe(true);
  });
});
