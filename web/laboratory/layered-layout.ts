/**
 * Where vertices are drawn: in layers from the inputs to the outputs (Sugiyama, Tagawa and Toda,
 * Methods for visual understanding of hierarchical system structures, IEEE Transactions on Systems,
 * Man, and Cybernetics 11, 1981). Layers by longest paths, then shortened edges; knees where an edge
 * passes a layer, shared by the edges that leave one vertex; the order within layers by sweeps of
 * barycentres, the one with the fewest crossings; places by sweeps of least squares (placement.ts).
 * A heuristic: no edge runs backwards and nothing overlaps, the rest is as good as it gets.
 */
import type { Graph } from '../../src/graph/types.ts';
import type { RoutedEdge } from '../protocol.ts';
import { placeInRow } from './placement.ts';

/** Places by vertex, ways by edge, and the size of it all, in pixels. */
export interface LayeredLayout {
  readonly places: readonly { readonly along: number; readonly across: number }[];
  /** As in the graph. */
  readonly routes: readonly RoutedEdge[];
  readonly along: number;
  readonly across: number;
}

/** From layer to layer. */
const layerStep = 42;
/** Room a vertex and a knee have to either side; a vertex is 22 wide. */
const [vertexHalf, kneeHalf] = [15, 5];
/** Sweeps for the order, and for places. */
const [orderSweeps, placeSweeps] = [24, 24];
/** How much straighter a line between knees is wanted than one at a vertex. */
const kneeWeight = 4;

/** A vertex, or a knee of the edges that leave one. */
interface Item {
  readonly layer: number;
  readonly isKnee: boolean;
  /** Neighbours in the layers before and after. */
  readonly before: number[];
  readonly after: number[];
}

/** The layer of each vertex, from 0. */
export function layersOf({ vertices, edges }: Graph): readonly number[] {
  const layers = vertices.map(() => 0);
  const after = vertices.map((): number[] => []);
  const into = vertices.map(() => 0);
  // Vertices stand in a topological order.
  for (const { from, to } of edges.toSorted((a, b) => a.from - b.from)) {
    layers[to] = Math.max(layers[to] ?? 0, (layers[from] ?? 0) + 1);
    after[from]?.push(to);
    into[to] = (into[to] ?? 0) + 1;
  }
  // Whatever has more out-edges than in-edges shortens more by standing nearer to its successors.
  for (let vertex = vertices.length - 1; vertex >= 0; vertex -= 1) {
    const successors = after[vertex] ?? [];
    if (successors.length <= (into[vertex] ?? 0)) continue;
    layers[vertex] = Math.min(...successors.map((to) => layers[to] ?? 0)) - 1;
  }
  const first = Math.min(...layers);
  return layers.map((layer) => layer - first);
}

/** The vertices as items, and behind them the knees; ways say which items an edge passes. */
function itemsOf(graph: Graph): { readonly items: Item[]; readonly ways: readonly number[][] } {
  const items = layersOf(graph).map((layer): Item => ({
    layer,
    isKnee: false,
    before: [],
    after: [],
  }));
  const link = (from: number, to: number): void => {
    items[from]?.after.push(to);
    items[to]?.before.push(from);
  };
  /** By vertex: its knees, layer by layer. */
  const trunks = graph.vertices.map((): number[] => []);
  const ways = graph.edges.map(({ from, to }) => {
    const trunk = trunks[from] ?? [];
    const start = items[from]?.layer ?? 0;
    const length = (items[to]?.layer ?? 0) - start - 1;
    while (trunk.length < length) {
      const knee = items.length;
      items.push({ layer: start + trunk.length + 1, isKnee: true, before: [], after: [] });
      link(trunk.at(-1) ?? from, knee);
      trunk.push(knee);
    }
    const passed = trunk.slice(0, length);
    link(passed.at(-1) ?? from, to);
    return [from, ...passed, to];
  });
  return { items, ways };
}

/** Crossings between all neighbouring layers; O(Σ edges²). */
export function crossings(
  rows: readonly (readonly number[])[],
  after: (item: number) => readonly number[],
): number {
  let count = 0;
  rows.slice(0, -1).forEach((row, layer) => {
    const places = new Map(rows[layer + 1]?.map((item, place) => [item, place]));
    const ends = row.flatMap((item, from) =>
      after(item).map((to) => ({ from, to: places.get(to) ?? 0 })),
    );
    ends.forEach((a, index) => {
      for (const b of ends.slice(index + 1)) if (a.from < b.from && a.to > b.to) count += 1;
    });
  });
  return count;
}

