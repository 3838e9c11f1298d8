/** Row-major arrays into tiles of points, and back (the layout of src/compile/shader.ts). */

/** Tiles that hold so many points. */
export function tilesFor(points: number, tilePoints: number): number {
  return Math.ceil(points / tilePoints);
}

/** Points `first` … of row-major arrays. */
export interface PointRange {
  readonly first: number;
  readonly count: number;
}

/** How numbers lie in tiles. */
export interface TileLayout {
  /** Elements a point of each array. */
  readonly lengths: readonly number[];
  /** Points of a tile. */
  readonly tilePoints: number;
}

/**
 * Packs points of all arrays. The last tile is filled up with its last point, so that what is computed
 * there takes no slow way that no point of the batch takes.
 * @param tiles where to, `[tiles, numbers of a point, points of a tile]`
 */
export function packTiles(
  columns: readonly ArrayLike<number>[],
  { lengths, tilePoints }: TileLayout,
  { first, count }: PointRange,
  tiles: Float32Array,
): void {
  const total = lengths.reduce((sum, length) => sum + length, 0);
  let row = 0;
  columns.forEach((column, index) => {
    const length = lengths[index] ?? 1;
    for (let element = 0; element < length; element += 1, row += 1) {
      const end = tilesFor(count, tilePoints) * tilePoints;
      for (let point = 0; point < end; point += 1) {
        const tile = Math.floor(point / tilePoints);
        const from = first + Math.min(point, count - 1);
        const to = (tile * total + row) * tilePoints + (point % tilePoints);
        tiles[to] = column[from * length + element] ?? NaN;
      }
    }
  });
}

/** Unpacks points to their places in arrays that hold the whole batch. */
export function unpackTiles(
  tiles: Float32Array,
  { lengths, tilePoints }: TileLayout,
  { first, count }: PointRange,
  columns: readonly Float32Array[],
): void {
  const total = lengths.reduce((sum, length) => sum + length, 0);
  let row = 0;
  columns.forEach((column, index) => {
    const length = lengths[index] ?? 1;
    for (let element = 0; element < length; element += 1, row += 1) {
      for (let point = 0; point < count; point += 1) {
        const tile = Math.floor(point / tilePoints);
        const from = (tile * total + row) * tilePoints + (point % tilePoints);
        column[(first + point) * length + element] = tiles[from] ?? NaN;
      }
    }
  });
}
