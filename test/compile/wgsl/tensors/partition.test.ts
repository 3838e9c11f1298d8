/** Laws of how equations on tensors are put into kernels, on random Programs and on two large tasks. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jacobianProgram } from '../../../../src/accumulate/accumulate.ts';
import { shapeOf } from '../../../../src/compile/shapes.ts';
import { generateFused, generateUnfused } from '../../../../src/compile/wgsl/generate.ts';
import {
  type Nest,
  partitionJoined,
  type PartitionLimits,
  partitionSingly,
  type TensorPartition,
} from '../../../../src/compile/wgsl/tensors/partition.ts';
import { placesOf } from '../../../../src/compile/wgsl/tensors/places.ts';
import { readsOf } from '../../../../src/compile/wgsl/tensors/reads.ts';
import { doubles } from '../../../../src/program/arithmetic.ts';
import { ProgramBuilder } from '../../../../src/program/builder.ts';
import { interpretEquation } from '../../../../src/program/interpret.ts';
import { elementCount } from '../../../../src/program/shapes.ts';
import { simplify } from '../../../../src/program/simplify.ts';
import { trace } from '../../../../src/program/trace.ts';
import type { Program, ValueId } from '../../../../src/program/types.ts';
import { reference } from '../../../../src/program/values.ts';
import { arbitraryTensorProgram } from '../../../support/arbitrary-tensor-program.ts';
import { accumulatedTask } from '../../wasm/accumulated-task.ts';

const tasks = ['f', 'Encoder'].map((name) =>
  ownOutputs(simplify(jacobianProgram(accumulatedTask(name).accumulation, { values: true }))),
);

/** With outputs that are equations' values, each another, as partitions take them. */
function ownOutputs(program: Program): Program {
  const builder = ProgramBuilder.extend(program);
  for (const { name, operand } of program.outputs) {
    builder.output(name, builder.emit('convert', [operand]));
  }
  return builder.build();
}

function equationOf({ inputs, equations }: Program, id: ValueId) {
  const equation = equations[id - inputs.length];
  if (equation === undefined) throw new Error(`value ${id} is no equation's`);
  return equation;
}

/** Values in memory or registers that an equation reads, through inlined ones. */
function needs(program: Program, { inlined }: TensorPartition, id: ValueId): ValueId[] {
  return equationOf(program, id).operands.flatMap((operand) => {
    if (operand.kind === 'literal') return [];
    return inlined.has(operand.id)
      ? needs(program, { kernels: [], inlined }, operand.id)
      : [operand.id];
  });
}

const isInput = ({ inputs }: Program, id: ValueId): boolean => id < inputs.length;

function expectLawful(program: Program, partition: TensorPartition): void {
  const nests = partition.kernels.flatMap((kernel) => kernel.nests);
  const made = nests.flatMap(({ values }) => values);
  const everywhere = [...made, ...partition.inlined].sort((a, b) => a - b);
  expect(everywhere).toEqual(program.equations.map((_, k) => program.inputs.length + k));
  const stored = new Set<ValueId>();
  for (const nest of nests) {
    const own = new Set<ValueId>();
    const read = new Set<ValueId>();
    for (const id of nest.values) {
      for (const need of needs(program, partition, id)) {
        if (own.has(need)) continue;
        expect(isInput(program, need) || stored.has(need)).toBe(true);
        read.add(need);
      }
      own.add(id);
      expect(shapeOf(program, reference(id)).filter((length) => length !== 1)).toEqual(nest.shape);
    }
    expect(new Set(nest.reads)).toEqual(read);
    for (const id of nest.stored) {
      expect(own.has(id)).toBe(true);
      stored.add(id);
    }
  }
  for (const { operand } of program.outputs) {
    expect(operand.kind === 'value' && stored.has(operand.id)).toBe(true);
  }
}

const lengthOf = (nests: readonly Nest[]): number =>
  nests.reduce((sum, { reads, stored }) => sum + reads.length + stored.length, 0);

function expectWithin(
  program: Program,
  { kernels }: TensorPartition,
  { largestSerial, longestKernel }: PartitionLimits,
): void {
  for (const { nests, spread } of kernels) {
    const terms = nests.flatMap(({ values }) =>
      values.flatMap((id) => {
        const equation = equationOf(program, id);
        return readsOf(
          equation,
          equation.operands.map((operand) => shapeOf(program, operand)),
        ).terms;
      }),
    );
    expect(Math.max(...terms) > largestSerial).toBe(spread);
    if (spread) expect(nests).toHaveLength(1);
    if (nests.flatMap(({ values }) => values).length > 1) {
      expect(lengthOf(nests)).toBeLessThanOrEqual(longestKernel);
    }
  }
}

/**
 * Runs the nests and watches who owns each number of the scratch buffer and of workgroup memory, which is
 * lost between kernels.
 * @returns numbers of values that workgroups hold
 */
