/** Numbers and names as JavaScript text. */

/**
 * A number that reads back bit for bit; negative ones in parentheses, so that the text is safe as
 * an operand anywhere.
 */
export function numberText(value: number): string {
  if (Object.is(value, -0)) return '(-0)';
  if (value < 0) return `(${String(value)})`;
  // NaN and Infinity print as the names of the globals, which the generated code never shadows.
  return String(value);
}

/**
 * A string literal that stays on one line and is safe inside a line comment too: U+2028 and U+2029
 * end a line in JavaScript, but JSON leaves them as they are.
 */
export function stringText(value: string): string {
  return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
