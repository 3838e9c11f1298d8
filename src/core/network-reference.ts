/**
 * The default network as its description reads (assembly/network.ts, assembly/vertex-features.ts), in
 * double precision, for checking the core and TensorFlow.js: features are counted from the neighbours
 * of a position that is played from the start, layers are sums.
 */
import type { CostedGraph } from '../cost/types.ts';
import type { Position } from '../graph/types.ts';
import { eliminableVertices } from '../order/orders.ts';
import { vertexStatics } from './network-statics.ts';
import { networkSizes, type NetworkWeights, weightParts } from './network-types.ts';
import { EliminationState } from './reference.ts';

const logarithm = (x: number): number => Math.sign(x) * Math.log1p(Math.abs(x));
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
const least = (numbers: readonly number[]): number =>
  numbers.length === 0 ? 0 : Math.min(...numbers);
const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
const without = (all: readonly Position[], some: readonly Position[]): readonly Position[] =>
  all.filter((one) => !some.includes(one));

/** A position of the game. */
interface Place {
  readonly costed: CostedGraph;
  readonly moves: readonly Position[];
  readonly remaining: readonly Position[];
  readonly state: EliminationState;
}

function placeAfter(costed: CostedGraph, moves: readonly Position[]): Place {
  const state = new EliminationState(costed);
  for (const move of moves) state.eliminate(move);
  return { costed, moves, state, remaining: without(eliminableVertices(costed.graph), moves) };
}

/** What the next elimination of a vertex would cost. */
function price({ costed, moves }: Place, vertex: Position): number {
  return placeAfter(costed, moves).state.eliminate(vertex);
}

/** What a product of the whole graph costs on average; 1 where there is none, or all are free. */
export function referenceUnit(costed: CostedGraph): number {
  if (costed.algebra.uniform) return 1;
  const start = placeAfter(costed, []);
  const products = sum(start.remaining.map((vertex) => start.state.degree(vertex)));
  const prices = sum(start.remaining.map((vertex) => price(start, vertex)));
  return products === 0 || prices === 0 ? 1 : prices / products;
}

function featuresOf(place: Place, vertex: Position, unit: number): readonly number[] {
  const { costed, moves, remaining, state } = place;
  const { graph } = costed;
  const before = state.predecessors(vertex);
  const after = state.successors(vertex);
  const start = new EliminationState(costed);
  const isOutput = graph.vertices[vertex]?.kind === 'output';
  const stays = (one: Position): boolean => remaining.includes(one);
  const degreesOf = (side: readonly Position[]): readonly number[] =>
    side.filter(stays).map((one) => state.degree(one));
  const own = state.degree(vertex);
  const change = (one: Position, isBefore: boolean): number => {
    const [lacking, weight] = isBefore
      ? [without(after, state.successors(one)), state.predecessors(one).length]
      : [without(before, state.predecessors(one)), state.successors(one).length];
    return (lacking.length - (isBefore && isOutput ? 0 : 1)) * weight;
  };
  const changeBefore = sum(before.filter(stays).map((one) => change(one, true)));
  const changeAfter = sum(after.filter(stays).map((one) => change(one, false)));
  const neighbours = [...degreesOf(before), ...degreesOf(after)];
  const initialBefore = start.predecessors(vertex);
  const initialAfter = start.successors(vertex);
  const isSource = (one: Position): boolean => !moves.includes(one);
  const isTarget = (one: Position): boolean =>
    !moves.includes(one) || graph.vertices[one]?.kind === 'output';
  const [depth = 0, height = 0, size = 0, output = 0] = vertexStatics(graph).subarray(4 * vertex);
  return [
    logarithm(before.length),
    logarithm(after.length),
    logarithm(price(place, vertex) / unit),
    logarithm(sum(before.map((one) => without(after, state.successors(one)).length))),
    logarithm(changeBefore),
    logarithm(changeAfter),
    share(before.filter((one) => !stays(one)).length, before.length),
    share(after.filter((one) => !stays(one)).length, after.length),
    share(initialBefore.filter((one) => !isSource(one)).length, initialBefore.length),
    share(initialAfter.filter((one) => !isTarget(one)).length, initialAfter.length),
    share(neighbours.filter((degree) => degree < own).length, neighbours.length),
    share(neighbours.filter((degree) => degree === own).length, neighbours.length),
    share(degreesOf(remaining).filter((degree) => degree < own).length, remaining.length),
    share(moves.length, moves.length + remaining.length),
    depth,
    height,
    logarithm(least(degreesOf(before))),
    logarithm(least(degreesOf(after))),
    after.length === 1 ? 1 : 0,
    before.length === 1 ? 1 : 0,
    logarithm(own),
    size,
    output,
    logarithm(3 * (changeBefore + changeAfter) + 2 * own),
  ];
}

