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

/** A smooth line along points: through the midpoints between them, bent towards the points. */
export function routedLine(points: readonly LayerPoint[], direction: Direction): string {
  const [first, ...others] = points;
  const last = others.at(-1);
  if (first === undefined || last === undefined) return '';
  const parts = [`M${text(onScreen(first, direction))}`];
  others.forEach((point, index) => {
    const next = others[index + 1];
    if (next === undefined) return;
    const middle: LayerPoint = [(point[0] + next[0]) / 2, (point[1] + next[1]) / 2];
    const end = index === others.length - 2 ? next : middle;
    parts.push(`Q${text(onScreen(point, direction))} ${text(onScreen(end, direction))}`);
  });
  if (others.length === 1) parts.push(`L${text(onScreen(last, direction))}`);
  return parts.join('');
}

/** A line that leaves one vertex along the layers and comes into another along them. */
export function directLine(from: LayerPoint, to: LayerPoint, direction: Direction): string {
  const start: LayerPoint = [from[0] + radius, from[1]];
  const end: LayerPoint = [to[0] - radius, to[1]];
  const bend = Math.max(12, 0.4 * Math.abs(end[0] - start[0]));
  const points: LayerPoint[] = [start, [start[0] + bend, start[1]], [end[0] - bend, end[1]], end];
  const [a, b, c, d] = points.map((point) => text(onScreen(point, direction)));
  return `M${a ?? ''}C${b ?? ''} ${c ?? ''} ${d ?? ''}`;
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
