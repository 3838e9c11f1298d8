/** The curve of an annealing while it runs: the least count so far, over seconds. */
import type { FoundOrder } from '../protocol.ts';
import { joinMarks, type Mark, spreadLabels } from './curve-marks.ts';
import { formatCount, svg } from './elements.ts';

const [width, height] = [340, 170];
const [left, right, top, bottom] = [44, 104, 10, 24];

/** Draws it anew. */
export function drawCurve(
  host: HTMLElement,
  {
    found,
    now,
    seconds,
    marks,
  }: {
    readonly found: readonly FoundOrder[];
    readonly now: number;
    readonly seconds: number;
    readonly marks: readonly Mark[];
  },
): void {
  const joined = joinMarks(marks).toSorted((a, b) => b.count - a.count);
  const counts = [...found, ...joined].map(({ count }) => count);
  if (counts.length === 0) {
    host.replaceChildren();
    return;
  }
  const [low, high] = [Math.min(...counts), Math.max(...counts)];
  const room = Math.max(1, high - low);
  const x = (second: number): number =>
    left + (Math.min(second, seconds) / seconds) * (width - left - right);
  const y = (count: number): number => top + ((high - count) / room) * (height - top - bottom);
  const line = found
    .map(({ seconds: second, count }, index) =>
      index === 0
        ? `M${x(second).toFixed(1)} ${y(count).toFixed(1)}`
        : `H${x(second).toFixed(1)}V${y(count).toFixed(1)}`,
    )
    .join('');
  const places = spreadLabels(
    joined.map(({ count }) => y(count)),
    12,
    height - bottom,
  );
  const last = found.at(-1);
  const first = found[0];
  const spoken =
    first === undefined || last === undefined
      ? 'No order found yet.'
      : `Least count over time: from ${first.count} to ${last.count} in ${now.toFixed(1)} seconds.`;
  const lines = joined.flatMap(({ label, count }, index) => [
    svg('line', { class: 'mark', x1: left, x2: width - right, y1: y(count), y2: y(count) }),
    svg('text', { class: 'mark-label', x: width - right + 6, y: (places[index] ?? 0) + 3 }, label),
  ]);
  const ticks = [...new Set([high, low, ...(last === undefined ? [] : [last.count])])];
  host.replaceChildren(
    svg(
      'svg',
      { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': spoken },
      ...lines,
      ...ticks
        .filter((count, index) => index < 2 || Math.abs(y(count) - y(low)) > 12)
        .filter((count, index) => index < 2 || Math.abs(y(count) - y(high)) > 12)
        .map((count) =>
          svg(
            'text',
            { class: 'tick', x: left - 6, y: y(count) + 3, 'text-anchor': 'end' },
            formatCount(count),
          ),
        ),
      svg('text', { class: 'tick', x: left, y: height - 6 }, '0 s'),
      svg(
        'text',
        { class: 'tick', x: width - right, y: height - 6, 'text-anchor': 'end' },
        `${seconds} s`,
      ),
      ...(line === ''
        ? []
        : [
            svg('path', { class: 'found', d: `${line}H${x(now).toFixed(1)}` }),
            ...(last === undefined
              ? []
              : [svg('circle', { class: 'now', r: 3.5, cx: x(now), cy: y(last.count) })]),
          ]),
    ),
  );
}
