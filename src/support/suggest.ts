/** Suggestions for misspelt names, by Damerau's distance (insert, delete, replace, swap). */

/** Fewest edits that turn one word into the other; O(|a|·|b|). */
export function editDistance(a: string, b: string): number {
  let previous: number[] = [];
  let current = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const differs = a[row - 1] === b[column - 1] ? 0 : 1;
      let best = Math.min(
        (current[column] ?? Infinity) + 1,
        (next[column - 1] ?? Infinity) + 1,
        (current[column - 1] ?? Infinity) + differs,
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        best = Math.min(best, (previous[column - 2] ?? Infinity) + 1);
      }
      next.push(best);
    }
    previous = current;
    current = next;
  }
  return current[b.length] ?? 0;
}

/**
 * ` Did you mean "RoeFlux_1d"?` for the known name that is nearest, or an empty string where none
 * is near (more than a third of the letters differ).
 */
export function suggestion(name: string, known: Iterable<string>): string {
  let nearest: string | undefined;
  let distance = Infinity;
  for (const candidate of known) {
    const edits = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (edits < distance) {
      nearest = candidate;
      distance = edits;
    }
  }
  if (nearest === undefined || distance > Math.max(2, nearest.length / 3)) return '';
  return ` Did you mean "${nearest}"?`;
}
