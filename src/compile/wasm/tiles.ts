/**
 * Between row-major arrays and tiles. In tiles, element `row` of point p (all arrays' elements counted
 * in a row) lies at ((⌊p/16⌋ · rows) + row) · 16 + p mod 16.
 */
import type { Numbers } from '../types.ts';

/** Points of a tile. */
export const tilePoints = 16;

/** Which points of the row-major arrays are meant; in tiles they are the first ones. */
export interface PointRange {
  readonly first: number;
  readonly count: number;
}

/** How many tiles hold so many points. */
export function tilesFor(points: number): number {
  return Math.ceil(points / tilePoints);
}

const sumOf = (lengths: readonly number[]): number =>
  lengths.reduce((sum, length) => sum + length, 0);

/**
 * Copies points into tiles. The last tile is filled up with its last point, so that what is
 * computed there takes no slow way that no point of the batch takes.
 * @param columns row-major, `[points, lengths[k]]`
 */
export function packTiles(
  tiles: Numbers,
  columns: readonly ArrayLike<number>[],
  lengths: readonly number[],
  { first, count }: PointRange,
): void {
  const rows = sumOf(lengths);
  let row = 0;
  columns.forEach((column, index) => {
    const length = lengths[index] ?? 1;
    for (let element = 0; element < length; element += 1) {
      packRow(tiles, column, { row, rows, element, length, first, count });
      row += 1;
    }
  });
}

interface RowCopy extends PointRange {
  readonly row: number;
  readonly rows: number;
  readonly element: number;
  readonly length: number;
}

function packRow(
  tiles: Numbers,
  column: ArrayLike<number>,
  { row, rows, element, length, first, count }: RowCopy,
): void {
  const last = first + count - 1;
  for (let tile = 0; tile * tilePoints < count; tile += 1) {
    const to = (tile * rows + row) * tilePoints;
    const from = first + tile * tilePoints;
    for (let lane = 0; lane < tilePoints; lane += 1) {
      const point = from + lane < last ? from + lane : last;
      tiles[to + lane] = column[point * length + element] ?? NaN;
    }
  }
}

/**
 * Copies points out of tiles.
 * @param columns row-major, `[points, lengths[k]]`
 */
export function unpackTiles(
  tiles: Numbers,
  columns: readonly Numbers[],
  lengths: readonly number[],
  { first, count }: PointRange,
): void {
  const rows = sumOf(lengths);
  let row = 0;
  columns.forEach((column, index) => {
    const length = lengths[index] ?? 1;
    for (let element = 0; element < length; element += 1) {
      unpackRow(tiles, column, { row, rows, element, length, first, count });
      row += 1;
    }
  });
}

function unpackRow(
  tiles: Numbers,
  column: Numbers,
  { row, rows, element, length, first, count }: RowCopy,
): void {
  for (let tile = 0; tile * tilePoints < count; tile += 1) {
    const from = (tile * rows + row) * tilePoints;
    const start = tile * tilePoints;
    const width = Math.min(tilePoints, count - start);
    for (let lane = 0; lane < width; lane += 1) {
      column[(first + start + lane) * length + element] = tiles[from + lane] ?? NaN;
    }
  }
}
