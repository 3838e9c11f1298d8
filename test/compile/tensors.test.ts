import { describe, expect, it } from 'vitest';
import { accumulate, jacobianProgram } from '../../src/accumulate/accumulate.ts';
import { compileJavaScript } from '../../src/compile/js/compile.ts';
import { linearise } from '../../src/graph/linearise.ts';
import { eliminableVertices, orderFromPositions } from '../../src/order/orders.ts';
import { ProgramBuilder } from '../../src/program/builder.ts';
import { interpret } from '../../src/program/interpret.ts';
import { printProgram } from '../../src/program/listing.ts';
import { elementCount } from '../../src/program/shapes.ts';
import type { Operand, Program, Tensor } from '../../src/program/types.ts';
import { literalTensor, realType, scalarType } from '../../src/program/values.ts';
import { createRandom } from '../../src/support/random.ts';
import { randomTensorProgram } from '../accumulate/tensor-programs.ts';
import { expectClose } from '../support/compare.ts';

const numbers = (tensors: readonly Tensor[]): number[] => tensors.flatMap(({ data }) => data);

/** Three points in a batch: the sample, and two more with other numbers in every place. */
function expectSameAsInterpreter(program: Program, sample: readonly Tensor[], strict: boolean) {
  const points = [0, 0.125, -0.0625].map((shift) =>
    sample.map(({ shape, data }): Tensor => ({ shape, data: data.map((x) => x + shift) })),
  );
  const columns = program.inputs.map((_, input) =>
    points.flatMap((point) => point[input]?.data ?? []),
  );
  const compiled = compileJavaScript(program, { strict });
  const tolerance = strict ? 1e-15 : 1e-12;
  // Twice, since buffers are used again.
  for (const results of [compiled.batch(columns, 3), compiled.batch(columns, 3)]) {
    points.forEach((point, at) => {
      interpret(program, point).forEach(({ shape, data }, output) => {
        const length = elementCount(shape);
        const found = results[output]?.subarray(at * length, (at + 1) * length) ?? [];
        expectClose([...found], data, tolerance, `output ${output} of point ${at} `);
      });
    });
  }
  const wanted = numbers(interpret(program, sample));
  expectClose(compiled.point(numbers(sample)), wanted, tolerance, 'point ');
}

function named(program: Program, check: () => void): void {
  try {
    check();
  } catch (error) {
    throw new Error(printProgram(program), { cause: error });
  }
}

describe('compiled random tensor programs', () => {
  it.each([
    ['as they stand', true],
    ['simplified', false],
  ])('compute what the interpreter does, %s', (_, strict) => {
    for (let seed = 0; seed < 300; seed += 1) {
      const { program, sample } = randomTensorProgram(createRandom(seed));
      named(program, () => {
        expectSameAsInterpreter(program, sample, strict);
      });
    }
  });

  it.each([
    ['as they stand', true],
    ['simplified', false],
  ])('and so do their Jacobians, %s', (_, strict) => {
    for (let seed = 300; seed < 500; seed += 1) {
      const random = createRandom(seed);
      const { program, sample } = randomTensorProgram(random);
      const linearisation = linearise(program);
      const vertices = random.shuffle(eliminableVertices(linearisation.graph));
      const order = orderFromPositions(linearisation.graph, vertices);
      const dense = jacobianProgram(accumulate(linearisation, order), { values: true });
      named(dense, () => {
        expectSameAsInterpreter(dense, sample, strict);
      });
    }
  });
});
