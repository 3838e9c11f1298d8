/**
 * Places in flat arrays as text: sums of loop variables times strides. Loops over indices of length
 * 1 are not written, so their variables are 0 and stand nowhere.
 */
import { sizeOf } from '../notation/block.ts';
import type { Place } from './element-places.ts';

/** Name of the loop variable of an index. */
export const loopVariable = (index: number): string => `k${index}`;

/** The place as an expression, counted from the variable `start` if there is one. */
export function placeText(place: Place, sizes: readonly number[], start?: string): string {
  const { constant, strides } = place;
  const terms = [...strides]
    .filter(([index]) => sizes[index] !== 1)
    .sort(([a], [b]) => a - b)
    .map(([index, stride]) =>
      stride === 1 ? loopVariable(index) : `${stride} * ${loopVariable(index)}`,
    );
  const all = [...(start === undefined ? [] : [start]), ...terms];
  if (constant !== 0 || all.length === 0) all.push(String(constant));
  return all.join(' + ');
}

/** The head of a loop of JavaScript. */
const loopHead = (variable: string, size: number): string =>
  `for (let ${variable} = 0; ${variable} < ${size}; ${variable} += 1) {`;

/** The lines inside loops over these indices, outermost first; `head` writes one in another language. */
export function nested(
  indices: readonly number[],
  sizes: readonly number[],
  body: readonly string[],
  head = loopHead,
): string[] {
  return indices
    .filter((index) => sizes[index] !== 1)
    .reduceRight<string[]>(
      (lines, index) => [
        head(loopVariable(index), sizeOf(sizes, index)),
        ...lines.map((line) => `  ${line}`),
        '}',
      ],
      [...body],
    );
}
