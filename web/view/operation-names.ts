/** Operations as they stand in a vertex of the drawing, and as they are spoken. */

const signs: ReadonlyMap<string, readonly [sign: string, spoken: string]> = new Map([
  ['add', ['+', 'sum']],
  ['sub', ['−', 'difference']],
  ['mul', ['×', 'product']],
  ['div', ['÷', 'quotient']],
  ['neg', ['−x', 'negation']],
  ['integerPow', ['xⁿ', 'power']],
  ['pow', ['xʸ', 'power']],
  ['sqrt', ['√', 'square root']],
  ['cbrt', ['∛', 'cube root']],
  ['exp', ['exp', 'exponential']],
  ['log', ['log', 'logarithm']],
  ['abs', ['|x|', 'absolute value']],
  ['sin', ['sin', 'sine']],
  ['cos', ['cos', 'cosine']],
  ['tan', ['tan', 'tangent']],
  ['atan2', ['atn', 'angle of a vector']],
  ['sigmoid', ['σ', 'sigmoid']],
  ['erf', ['erf', 'error function']],
  ['dot', ['A·B', 'matrix product']],
  ['sum', ['Σ', 'sum over axes']],
  ['reduceMax', ['max', 'maximum over axes']],
  ['reduceMin', ['min', 'minimum over axes']],
  ['broadcast', ['⇉', 'broadcast']],
  ['transpose', ['Aᵀ', 'transposition']],
  ['reshape', ['⇄', 'reshape']],
  ['slice', ['[ ]', 'slice']],
  ['concatenate', ['‖', 'concatenation']],
  ['convert', ['=', 'copy']],
  ['stopGradient', ['|', 'stopped gradient']],
]);

/** At most four characters. */
export function operationSign(operation: string | undefined): string {
  if (operation === undefined) return '';
  return signs.get(operation)?.[0] ?? operation.replaceAll(/[^a-z0-9]/gi, '').slice(0, 3);
}

/** A word or two; a sign that has letters is part of them, for those who name what they see. */
export function spokenOperation(operation: string | undefined): string {
  if (operation === undefined) return '';
  const [sign, spoken] = signs.get(operation) ?? ['', operation.replaceAll('_', ' ')];
  const isRead = /[a-z]/i.test(sign) && !spoken.startsWith(sign);
  return isRead ? `${spoken} ${sign}` : spoken;
}