function expectPlacesKept(program: Program, partition: TensorPartition, mostHeld = 0): number {
  const { values, scratchTotal, heldTotals } = placesOf(program, partition, mostHeld);
  const scratch: (ValueId | undefined)[] = Array.from({ length: scratchTotal });
  let heldNumbers = 0;
  partition.kernels.forEach(({ nests }, kernel) => {
    const held: (ValueId | undefined)[] = Array.from({ length: heldTotals[kernel] ?? 0 });
    expect(held.length).toBeLessThanOrEqual(mostHeld);
    const ownersOf = { scratch, held, inputs: undefined, outputs: undefined, constants: undefined };
    const rangeOf = (id: ValueId) => {
      const place = values.get(id);
      if (place === undefined) throw new Error(`value ${id} has no place`);
      const owners = ownersOf[place.binding];
      const length = owners === undefined ? 0 : elementCount(shapeOf(program, reference(id)));
      return { owners: owners ?? [], places: Array.from({ length }, (_, k) => place.start + k) };
    };
    for (const { reads, stored } of nests) {
      // What is stored may be stored before anything is read.
      for (const id of stored) {
        const { owners, places } = rangeOf(id);
        if (owners === held) heldNumbers += places.length;
        for (const at of places) {
          expect(at).toBeLessThan(owners.length);
          owners[at] = id;
        }
      }
      for (const id of [...reads, ...stored]) {
        const { owners, places } = rangeOf(id);
        for (const at of places) expect(owners[at]).toBe(id);
      }
    }
  });
  return heldNumbers;
}

const limits = fc.record({
  largestSerial: fc.constantFrom(1, 8, 4096),
  longestKernel: fc.constantFrom(3, 8, 100),
});

describe('equations in kernels', () => {
  it('are each in one place, after what they need, within the limits, in random Programs', () => {
    fc.assert(
      fc.property(arbitraryTensorProgram(), limits, ({ program: drawn }, chosen) => {
        const program = ownOutputs(drawn);
        const joined = partitionJoined(program, chosen);
        for (const partition of [joined, partitionSingly(program)]) {
          expectLawful(program, partition);
          for (const mostHeld of [0, 5, 4096]) expectPlacesKept(program, partition, mostHeld);
        }
        expectWithin(program, joined, chosen);
      }),
      { numRuns: 150 },
    );
  });

  it('are joined in Jacobians of tasks: fewer kernels, and fewer numbers in memory', () => {
    for (const program of tasks) {
      const chosen = { largestSerial: 4096, longestKernel: 100 };
      const joined = partitionJoined(program, chosen);
      const singly = partitionSingly(program);
      for (const partition of [joined, singly]) {
        expectLawful(program, partition);
        expectPlacesKept(program, partition);
      }
      // More where there is more memory; nothing where each equation has a kernel.
      const [none = 0, little = 0, much = 0] = [0, 100, 4096].map((mostHeld) =>
        expectPlacesKept(program, joined, mostHeld),
      );
      expect(none).toBe(0);
      expect(little).toBeGreaterThan(0);
      expect(much).toBeGreaterThan(little);
      expect(expectPlacesKept(program, singly, 4096)).toBe(0);
      expectWithin(program, joined, chosen);
      expect(singly.kernels).toHaveLength(program.equations.length);
      expect(joined.kernels.length).toBeLessThan(program.equations.length / 20);
      const inMemory = ({ kernels }: TensorPartition): number =>
        kernels.reduce((sum, { nests }) => sum + lengthOf(nests), 0);
      expect(inMemory(joined)).toBeLessThan(0.7 * inMemory(singly));
    }
  });

  it('are read at the same place only where that is said, in random Programs', () => {
    let found = 0;
    fc.assert(
      fc.property(arbitraryTensorProgram(), ({ program }) => {
        for (const equation of program.equations) {
          const shapes = equation.operands.map((operand) => shapeOf(program, operand));
          const { aligned } = readsOf(equation, shapes);
          aligned.forEach((isAligned, k) => {
            if (!isAligned) return;
            found += 1;
            const base = shapes.map((shape) => ({
              shape,
              data: Array.from({ length: elementCount(shape) }, (_, e) => 0.25 + 0.01 * e),
            }));
            const before = interpretEquation(equation, base, doubles).data;
            base[k]?.data.forEach((x, element) => {
              const changed = base.map(({ shape, data }, other) => ({
                shape,
                data: other === k ? data.map((own, e) => (e === element ? x + 0.1 : own)) : data,
              }));
              const after = interpretEquation(equation, changed, doubles).data;
              const moved = after.flatMap((y, e) => (Object.is(y, before[e]) ? [] : [e]));
              expect(moved.every((e) => e === element)).toBe(true);
            });
          });
        }
      }),
      { numRuns: 60 },
    );
    expect(found).toBeGreaterThan(100);
  });

  it('compute where they are read what only moves, and terms of a sum that are read once', () => {
    const program = ownOutputs(
      trace(
        (a, v) => ({ y: a.transpose().mul(2).sum({ axes: 1 }), z: v.exp().mul(v) }),
        [[3, 4], [5]],
      ),
    );
    const { inlined, kernels } = partitionJoined(program, {
      largestSerial: 100,
      longestKernel: 100,
    });
    const names = (ids: Iterable<ValueId>): string[] =>
      [...ids].map((id) => equationOf(program, id).primitive);
    expect(names(inlined).sort()).toEqual(['mul', 'transpose']);
    expect(kernels).toHaveLength(1);
    expect(kernels[0]?.nests.map(({ values }) => names(values).sort())).toEqual([
      ['convert', 'sum'],
      ['convert', 'exp', 'mul'],
    ]);
  });
});

describe('kernels of tensors', () => {
  it('bind no more buffers than every device allows', () => {
    for (const program of tasks) {
      for (const generate of [generateFused, generateUnfused]) {
        const { kernels, steps } = generate(program);
        for (const { bindings } of kernels) {
          // WebGPU's defaults: 8 storage buffers and 12 uniform ones a stage.
          expect(bindings.filter((name) => name !== 'places').length).toBeLessThanOrEqual(8);
        }
        // 64 KiB of a uniform binding.
        for (const { places } of steps) expect(4 * places.length).toBeLessThanOrEqual(65_536);
      }
    }
  });
});
