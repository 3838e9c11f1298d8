import { describe, expect, it } from 'vitest';
import { paperCode } from '../../src/cost/paper/encode.ts';
import {
  isEdgeType,
  paperAlgebra,
  price,
  productCode,
  sumCode,
} from '../../src/cost/paper/machine.ts';
import { priceFactors, productTypes, sumTypes } from '../../src/cost/paper/tables.ts';
import { preparePaper } from '../../src/cost/paper/paper.ts';
import { compose } from '../../src/notation/compose.ts';
import type { Axis, Block } from '../../src/notation/block.ts';
import type { PaperCode } from '../../src/graph/types.ts';
import { oddGraph, randomOrder } from '../core/support.ts';
import { referenceEngine } from '../../src/core/reference.ts';
import { pairs } from '../../src/cost/pairs.ts';
import { createRandom } from '../../src/support/random.ts';

const types = Array.from({ length: 22 }, (_, index) => index - 10);
const edgeTypes = types.filter((type) => type !== 0);

const index = (k: number): Axis => [{ index: k, offset: 0 }];

/** What a type means, as the machine's header tells it: axes o1, o2 | i1, i2 and the value word. */
const meanings = new Map<number, readonly [to: number[], from: number[], value: number[]]>([
  [
    1,
    [
      [0, 1],
      [2, 3],
      [0, 1, 2, 3],
    ],
  ],
  [
    2,
    [
      [0, 1],
      [0, 2],
      [0, 1, 2],
    ],
  ],
  [
    3,
    [
      [0, 1],
      [2, 1],
      [0, 1, 2],
    ],
  ],
  [
    6,
    [
      [0, 1],
      [0, 1],
      [0, 1],
    ],
  ],
  [
    7,
    [
      [0, 1],
      [1, 0],
      [0, 1],
    ],
  ],
  [8, [[0, 1], [0, 1], [1]]],
  [-8, [[0, 1], [0, 1], [0]]],
  [10, [[0, 1], [0, 1], []]],
  [
    -2,
    [
      [0, 1],
      [0, 2],
      [1, 2],
    ],
  ],
  [
    -3,
    [
      [0, 1],
      [2, 1],
      [0, 2],
    ],
  ],
]);

const n = 3;

/** A variable block of the meaning of a type between tensors of shape [3, 3]. */
function blockOfType(type: number): Block {
  const meaning = meanings.get(type);
  if (meaning === undefined) throw new Error(`type ${type} has no meaning here`);
  const [to, from, value] = meaning;
  const shape = [n, n];
  return {
    to: to.map(index),
    from: from.map(index),
    value,
    sizes: [n, n, n, n],
    coefficient: 'variable',
    toShape: shape,
    fromShape: shape,
  };
}

const square = (type: number): PaperCode => [type, n, n, n, n];

/** Multiplications of the product by what the two types mean. */
function principled(outgoing: number, incoming: number): number | undefined {
  return compose(blockOfType(outgoing), blockOfType(incoming))?.multiplications;
}

describe("the peer's tables", () => {
  it('know 22 types, and no product or sum of edges is no edge', () => {
    for (const table of [productTypes, sumTypes, priceFactors]) {
      expect(table.map((row) => row.length)).toEqual(types.map(() => 22));
    }
    for (const left of edgeTypes) {
      for (const right of edgeTypes) {
        expect(isEdgeType(productCode(square(left), square(right))[0])).toBe(true);
        expect(isEdgeType(sumCode(square(left), square(right))[0])).toBe(true);
      }
    }
  });

  it('leave a new product as it is where there is no edge yet', () => {
    for (const type of edgeTypes) {
      expect(sumCode([0, 0, 0, 0, 0], square(type))).toEqual(square(type));
    }
  });

  it('give a product the out-shape of the one edge and the in-shape of the other', () => {
    expect(productCode([1, 2, 3, 4, 5], [1, 4, 5, 6, 7])).toEqual([1, 2, 3, 6, 7]);
    expect(price([1, 2, 3, 4, 5], [1, 4, 5, 6, 7])).toBe(2 * 3 * 4 * 5 * 6 * 7);
  });

  it('price products of dense and element-wise blocks by what they mean', () => {
    const values = [...meanings.keys()].filter((type) => type > 0);
    for (const outgoing of [1, 2, 6]) {
      for (const incoming of values.filter((type) => type < 7)) {
        expect(price(square(outgoing), square(incoming)), `${outgoing} ${incoming}`).toBe(
          principled(outgoing, incoming),
        );
      }
    }
  });
});

/** Where the tables leave the principle; documented in docs/limitations.md. */
describe("the peer's quirks", () => {
  it('charge an index of a transposed block twice', () => {
    expect(price(square(7), square(-3))).toBe(n * (principled(7, -3) ?? 0));
    expect(price([7, 2, 3, 3, 2], [-3, 3, 2, 5, 2])).toBe(2 * (2 * 3 * 5));
  });

  it('take a number beside a matrix for a column vector', () => {
    const numberTimesMatrix = {
      primitive: 'mul',
      parameters: {},
      operands: [
        { shape: [4, 3], isLiteral: false },
        { shape: [], isLiteral: false },
      ],
      shape: [4, 3],
    };
    expect(paperCode(numberTimesMatrix, 0)).toEqual([-8, 4, 3, 4, 3]);
  });

  it('charge nothing for a copy in either direction, whatever the sizes', () => {
    for (const type of edgeTypes) {
      expect(price(square(-1), square(type))).toBe(0);
      expect(price(square(type), square(-1))).toBe(0);
    }
  });

  it('charge 1 for two multiples of deltas of one kind, 0 for those of two kinds', () => {
    expect(price(square(10), square(10))).toBe(1);
    expect(price(square(-10), square(10))).toBe(0);
    expect(price(square(10), square(-10))).toBe(0);
  });

  it('depend on the order of a sum', () => {
    expect(sumCode(square(8), square(10))[0]).not.toBe(sumCode(square(10), square(8))[0]);
  });

  it('know no structural zero and no offset: a slice is a reshape', () => {
    expect(price(square(11), square(11))).toBe(0);
    expect(productCode(square(11), square(11))[0]).toBe(11);
  });
});

describe('the state machine on scalars', () => {
  it('is pairs without copies', () => {
    for (let seed = 0; seed < 100; seed += 1) {
      const graph = oddGraph(seed, { copies: 0 });
      const order = randomOrder(graph, createRandom(seed));
      const costed = preparePaper(graph);
      const machine = paperAlgebra();
      const states = costed.states.map((state) => machine.intern(costed.codeOf(state)));
      const steps = [...referenceEngine.load({ graph, algebra: machine, states }).steps(order)];
      expect(steps).toEqual([...referenceEngine.load(pairs.prepare(graph)).steps(order)]);
    }
  });
});
