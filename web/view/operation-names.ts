/** Operations as they stand in a vertex of the drawing, and as they are spoken. */

const signs: ReadonlyMap<string, readonly [sign: string, spoken: string]> = new Map([
  ['add', ['+', 'sum']],
  ['sub', ['−', 'difference']],
  ['mul', ['×', 'product']],
  ['div', ['÷', 'quotient']],
  ['neg', ['−', 'negation']],
  ['sqrt', ['√', 'square root']],
  ['cbrt', ['∛', 'cube root']],
  ['sigmoid', ['σ', 'sigmoid']],
  ['dot', ['·', 'matrix product']],
  ['sum', ['Σ', 'sum over axes']],
  ['broadcast', ['⇉', 'broadcast']],
  ['transpose', ['ᵀ', 'transposition']],
  ['reshape', ['⇄', 'reshape']],
  ['slice', ['[ ]', 'slice']],
  ['concatenate', ['‖', 'concatenation']],
  ['convert', ['=', 'copy']],
  ['stopGradient', ['|', 'stopped gradient']],
]);

/** Names that are too long for a vertex. */
const shortNames: ReadonlyMap<string, string> = new Map([
  ['integerPow', 'pow'],
  ['reduceMax', 'max'],
  ['reduceMin', 'min'],
]);

/** What stands in a vertex: a sign, or the operation's name where it is short. */
export function operationSign(operation: string | undefined): string {
  if (operation === undefined) return '';
  return signs.get(operation)?.[0] ?? shortNames.get(operation) ?? operation;
}

/** A word or two: what a sign means, or the name that is shown. */
export function spokenOperation(operation: string | undefined): string {
  if (operation === undefined) return '';
  return signs.get(operation)?.[1] ?? operationSign(operation);
}
