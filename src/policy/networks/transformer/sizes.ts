/** Sizes of the transformer and the parts of its weights. */
import type { WeightPart } from '../../../core/network-types.ts';
import { adjacencyChannels } from '../../game/adjacency.ts';

/** What one architecture fixes, whatever the graphs. */
export interface TransformerShape {
  /** Width of a token. */
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  /** Width of what is gated within a layer. */
  readonly inner: number;
  /** Widths between a token and its logit, and between a token and its share of the value. */
  readonly policy: readonly number[];
  readonly value: readonly number[];
}

/** What the graphs fix: the most inputs and the most other vertices that there are in one. */
export interface TransformerFrame {
  readonly inputs: number;
  readonly vertices: number;
}

/** Rows of edges that the embedding takes at once, and from one such window to the next. */
export const embeddingWindow = 3;
export const embeddingStride = 2;

/** Width of a head. */
export function headWidth({ width, heads }: TransformerShape): number {
  return Math.floor(width / heads);
}

/** How many windows of rows there are, at least one. */
export function windowCount({ inputs, vertices }: TransformerFrame): number {
  const rows = Math.max(embeddingWindow, inputs + vertices);
  return Math.floor((rows - embeddingWindow) / embeddingStride) + 1;
}

/** Numbers in a window: of each column the channels of each row. */
export function windowLength({ vertices }: TransformerFrame): number {
  return vertices * adjacencyChannels * embeddingWindow;
}

/** The parts of the weights, in their sequence. */
export function transformerParts(
  shape: TransformerShape,
  frame: TransformerFrame,
): readonly WeightPart[] {
  const { width, layers, heads, inner } = shape;
  const part = (name: string, rows: number, columns: number): WeightPart => ({
    name,
    rows,
    columns,
  });
  const norm = (name: string): WeightPart[] => [
    part(`${name}.scale`, 1, width),
    part(`${name}.bias`, 1, width),
  ];
  const attended = heads * headWidth(shape);
  const layer = (index: number): WeightPart[] => [
    ...norm(`layer${index}.attention`),
    part(`layer${index}.query`, width, attended),
    part(`layer${index}.key`, width, attended),
    part(`layer${index}.value`, width, attended),
    part(`layer${index}.output`, attended, width),
    ...norm(`layer${index}.gated`),
    part(`layer${index}.gate`, width, inner),
    part(`layer${index}.up`, width, inner),
    part(`layer${index}.down`, inner, width),
  ];
  const head = (name: string, between: readonly number[]): WeightPart[] =>
    [...between, 1].flatMap((columns, index) => [
      part(`${name}${index}.matrix`, between[index - 1] ?? width, columns),
      part(`${name}${index}.bias`, 1, columns),
    ]);
  return [
    part('embedding.matrix', windowLength(frame), frame.vertices),
    part('embedding.bias', 1, frame.vertices),
    part('projection', windowCount(frame), width),
    ...Array.from({ length: layers }, (_, index) => layer(index)).flat(),
    ...head('policy', shape.policy),
    ...head('value', shape.value),
  ];
}
