/** Optimised Programs are the same functions, lighter. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { internLinearisation } from '../../src/compiled/intern-linearisation.ts';
import { linearise } from '../../src/graph/linearise.ts';
import { optimisedCandidates } from '../../src/optimise/candidates.ts';
import { optimiseProgram, type OptimiseOptions } from '../../src/optimise/optimise.ts';
import { largestError, pointsOfDomain } from '../../src/optimise/points.ts';
import { programWeight } from '../../src/optimise/weights.ts';
import { eliminableVertices, orderFromPositions } from '../../src/order/orders.ts';
import { dualJacobian } from '../../src/program/dual.ts';
import { interpret } from '../../src/program/interpret.ts';
import { printProgram, parseProgram } from '../../src/program/listing.ts';
import type { Program, Tensor } from '../../src/program/types.ts';
import { taskSubject } from '../../src/subject/task-subject.ts';
import { taskNamed } from '../../tasks/tasks.ts';
import { arbitraryProgram } from '../support/arbitrary-program.ts';
import { expectClose } from '../support/compare.ts';

const numbersOf = (tensors: readonly Tensor[]): number[] =>
  tensors.flatMap(({ data }) => [...data]);

function optionsFor(program: Program, sample: readonly Tensor[], moves: number): OptimiseOptions {
  const at = numbersOf(sample);
  return {
    seed: 1,
    budget: { kind: 'moves', moves },
    points: [at, ...pointsOfDomain(program, at, 8, 1)],
    checkPoints: [at, ...pointsOfDomain(program, at, 50, 2)],
  };
}

describe('an optimised random program', () => {
  it('gives the same values, is not heavier, and says what it weighs', async () => {
    let lighter = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryProgram(), async ({ program, sample }) => {
        const options = optionsFor(program, sample, 100);
        const outcome = await optimiseProgram(program, options);
        expect(outcome.weightBefore).toBe(programWeight(program));
        expect(outcome.weightAfter).toBe(programWeight(outcome.program));
        expect(outcome.weightAfter).toBeLessThanOrEqual(outcome.weightBefore);
        expect(outcome.program.outputs.map(({ name }) => name)).toEqual(
          program.outputs.map(({ name }) => name),
        );
        if (outcome.weightAfter < outcome.weightBefore) lighter += 1;
        const expected = numbersOf(interpret(program, sample));
        const found = numbersOf(interpret(outcome.program, sample));
        expectClose(found, expected, 1e-9, 'outputs');
      }),
      { seed: 71, numRuns: 1000 },
    );
    expect(lighter).toBeGreaterThan(300);
  });
});

describe('optimising', () => {
  const program = taskNamed('HumanHeartDipole').program();
  const interned = internLinearisation(linearise(program));
  const sample = taskSubject(taskNamed('HumanHeartDipole')).sample ?? [];
  const { graph } = interned.linearisation;
  const forward = orderFromPositions(graph, eliminableVertices(graph));
  const reverse = orderFromPositions(graph, eliminableVertices(graph).toReversed());
  const candidates = (moves: number) =>
    optimisedCandidates(interned, {
      ...optionsFor(program, sample, moves),
      orders: [forward, reverse],
      starts: 2,
      wanted: { outputs: 'dense', values: true },
    });

  it('ranks candidates of several orders, all of them the Jacobian', async () => {
    const found = await candidates(2000);
    const weights = found.map(({ weight }) => weight);
    expect(weights).toEqual(weights.toSorted((x, y) => x - y));
    expect(found.some(({ optimised }) => !optimised)).toBe(true);
    const plain = found.find(({ optimised }) => !optimised)?.weight ?? 0;
    expect(weights[0]).toBeLessThan(plain);
    const expected = [
      ...numbersOf(interpret(program, sample)),
      ...numbersOf(dualJacobian(program, sample).flat()),
    ];
    for (const candidate of found) {
      const numbers = numbersOf(interpret(candidate.jacobian.program, sample));
      expectClose(numbers, expected, 1e-10, 'values and Jacobian');
    }
  });

  it('finds the same again from the same seed', async () => {
    const texts = async () =>
      (await candidates(400)).map(({ jacobian }) => printProgram(jacobian.program));
    expect(await texts()).toEqual(await texts());
  });

  it('gives the original back where nothing passes the check', async () => {
    const heavy = parseProgram(
      'program p\nin a, b\nv1 = mul a 0.1\nv2 = mul b 0.1\nv3 = add v1 v2\nout x = v3\n',
    );
    const options = optionsFor(
      heavy,
      [3, 7].map((x) => ({ shape: [], data: [x] })),
      500,
    );
    const passing = await optimiseProgram(heavy, options);
    expect(passing.weightAfter).toBe(2);
    expect(largestError(heavy, passing.program, options.checkPoints)).toBe(passing.error);
    const {
      program: same,
      refused,
      weightAfter,
    } = await optimiseProgram(heavy, {
      ...options,
      tolerance: -1,
    });
    expect(same).toBe(heavy);
    expect(refused).toBeGreaterThan(0);
    expect(weightAfter).toBe(3);
  });

  it('refuses to call right what was checked at no or few points', async () => {
    const options = optionsFor(program, sample, 10);
    const [one = []] = options.checkPoints;
    for (const checkPoints of [[], [one]]) {
      await expect(optimiseProgram(program, { ...options, checkPoints })).rejects.toThrow('points');
    }
    await expect(optimiseProgram(program, { ...options, points: [] })).rejects.toThrow('watch');
  });

  it('gives as many more that are lighter and right as are asked for', async () => {
    const options = optionsFor(program, sample, 3000);
    const { weightBefore, weightAfter, alternatives } = await optimiseProgram(program, {
      ...options,
      alternatives: 2,
    });
    expect(alternatives).toHaveLength(2);
    let lightest = weightAfter;
    for (const each of alternatives) {
      expect(each.weight).toBe(programWeight(each.program));
      expect(each.weight).toBeGreaterThanOrEqual(lightest);
      expect(each.weight).toBeLessThan(weightBefore);
      expect(largestError(program, each.program, options.checkPoints)).toBe(each.error);
      expect(each.error).toBeLessThanOrEqual(1e-10);
      lightest = each.weight;
    }
    expect((await optimiseProgram(program, options)).alternatives).toEqual([]);
  });

  it('ends when it is told to', async () => {
    const controller = new AbortController();
    const { moves } = await optimiseProgram(program, {
      ...optionsFor(program, sample, 1e9),
      signal: controller.signal,
      onProgress: () => {
        controller.abort();
      },
    });
    expect(moves).toBeLessThan(1e9);
  });

  it('refuses tensors', async () => {
    const tensors = taskNamed('Perceptron').program();
    await expect(optimiseProgram(tensors, { ...optionsFor(program, sample, 1) })).rejects.toThrow(
      'tensor',
    );
  });
});