/** The matrices and vectors of a network, row by row. */
function partsOf(weights: NetworkWeights): ReadonlyMap<string, readonly (readonly number[])[]> {
  let next = 0;
  return new Map(
    weightParts.map(({ name, rows, columns }) => {
      const part = Array.from({ length: rows }, (_, row) => {
        const start = next + row * columns;
        return [...weights.subarray(start, start + columns)];
      });
      next += rows * columns;
      return [name, part];
    }),
  );
}

/** What a network says of a position, by vertex that remains, ascending. */
export interface ReferenceEvaluation {
  readonly features: readonly (readonly number[])[];
  readonly logits: readonly number[];
  readonly costs: readonly number[];
  readonly rest: number;
}

/** Evaluates the position after some moves. O(n³) and worse. */
export function referenceEvaluation(
  costed: CostedGraph,
  moves: readonly Position[],
  weights: NetworkWeights,
): ReferenceEvaluation {
  const unit = referenceUnit(costed);
  const place = placeAfter(costed, moves);
  const { remaining, state } = place;
  const features = remaining.map((vertex) => featuresOf(place, vertex, unit));
  const parts = partsOf(weights);
  const part = (name: string): readonly (readonly number[])[] => parts.get(name) ?? [];
  const dense = (input: readonly number[], name: string): readonly number[] =>
    (part(`${name}.bias`)[0] ?? []).map((bias, column) =>
      Math.max(
        0,
        bias + sum(input.map((x, row) => x * (part(`${name}.matrix`)[row]?.[column] ?? NaN))),
      ),
    );
  let hidden = features.map((row) => dense(row, 'embedding'));
  for (let round = 0; round < networkSizes.rounds; round += 1) {
    const mean = (side: readonly Position[]): readonly number[] => {
      const rows = remaining.flatMap((vertex, row) => (side.includes(vertex) ? [row] : []));
      return Array.from({ length: networkSizes.width }, (_, column) =>
        share(sum(rows.map((row) => hidden[row]?.[column] ?? NaN)), rows.length),
      );
    };
    hidden = remaining.map((vertex, row) => {
      const own = hidden[row] ?? [];
      const joined = [
        ...own,
        ...mean(state.predecessors(vertex)),
        ...mean(state.successors(vertex)),
      ];
      const message = dense(joined, `round${round}`);
      return own.map((x, column) => x + (message[column] ?? NaN));
    });
  }
  const head = (name: string): readonly number[] =>
    features.map((row, index) =>
      sum([
        ...row.map((x, place) => x * (part(`${name}.features`)[place]?.[0] ?? NaN)),
        ...(hidden[index] ?? []).map((x, place) => x * (part(`${name}.hidden`)[place]?.[0] ?? NaN)),
        part(`${name}.bias`)[0]?.[0] ?? NaN,
      ]),
    );
  const costs = head('cost').map((x) => Math.exp(Math.min(16, Math.max(-16, x))));
  return { features, logits: head('policy'), costs, rest: unit * sum(costs) };
}
