/** Numbers as people read them. */

/** 1,234,567. */
export function withCommas(value: number): string {
  return value.toLocaleString('en-US');
}

/** 0.05, 1.2, 37, 4,312: seconds with two or three significant digits. */
export function shortSeconds(seconds: number): string {
  if (seconds < 0.995) return seconds.toFixed(2);
  return seconds < 9.95 ? seconds.toFixed(1) : withCommas(Math.round(seconds));
}
