/**
 * Index notation as text: `to|from|value`, three words between bars. A word lists the axes, one
 * letter each (a–z, then A–Z); a group `(ij)` is an axis that a reshape merged; `i+2` is an index
 * that starts two positions into its axis, and `i+0` one that begins with its axis but need not fill it
 * (a window: the head of a slice or concatenation). Spaces may stand between the parts. Sizes of indices are
 * not written: they follow from the shapes of the two vertices.
 */
import type { Shape } from '../program/types.ts';
import { UserError } from '../support/user-error.ts';
import { canonicalPartial } from './partial.ts';
import type { AxisIndex, Coefficient, ElementalPartial } from './types.ts';

const letters = 'ijklmnopqrstuvwxyzabcdefghIJKLMNOPQRSTUVWXYZABCDEFGH';

/** Shapes of the two vertices of an edge. */
export interface NotationEnds {
  /** Shape of the vertex the edge ends in. */
  readonly to: Shape;
  /** Shape of the vertex the edge begins at. */
  readonly from: Shape;
}

/** The notation of a partial, its indices named i, j, k, … by first appearance. */
export function printNotation(partial: ElementalPartial, ends: NotationEnds): string {
  const { to, from, value, sizes } = canonicalPartial(partial);
  const letter = (index: number): string => {
    const found = letters[index];
    if (found === undefined) throw new Error('a partial of more than 52 indices');
    return found;
  };
  const word = (axes: readonly (readonly AxisIndex[])[], shape: Shape): string =>
    axes
      .map((factors, place) => {
        const [first] = factors;
        if (factors.length !== 1 || first === undefined) {
          return `(${factors.map(({ index }) => letter(index)).join('')})`;
        }
        const window = first.offset !== 0 || sizes[first.index] !== shape[place];
        return window ? `${letter(first.index)}+${first.offset}` : letter(first.index);
      })
      .join('');
  return `${word(to, ends.to)}|${word(from, ends.from)}|${value.map(letter).join('')}`;
}

/** The number and the class that stand beside the notation. */
export interface NotationContext extends NotationEnds {
  /** The coefficient, given whether the value's word has indices. */
  readonly coefficient: (hasIndices: boolean) => Coefficient;
}

/** One factor as it is read: the letter and how far into the axis it starts. */
interface Factor {
  readonly letter: string;
  /** `undefined` where none is written: then the index fills its axis. */
  readonly offset: number | undefined;
}

/**
 * Reads notation against the shapes of the two vertices.
 *
 * An index has one size. Where it is alone on an axis without offset it has the axis's length;
 * where it stands with an offset (`+0` too) it has what the shapes allow: the least, over the axes it
 * is alone on, of length − offset (so `i|i+2|` on shapes [3] and [9] has size 3). Factors of a group multiply
 * to the length of the group's axis; one factor of a group may be known from nowhere else.
 * @throws UserError notation-syntax, notation-rank, notation-size, notation-value
 */
export function parseNotation(text: string, context: NotationContext): ElementalPartial {
  const words = text.split('|');
  if (words.length !== 3) {
    throw fault('syntax', text, 'has not three words between two bars; write it as "i|i|i"');
  }
  const [toWord = '', fromWord = '', valueWord = ''] = words;
  const to = parseAxes(text, toWord);
  const from = parseAxes(text, fromWord);
  requireRank(text, 'first', to, context.to);
  requireRank(text, 'second', from, context.from);

  const sizes = new Map<string, number>();
  const axes = [
    ...to.map((factors, index) => ({ factors, length: context.to[index] ?? 1 })),
    ...from.map((factors, index) => ({ factors, length: context.from[index] ?? 1 })),
  ];
  resolveSizes(text, axes, sizes);

  const numbers = new Map([...sizes.keys()].map((letter, index) => [letter, index]));
  const number = (letter: string): number => {
    const found = numbers.get(letter);
    if (found === undefined) throw new Error(`index ${letter} was not numbered`);
    return found;
  };
  const value = Array.from(valueWord.replaceAll(' ', '')).map((letter, index, all) => {
    if (!numbers.has(letter)) {
      throw fault(
        'value',
        text,
        `has the index ${JSON.stringify(letter)} in its third word only; a value depends on indices of the first two`,
      );
    }
    if (all.indexOf(letter) !== index) {
      throw fault('value', text, `repeats the index ${letter} in its third word; name it once`);
    }
    return number(letter);
  });
  const indexed = (factors: readonly Factor[]): readonly AxisIndex[] =>
    factors.map(({ letter, offset }) => ({ index: number(letter), offset: offset ?? 0 }));
  return canonicalPartial({
    to: to.map(indexed),
    from: from.map(indexed),
    value,
    sizes: [...sizes.values()],
    coefficient: context.coefficient(value.length > 0),
  });
}

function fault(kind: 'syntax' | 'rank' | 'size' | 'value', text: string, what: string): UserError {
  const shown = text.length > 60 ? `${text.slice(0, 57)}…` : text;
  return new UserError({
    code: `notation-${kind}`,
    message: `the notation ${JSON.stringify(shown)} ${what}`,
  });
}

