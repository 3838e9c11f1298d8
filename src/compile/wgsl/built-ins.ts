/**
 * WGSL's own elementary functions, for those who ask for them. Their accuracy is the driver's affair:
 * the standard allows sin and cos an absolute error of 2^-11 in [−π, π] and anything outside, and
 * exp, log, pow a few to many last places. Functions that are not in this list stay lowered.
 */
const names: Readonly<Record<string, string>> = {
  sin: 'sin',
  cos: 'cos',
  tan: 'tan',
  exp: 'exp',
  log: 'log',
  log2: 'log2',
  asin: 'asin',
  acos: 'acos',
  atan: 'atan',
  sinh: 'sinh',
  cosh: 'cosh',
  tanh: 'tanh',
  asinh: 'asinh',
  acosh: 'acosh',
  atanh: 'atanh',
  atan2: 'atan2',
  pow: 'pow',
};

/** The built-in for each of these primitives; `undefined` where one of them has none. */
export function builtInsFor(primitives: readonly string[]): readonly string[] | undefined {
  const found = primitives.map((primitive) => names[primitive]);
  return found.every((name) => name !== undefined) ? found : undefined;
}
