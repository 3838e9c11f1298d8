/**
 * The default network as the engines see it: sizes, weights, what an evaluation tells. Its formulas
 * are in assembly/network.ts, its features in assembly/vertex-features.ts; network-reference.ts
 * computes both in plain words, src/policy trains it.
 */
import type { Position } from '../graph/types.ts';
import { UserError } from '../support/user-error.ts';

/** Sizes, as in assembly/network-layout.ts. */
export const networkSizes = { features: 24, width: 32, rounds: 2 } as const;

/** A part of the weights: a matrix (rows × columns) or a vector (one row), row by row. */
export interface WeightPart {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
}

/** The parts in the sequence in which they lie in a list of weights. */
export const weightParts: readonly WeightPart[] = (() => {
  const { features, width, rounds } = networkSizes;
  const matrix = (name: string, rows: number, columns: number): WeightPart[] => [
    { name: `${name}.matrix`, rows, columns },
    { name: `${name}.bias`, rows: 1, columns },
  ];
  const head = (name: string): WeightPart[] => [
    { name: `${name}.hidden`, rows: width, columns: 1 },
    { name: `${name}.features`, rows: features, columns: 1 },
    { name: `${name}.bias`, rows: 1, columns: 1 },
  ];
  return [
    ...matrix('embedding', features, width),
    ...Array.from({ length: rounds }, (_, round) =>
      matrix(`round${round}`, 3 * width, width),
    ).flat(),
    ...head('policy'),
    ...head('cost'),
  ];
})();

/** How many weights there are: 7,122. */
export const weightCount = weightParts.reduce((sum, { rows, columns }) => sum + rows * columns, 0);

declare const weightsBrand: unique symbol;

/** All weights of a network, finite, in the sequence of `weightParts`; made by `parseWeights`. */
export type NetworkWeights = Float32Array & { readonly [weightsBrand]: 'NetworkWeights' };

/**
 * Takes numbers for the weights of the default network.
 * @throws UserError network-weights where there are too few, too many, or some that are not finite
 */
export function parseWeights(numbers: Float32Array): NetworkWeights {
  const bad = numbers.findIndex((number) => !Number.isFinite(number));
  if (numbers.length === weightCount && bad < 0) return numbers as NetworkWeights;
  throw new UserError({
    code: 'network-weights',
    message:
      bad < 0
        ? `a policy network has ${weightCount} weights, and here are ${numbers.length}; train it anew`
        : `weight ${bad} of the policy network is no finite number; train it anew`,
  });
}

/** What a network is told of a position. Rows are the vertices that remain, ascending. */
export interface NetworkPosition {
  readonly vertices: readonly Position[];
  /** [rows, 24]. */
  readonly features: Float32Array;
  /** [edges, 2]: rows from and to, of edges between vertices that remain; by source, then target. */
  readonly edges: Uint32Array;
}

/** What a network says of a position. Rows are the vertices that remain, ascending. */
export interface NetworkEvaluation {
  readonly vertices: readonly Position[];
  /** [rows, 24]. */
  readonly features: Float32Array;
  /** How likely each vertex is to be the next one: softmax of these. */
  readonly logits: Float32Array;
  /** What eliminating each vertex is expected to cost when its turn comes, in units. */
  readonly costs: Float32Array;
  /** What one unit is in the cost model: about the price of one product of the whole graph. */
  readonly unit: number;
  /** What all of them are expected to cost, in the cost model's terms. */
  readonly rest: number;
}