function parseAxes(text: string, word: string): readonly (readonly Factor[])[] {
  const tokens = /\s*(?:([A-Za-z])(?:\s*\+\s*(\d{1,9}))?|([()]))\s*/y;
  const axes: Factor[][] = [];
  let group: Factor[] | undefined;
  while (tokens.lastIndex < word.length) {
    const start = tokens.lastIndex;
    const token = tokens.exec(word);
    if (token === null) {
      if (word.trim() === '') return [];
      const found = JSON.stringify(Array.from(word.slice(start).trimStart())[0] ?? '');
      throw fault('syntax', text, `has ${found} where a letter, "+2" or a group "(ij)" may stand`);
    }
    const [, letter, offset, bracket] = token;
    if (letter !== undefined) {
      const factor = { letter, offset: offset === undefined ? undefined : Number(offset) };
      if (group === undefined) axes.push([factor]);
      else group.push(factor);
    } else if (bracket === '(') {
      if (group !== undefined) throw fault('syntax', text, 'has a group in a group; write one');
      group = [];
    } else {
      if (group === undefined) throw fault('syntax', text, 'closes a group that is not open');
      axes.push(group);
      group = undefined;
    }
  }
  if (group !== undefined) throw fault('syntax', text, 'has a group without its ")"');
  for (const factors of axes) {
    if (factors.length > 1 && factors.some(({ offset }) => offset !== undefined)) {
      throw fault('syntax', text, 'has an offset in a group; windows of merged axes are not known');
    }
  }
  return axes;
}

function requireRank(
  text: string,
  which: 'first' | 'second',
  axes: readonly unknown[],
  shape: Shape,
): void {
  if (axes.length === shape.length) return;
  const end = which === 'first' ? 'to' : 'from';
  throw fault(
    'rank',
    text,
    `has ${axes.length} ${axes.length === 1 ? 'axis' : 'axes'} in its ${which} word, but the vertex ` +
      `it goes ${end} has shape [${shape.join(', ')}]; name one index an axis`,
  );
}

interface ReadAxis {
  readonly factors: readonly Factor[];
  readonly length: number;
}

/**
 * Fills `sizes` in order of first appearance. Indices alone on an axis first, then groups, as long
 * as one more factor becomes known.
 */
function resolveSizes(text: string, axes: readonly ReadAxis[], sizes: Map<string, number>): void {
  const single = new Map<string, ReadAxis[]>();
  for (const axis of axes) {
    for (const { letter } of axis.factors) sizes.set(letter, NaN);
    const [first] = axis.factors;
    if (axis.factors.length === 1 && first !== undefined) {
      single.set(first.letter, [...(single.get(first.letter) ?? []), axis]);
    }
  }
  for (const [letter, standing] of single) sizes.set(letter, sizeOfSingle(text, letter, standing));

  const groups = axes.filter(({ factors }) => factors.length !== 1);
  for (let progress = true; progress;) {
    progress = false;
    for (const { factors, length } of groups) {
      const unknown = [...new Set(factors.map(({ letter }) => letter))].filter((letter) =>
        Number.isNaN(sizes.get(letter)),
      );
      const [letter] = unknown;
      if (unknown.length !== 1 || letter === undefined) continue;
      const known = factors.filter((factor) => factor.letter !== letter);
      const rest =
        length / known.reduce((size, factor) => size * (sizes.get(factor.letter) ?? 1), 1);
      const size = factors.length - known.length === 1 ? rest : NaN;
      if (!Number.isSafeInteger(size)) {
        throw fault('size', text, `leaves no whole size for index ${letter}; mend the group`);
      }
      sizes.set(letter, size);
      progress = true;
    }
  }
  for (const { factors, length } of groups) {
    const product = factors.reduce((size, { letter }) => size * (sizes.get(letter) ?? NaN), 1);
    if (product !== length) {
      const what = Number.isNaN(product)
        ? `leaves the sizes in the group (${factors.map(({ letter }) => letter).join('')}) open; let each index but one stand alone somewhere`
        : `has a group of size ${product} on an axis of length ${length}; mend the group or the shape`;
      throw fault('size', text, what);
    }
  }
}

/** Size of an index from the axes on which it is alone. */
function sizeOfSingle(text: string, letter: string, standing: readonly ReadAxis[]): number {
  const offsets = standing.map(({ factors }) => factors[0]?.offset);
  const rooms = standing.map(({ length }, place) => length - (offsets[place] ?? 0));
  const size = Math.min(...rooms);
  const shifted = offsets.some((offset) => offset !== undefined);
  if (!shifted && rooms.some((room) => room !== size)) {
    const lengths = standing.map(({ length }) => length).join(' and ');
    throw fault(
      'size',
      text,
      `has the index ${letter} on axes of length ${lengths}; tie axes of one length, or give the window's offset`,
    );
  }
  if (shifted && size <= 0) {
    throw fault(
      'size',
      text,
      `starts the index ${letter} beyond the end of its axis; lessen the offset`,
    );
  }
  return size;
}
