import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { linearise, type Linearisation } from '../../src/graph/linearise.ts';
import { printNotation } from '../../src/graph/notation.ts';
import { ProgramBuilder } from '../../src/program/builder.ts';
import { dualJacobian } from '../../src/program/dual.ts';
import { doubles } from '../../src/program/arithmetic.ts';
import { interpretValues } from '../../src/program/interpret.ts';
import type { Reference, Tensor } from '../../src/program/types.ts';
import { literal, literalTensor, realType, scalarType } from '../../src/program/values.ts';
import { arbitraryProgram } from '../support/arbitrary-program.ts';
import { expectTensorClose } from '../support/compare.ts';
import type { Coefficient } from '../../src/graph/types.ts';

/** Linearises what `write` emits from the scalar inputs x and y; its results are the outputs. */
function linearised(
  write: (b: ProgramBuilder, x: Reference, y: Reference) => readonly Reference[],
): Linearisation {
  const builder = new ProgramBuilder('test');
  const x = builder.input('x', scalarType);
  const y = builder.input('y', scalarType);
  write(builder, x, y).forEach((output, index) => {
    builder.output(`out${index}`, output);
  });
  return linearise(builder.build());
}

function edgesOf({ graph }: Linearisation): readonly (readonly [string, Coefficient])[] {
  const id = (place: number): string => String(graph.vertices[place]?.id);
  return graph.edges.map(
    ({ from, to, partial }) => [`${id(from)} → ${id(to)}`, partial.coefficient] as const,
  );
}

/** Sum over all paths of the products of partials: the Jacobian by the chain rule alone. */
function pathSums(
  { program, graph, partials }: Linearisation,
  sample: readonly Tensor[],
): number[][] {
  const values = interpretValues(program, sample, doubles);
  const numberOf = (index: number): number => {
    const partial = partials[index];
    if (partial?.kind === 'unit') return partial.sign;
    if (partial?.kind === 'constant') return partial.numbers[0] ?? NaN;
    if (partial?.operand.kind !== 'value') return NaN;
    return partial.sign * (values[partial.operand.id]?.data[0] ?? NaN);
  };
  const columns = graph.inputs.map((input) => {
    const derivative = graph.vertices.map((_, place): number => (place === input ? 1 : 0));
    // Edges are listed by the vertex they end in, so their beginnings are complete.
    graph.edges.forEach(({ from, to }, index) => {
      derivative[to] = (derivative[to] ?? NaN) + numberOf(index) * (derivative[from] ?? NaN);
    });
    return derivative;
  });
  return program.outputs.map(({ operand }) =>
    columns.map((column) => (operand.kind === 'literal' ? 0 : (column[operand.id] ?? NaN))),
  );
}

