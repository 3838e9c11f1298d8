/** A learning curve as text: columns of block characters, each the mean of some games one after the other. */

/** Columns of a height in eighths, from nothing to a whole block. */
const blocks = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** Means of at most `columns` parts of equal length, but for the last one. */
function means(values: readonly number[], columns: number): readonly number[] {
  const length = Math.max(1, Math.ceil(values.length / columns));
  return Array.from({ length: Math.ceil(values.length / length) }, (_, column) => {
    const part = values.slice(column * length, (column + 1) * length);
    return part.reduce((sum, one) => sum + one, 0) / part.length;
  });
}

/**
 * Draws values as columns; the lowest mean is an eighth high, the highest as high as there are rows.
 * The first line begins with the highest mean, the last one with the lowest.
 * @param values one after the other
 * @param size of the drawing
 * @param size.columns at most so many, labels not among them
 * @param size.rows exactly so many
 * @returns the lines, the highest first; none where there are no values
 */
export function drawCurve(
  values: readonly number[],
  { columns, rows }: { readonly columns: number; readonly rows: number },
): readonly string[] {
  if (values.length === 0) return [];
  const heights = means(values, columns);
  const [low, high] = [Math.min(...heights), Math.max(...heights)];
  const eighths = heights.map((height) =>
    high === low ? 1 : 1 + Math.round(((8 * rows - 1) * (height - low)) / (high - low)),
  );
  const labels = [high.toFixed(1), low.toFixed(1)];
  const width = Math.max(...labels.map((label) => label.length));
  return Array.from({ length: rows }, (_, line) => {
    const below = 8 * (rows - 1 - line);
    const label = line === 0 ? labels[0] : line === rows - 1 ? labels[1] : '';
    const row = eighths.map((all) => blocks[Math.min(8, Math.max(0, all - below))] ?? '').join('');
    return `${(label ?? '').padStart(width)} │${row}`.trimEnd();
  });
}
