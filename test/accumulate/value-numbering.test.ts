import { describe, expect, it } from 'vitest';
import { type NumberedValue, Numbering } from '../../src/accumulate/numbering.ts';
import { countNumbered } from '../../src/accumulate/value-numbering.ts';
import { referenceEngine } from '../../src/core/reference.ts';
import { multiplications } from '../../src/cost/multiplications.ts';
import type { BlockValue } from '../../src/graph/block-value.ts';
import { randomGraph } from '../../src/graph/generators.ts';
import { linearise, type Linearisation } from '../../src/graph/linearise.ts';
import type { Position } from '../../src/graph/types.ts';
import { eliminableVertices, orderFromPositions } from '../../src/order/orders.ts';
import { ProgramBuilder } from '../../src/program/builder.ts';
import { identityBlock } from '../../src/program/structure.ts';
import type { Operand, Program } from '../../src/program/types.ts';
import { realType, scalarType } from '../../src/program/values.ts';
import { createRandom, type Random } from '../../src/support/random.ts';
import { lineariseElements } from '../../src/subject/granularity.ts';
import { randomTensorProgram } from './tensor-programs.ts';

const numberBlock = identityBlock([]);

function variable(operand: Operand, sign: 1 | -1 = 1): BlockValue {
  return { kind: 'variable', block: { ...numberBlock, coefficient: 'variable' }, sign, operand };
}

function constant(value: number): BlockValue {
  return {
    kind: 'constant',
    block: { ...numberBlock, coefficient: 'constant' },
    numbers: [value],
  };
}

function plainCount({ graph }: Linearisation, order: readonly Position[]): number {
  const handle = referenceEngine.load(multiplications.prepare(graph));
  const [count] = handle.count([orderFromPositions(graph, order)]);
  handle.dispose();
  return count ?? NaN;
}

/** A random graph whose partials are drawn from so many different values; none is ±1. */
function randomLinearisation(random: Random, differentValues: number): Linearisation {
  const graph = randomGraph({
    seed: random.integer(1_000_000),
    inputs: 3,
    intermediates: 12,
    outputs: 3,
    density: 0.35,
  });
  const builder = new ProgramBuilder('partials');
  const pool = Array.from({ length: Math.min(differentValues, graph.edges.length) }, (_, k) =>
    builder.input(`p${k}`, scalarType),
  );
  const partials = graph.edges.map((_, edge) => {
    const operand = pool[edge < pool.length ? edge : random.integer(pool.length)];
    if (operand === undefined) throw new Error('there is no value');
    return variable(operand, random.integer(2) === 0 ? 1 : -1);
  });
  const edges = graph.edges.map((edge) => ({
    ...edge,
    partial: { to: [], from: [], value: [], sizes: [], coefficient: { kind: 'variable' } as const },
  }));
  return {
    program: builder.build(),
    originalEquations: 0,
    graph: { ...graph, edges },
    partials,
  };
}

function shuffledElements(linearisation: Linearisation, random: Random): Position[][] {
  return random.shuffle(eliminableVertices(linearisation.graph)).map((vertex) => [vertex]);
}

describe('value-numbered counting', () => {
  it('is the plain count where all partials are different', () => {
    const random = createRandom(1);
    for (let round = 0; round < 100; round += 1) {
      const linearisation = randomLinearisation(random, Infinity);
      const order = shuffledElements(linearisation, random);
      const { count, steps } = countNumbered(linearisation, order);
      expect(count).toBe(plainCount(linearisation, order.flat()));
      expect(steps.reduce((sum, step) => sum + step, 0)).toBe(count);
    }
  });

  it('is never more than the plain count, and less where partials are often equal', () => {
    const random = createRandom(2);
    let [numbered, plain] = [0, 0];
    for (let round = 0; round < 100; round += 1) {
      const linearisation = randomLinearisation(random, 3);
      const order = shuffledElements(linearisation, random);
      const { count } = countNumbered(linearisation, order);
      const plainly = plainCount(linearisation, order.flat());
      expect(count).toBeLessThanOrEqual(plainly);
      numbered += count;
      plain += plainly;
    }
    expect(numbered).toBeLessThan(0.9 * plain);
  });

  it('is never more than the plain count of the same elements, in any order inside a tensor', () => {
    const random = createRandom(3);
    for (let round = 0; round < 150; round += 1) {
      const { program } = randomTensorProgram(random);
      const { linearisation, elements } = lineariseElements(program, { copies: true });
      // Of an output of which parts are used, the other elements stand in no order.
      const eliminable = new Set(eliminableVertices(linearisation.graph));
      const order = random
        .shuffle(eliminableVertices(linearise(program).graph))
        .map((vertex) => (elements[vertex] ?? []).filter((element) => eliminable.has(element)));
      const { count } = countNumbered(linearisation, order);
      expect(count).toBeLessThanOrEqual(plainCount(linearisation, order.flat()));
      const shuffled = order.map((group) => random.shuffle(group));
      expect(countNumbered(linearisation, shuffled).count).toBe(count);
    }
  });

  it('counts a number that is broadcast once for each number that it meets', () => {
    // y = sin(x) broadcast to three, times w: three products w·cos x, whatever is eliminated first.
    const builder = new ProgramBuilder('broadcast');
    const x = builder.input('x', scalarType);
    const w = builder.input('w', realType([3]));
    const spread = builder.emit('broadcast', [builder.emit('sin', [x])], { shape: [3], axes: [] });
    builder.output('a', builder.emit('mul', [spread, w]));
    builder.output('b', builder.emit('mul', [spread, spread]));
    const program = builder.build();
    const { linearisation, elements } = lineariseElements(program, { copies: true });
    const [sine, copy] = [elements[2] ?? [], elements[3] ?? []];
    // b has the partial 2·sin x by each of the three: one value, one product.
    expect(countNumbered(linearisation, [sine, copy])).toEqual({ count: 4, steps: [0, 4] });
    expect(countNumbered(linearisation, [copy, sine])).toEqual({ count: 4, steps: [0, 4] });
    expect(plainCount(linearisation, [...sine, ...copy])).toBe(6);
  });

  it('does not see the sign, folds constants and pays for a constant times a value once', () => {
    const builder = new ProgramBuilder('signs');
    const x = builder.input('x', scalarType);
    const m = builder.fragment;
    const inner = m.sin(x);
    for (const [name, factor] of [
      ['a', 3],
      ['b', -3],
      ['c', 5],
    ] as const) {
      builder.output(name, m.mul(factor, inner));
    }
    builder.output('d', m.mul(2, m.mul(4, x)));
    const linearisation = linearise(builder.build());
    const order = eliminableVertices(linearisation.graph);
    expect(countNumbered(linearisation, [order]).count).toBe(2);
    expect(plainCount(linearisation, order)).toBe(3);
  });

  it('refuses groups with an edge inside, and tensors', () => {
    const builder = new ProgramBuilder('chain');
    const x = builder.input('x', scalarType);
    const m = builder.fragment;
    builder.output('y', m.exp(m.sin(m.cos(x))));
    const linearisation = linearise(builder.build());
    const chain = eliminableVertices(linearisation.graph);
    expect(() => countNumbered(linearisation, [chain])).toThrow('joined by an edge');
    const tensors = new ProgramBuilder('tensors');
    const t = tensors.input('t', realType([2]));
    tensors.output('y', tensors.emit('sin', [t]));
    expect(() => countNumbered(linearise(tensors.build()), [])).toThrow('has tensors');
  });
});