describe('linearise', () => {
  it('makes one vertex a value, numbered as the equations are', () => {
    const { graph, originalEquations } = linearised((b, x, y) => [
      b.emit('sin', [b.emit('mul', [x, y])]),
    ]);
    expect(graph.vertices).toEqual([
      { id: 'x', kind: 'input', shape: [] },
      { id: 'y', kind: 'input', shape: [] },
      { id: 1, kind: 'intermediate', op: 'mul', shape: [] },
      { id: 2, kind: 'output', op: 'sin', shape: [] },
    ]);
    expect([graph.inputs, graph.outputs, originalEquations]).toEqual([[0, 1], [3], 2]);
  });

  it('tells units, constants and variables apart', () => {
    const result = linearised((b, x, y) => [
      b.emit('sub', [x, y]),
      b.emit('mul', [literal(3), x]),
      b.emit('mul', [x, y]),
    ]);
    expect(edgesOf(result)).toEqual([
      ['x → 1', { kind: 'unit', value: 1 }],
      ['y → 1', { kind: 'unit', value: -1 }],
      ['x → 2', { kind: 'constant', value: 3 }],
      ['x → 3', { kind: 'variable' }],
      ['y → 3', { kind: 'variable' }],
    ]);
    expect(result.partials[2]).toMatchObject({ kind: 'constant', numbers: [3] });
  });

  it('adds the partials of a value that one equation uses twice', () => {
    const result = linearised((b, x, y) => [
      b.emit('add', [x, x]),
      b.emit('sub', [x, x]),
      b.emit('mul', [y, y]),
    ]);
    expect(edgesOf(result)).toEqual([
      ['x → 1', { kind: 'constant', value: 2 }],
      ['x → 2', { kind: 'constant', value: 0 }],
      ['y → 3', { kind: 'variable' }],
    ]);
    const [last] = result.partials.slice(-1);
    const [three, five] = [3, 5].map((value): Tensor => ({ shape: [], data: [value] }));
    if (
      last?.kind !== 'variable' ||
      last.operand.kind !== 'value' ||
      three === undefined ||
      five === undefined
    )
      throw new Error('?');
    expect(interpretValues(result.program, [three, five], doubles)[last.operand.id]?.data).toEqual([
      10,
    ]);
  });

  it('has no edge for literals, for a factor 0 and for what is not differentiated', () => {
    const result = linearised((b, x, y) => [
      b.emit('mul', [x, literal(0)]),
      b.emit('stopGradient', [y]),
      b.emit('where', [b.emit('lt', [x, y]), literal(1), literal(2)]),
      b.emit('neg', [literal(4)]),
    ]);
    expect(result.graph.edges).toEqual([]);
    expect(result.program.equations).toHaveLength(result.originalEquations);
  });

  it('takes an input, a literal and a repeated value as outputs', () => {
    const builder = new ProgramBuilder('outputs');
    const x = builder.input('x', scalarType);
    const sine = builder.emit('sin', [x]);
    builder.output('a', x);
    builder.output('b', literal(1));
    builder.output('c', sine);
    builder.output('d', sine);
    const { graph, program } = linearise(builder.build());
    expect(graph.outputs).toEqual([0, 1, 1]);
    expect(graph.vertices.map(({ kind }) => kind)).toEqual(['input', 'output']);
    expect(program.outputs.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('takes a copy for a unit', () => {
    const { graph } = linearised((b, x) => [b.emit('neg', [b.emit('convert', [x])])]);
    expect(graph.edges[0]?.partial.coefficient).toEqual({ kind: 'unit', value: 1 });
  });

  it('keeps dead and constant equations as vertices', () => {
    const { graph } = linearised((b, x, y) => {
      b.emit('sin', [x]);
      return [b.emit('add', [b.emit('neg', [literal(2)]), y])];
    });
    expect(graph.vertices.map(({ kind }) => kind).slice(2)).toEqual([
      'intermediate',
      'intermediate',
      'output',
    ]);
  });

  it('writes the index notation of broadcasting on tensors', () => {
    const builder = new ProgramBuilder('tensors');
    const m = builder.input('m', realType([2, 3]));
    const v = builder.input('v', realType([3]));
    const s = builder.input('s', scalarType);
    const product = builder.emit('mul', [m, v]);
    const difference = builder.emit('sub', [product, s]);
    const scaled = builder.emit('mul', [difference, literalTensor([3], [1, 2, 3])]);
    const halved = builder.emit('mul', [scaled, s]);
    builder.output('out', builder.emit('sin', [halved]));
    const { graph } = linearise(builder.build());
    const notations = graph.edges.map(({ from, to, partial }) => {
      const ends = { to: graph.vertices[to]?.shape ?? [], from: graph.vertices[from]?.shape ?? [] };
      return `${printNotation(partial, ends)} ${partial.coefficient.kind}`;
    });
    expect(notations).toEqual([
      'ij|ij|j variable',
      'ij|j|ij variable',
      'ij|ij| unit',
      'ij|| unit',
      'ij|ij|j constant',
      'ij|ij| variable',
      'ij||ij variable',
      'ij|ij|ij variable',
    ]);
  });

  it('values the edges so that the chain rule gives the Jacobian of dual numbers', () => {
    fc.assert(
      fc.property(arbitraryProgram(), ({ program, sample }) => {
        const result = linearise(program);
        const expected = dualJacobian(program, sample);
        pathSums(result, sample).forEach((row, output) => {
          row.forEach((value, input) => {
            const reference = expected[output]?.[input];
            if (reference === undefined) throw new Error('no such entry');
            const actual = { shape: [], data: [value] };
            expectTensorClose(actual, reference, 1e-9, `∂${output}/∂${input}`);
          });
        });
      }),
      { seed: 10, numRuns: 300 },
    );
  });

  it('agrees about literals and classes, and sorts the edges by where they end', () => {
    fc.assert(
      fc.property(arbitraryProgram(), ({ program }) => {
        const { graph, partials, program: extended, originalEquations } = linearise(program);
        expect(partials).toHaveLength(graph.edges.length);
        graph.edges.forEach(({ from, to, partial }, index) => {
          expect(partials[index]?.kind).toBe(partial.coefficient.kind);
          expect(from).toBeLessThan(to);
          expect(to).toBeGreaterThanOrEqual(graph.edges[index - 1]?.to ?? 0);
        });
        expect(extended.equations.slice(0, originalEquations)).toEqual(program.equations);
        expect(extended.outputs).toEqual(program.outputs);
      }),
      { seed: 11, numRuns: 100 },
    );
  });
});
