/**
 * Tiles: number `row` of point p (all arrays' elements counted in a row) lies at
 * ((⌊p/16⌋ · rows) + row) · 16 + p mod 16.
 */

/** Points of a tile. 8 or 16 are best; rows of 64 and more begin to compete for cache lines. */
export const tilePoints = 16;

/** How many tiles hold so many points. */
export function tilesFor(points: number): number {
  return Math.ceil(points / tilePoints);
}