/** Sorts a row by the mean place of neighbours; what has none keeps its place. */
function sortByNeighbours(
  row: readonly number[],
  neighbours: (item: number) => readonly number[],
  placeOf: ReadonlyMap<number, number>,
): number[] {
  const keyed = row.map((item, place) => {
    const others = neighbours(item);
    const sum = others.reduce((total, other) => total + (placeOf.get(other) ?? 0), 0);
    return { item, key: others.length === 0 ? place : sum / others.length };
  });
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

/** Rows of items, one a layer, with few crossings. */
function orderedRows(items: readonly Item[]): readonly (readonly number[])[] {
  const last = Math.max(0, ...items.map(({ layer }) => layer));
  let rows = Array.from({ length: last + 1 }, (): number[] => []);
  items.forEach(({ layer }, item) => rows[layer]?.push(item));
  const before = (item: number): readonly number[] => items[item]?.before ?? [];
  const after = (item: number): readonly number[] => items[item]?.after ?? [];
  let best = rows;
  let least = crossings(rows, after);
  const placesIn = (row: readonly number[] | undefined): Map<number, number> =>
    new Map(row?.map((item, place) => [item, place]));
  for (let sweep = 0; sweep < orderSweeps && least > 0; sweep += 1) {
    const next = rows.map((row) => [...row]);
    const layers = next.map((_, layer) => layer);
    const isDown = sweep % 2 === 0;
    for (const layer of isDown ? layers.slice(1) : layers.toReversed().slice(1)) {
      const fixed = placesIn(next[isDown ? layer - 1 : layer + 1]);
      next[layer] = sortByNeighbours(next[layer] ?? [], isDown ? before : after, fixed);
    }
    rows = next;
    const count = crossings(rows, after);
    if (count < least) [best, least] = [rows, count];
  }
  return best;
}

/** Where each item stands across the layers. */
function placed(items: readonly Item[], rows: readonly (readonly number[])[]): Float64Array {
  const across = new Float64Array(items.length);
  const half = (item: number): number => (items[item]?.isKnee === true ? kneeHalf : vertexHalf);
  for (const row of rows) {
    let at = 0;
    for (const item of row) {
      across[item] = at + half(item);
      at += 2 * half(item);
    }
    for (const item of row) across[item] = (across[item] ?? 0) - at / 2;
  }
  for (let sweep = 0; sweep < placeSweeps; sweep += 1) {
    for (const row of sweep % 2 === 0 ? rows : rows.toReversed()) {
      const wishes = row.map((item, index) => {
        const { before = [], after = [], isKnee = false } = items[item] ?? {};
        let sum = 0;
        let weight = 0;
        for (const other of [...before, ...after]) {
          const own = isKnee && items[other]?.isKnee === true ? kneeWeight : 1;
          sum += own * (across[other] ?? 0);
          weight += own;
        }
        const previous = row[index - 1];
        return {
          wanted: weight === 0 ? (across[item] ?? 0) : sum / weight,
          weight: Math.max(1, weight),
          gap: half(item) + (previous === undefined ? 0 : half(previous)),
        };
      });
      placeInRow(wishes).forEach((place, index) => {
        const item = row[index];
        if (item !== undefined) across[item] = place;
      });
    }
  }
  return across;
}

/** Lays a graph out. */
export function layeredLayout(graph: Graph): LayeredLayout {
  const { items, ways } = itemsOf(graph);
  const rows = orderedRows(items);
  const across = placed(items, rows);
  const low = Math.min(0, ...across) - vertexHalf;
  const high = Math.max(0, ...across) + vertexHalf;
  const place = (item: number) => ({
    along: ((items[item]?.layer ?? 0) + 0.5) * layerStep,
    across: (across[item] ?? 0) - low,
  });
  return {
    places: graph.vertices.map((_, vertex) => place(vertex)),
    routes: graph.edges.map(({ from, to }, index) => ({
      from,
      to,
      points: (ways[index] ?? []).map((item) => {
        const point = place(item);
        return [point.along, point.across] as const;
      }),
    })),
    along: rows.length * layerStep,
    across: high - low,
  };
}
