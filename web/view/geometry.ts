/** Lines of the drawing: in layers from the inputs to the outputs, whichever way that runs. */

/** Whether the inputs are at the left, or at the top. */
export type Direction = 'rightwards' | 'downwards';

/** A point by its distance from the inputs, and beside that. */
export type LayerPoint = readonly [along: number, across: number];

/** Radius of a vertex. */
export const radius = 11;

/** A point on the screen. */
export function onScreen([along, across]: LayerPoint, direction: Direction): readonly number[] {
  return direction === 'rightwards' ? [along, across] : [across, along];
}

const text = (point: readonly number[]): string => point.map((x) => x.toFixed(1)).join(' ');

/**
 * A smooth line along points in ascending layers, which leaves and reaches each of them along the
 * layers; shortened at both ends by a vertex.
 */
export function smoothLine(points: readonly LayerPoint[], direction: Direction): string {
  const trimmed = points.map(([along, across], index): LayerPoint => {
    if (index === 0) return [along + radius, across];
    return index === points.length - 1 ? [along - radius, across] : [along, across];
  });
  const [first, ...others] = trimmed;
  if (first === undefined) return '';
  let from = first;
  const parts = others.map((to) => {
    const middle = (from[0] + to[0]) / 2;
    const bends: LayerPoint[] = [[middle, from[1]], [middle, to[1]], to];
    from = to;
    return `C${bends.map((point) => text(onScreen(point, direction))).join(' ')}`;
  });
  return `M${text(onScreen(first, direction))}${parts.join('')}`;
}

/** A way on the screen. */
export type Arrow = 'left' | 'right' | 'up' | 'down';

const ways: Readonly<Record<Arrow, readonly [x: number, y: number]>> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};

/**
 * The nearest of some points in a direction, ways aside counting double; none where nothing lies
 * there.
 * @returns its index
 */
export function neighbourOn(
  points: readonly (readonly number[])[],
  from: number,
  arrow: Arrow,
): number | undefined {
  const [x = 0, y = 0] = points[from] ?? [];
  const [wayX, wayY] = ways[arrow];
  let nearest: number | undefined;
  let least = Infinity;
  points.forEach(([otherX = 0, otherY = 0], index) => {
    const [dx, dy] = [otherX - x, otherY - y];
    const ahead = dx * wayX + dy * wayY;
    const aside = Math.abs(dx * wayY) + Math.abs(dy * wayX);
    // What lies more aside than ahead is another way's.
    if (index === from || ahead <= 0 || aside > 3 * ahead) return;
    const distance = ahead + 2 * aside;
    if (distance >= least) return;
    least = distance;
    nearest = index;
  });
  return nearest;
}
