/** The layout of tiles, written down as its formula. */

/** Where number `row` of `rows` of a point lies. */
export function placeInTiles(rows: number, row: number, point: number): number {
  return (Math.floor(point / 16) * rows + row) * 16 + (point % 16);
}