describe('the numbers of values', () => {
  it('are equal only where the values are, up to the sign that is said', () => {
    const random = createRandom(4);
    for (let round = 0; round < 50; round += 1) {
      const builder = new ProgramBuilder('values');
      const inputs = ['p', 'q', 'r'].map((name) => builder.input(name, scalarType));
      const sizes = inputs.map(() => 0.5 + random.next());
      const program: Program = builder.build();
      const numbering = new Numbering(program);
      const pool: { readonly value: NumberedValue; readonly exact: number }[] = [];
      const put = (value: NumberedValue, exact: number): void => {
        pool.push({ value, exact });
      };
      inputs.forEach((operand, k) => {
        const sign = random.integer(2) === 0 ? 1 : -1;
        put(numbering.partial(variable(operand, sign)), sign * (sizes[k] ?? NaN));
      });
      put(numbering.partial({ kind: 'unit', block: numberBlock, sign: -1 }), -1);
      put(numbering.partial(constant(0.5)), 0.5);
      put(numbering.partial(constant(-2)), -2);
      for (let step = 0; step < 40; step += 1) {
        const picked = Array.from({ length: 2 + random.integer(2) }, () => {
          const found = pool[random.integer(pool.length)];
          if (found === undefined) throw new Error('the pool is empty');
          return found;
        });
        const [a, b] = picked;
        if (a === undefined || b === undefined) continue;
        if (random.integer(2) === 0) {
          put(numbering.product(a.value, b.value), a.exact * b.exact);
        } else {
          const values = picked.map(({ value }) => value);
          put(
            numbering.sum(values),
            picked.reduce((sum, { exact }) => sum + exact, 0),
          );
        }
      }
      const known = new Map<number, number>();
      for (const { value, exact } of pool) {
        const size = value.sign * exact;
        const earlier = known.get(value.number) ?? size;
        expect(Math.abs(size - earlier)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(size)));
        known.set(value.number, size);
      }
    }
  });

  it('are equal for products in either order and for sums in any', () => {
    const builder = new ProgramBuilder('orders');
    const [a, b, c] = ['a', 'b', 'c'].map((name) => builder.input(name, scalarType));
    const program = builder.build();
    if (a === undefined || b === undefined || c === undefined) throw new Error('three inputs');
    const numbering = new Numbering(program);
    const [x, y, z] = [a, b, c].map((operand) => numbering.partial(variable(operand)));
    const minusZ = numbering.partial(variable(c, -1));
    if (x === undefined || y === undefined || z === undefined) throw new Error('three values');
    expect(numbering.product(x, y)).toEqual(numbering.product(y, x));
    expect(numbering.sum([x, y, z])).toEqual(numbering.sum([z, x, y]));
    expect(numbering.product(x, minusZ)).toEqual({ ...numbering.product(x, z), sign: -1 });
    const minus = (value: NumberedValue): NumberedValue => ({
      ...value,
      sign: value.sign === 1 ? -1 : 1,
    });
    const difference = numbering.sum([x, minus(y)]);
    expect(numbering.sum([minus(x), y])).toEqual(minus(difference));
    expect(numbering.multiplications).toBe(2);
  });
});
