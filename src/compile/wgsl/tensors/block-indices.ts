/**
 * From a position in a result to the indices of what is joined to it: indices that the position gives,
 * conditions where there may be nothing, and indices that are summed over.
 */
import { type Axis, sizeOf } from '../../../notation/block.ts';
import type { Shape } from '../../../program/types.ts';

/** Where an element lies: a WGSL expression for each axis of its tensor, fit to stand in a product. */
export type Position = readonly string[];

/** The result's side of a block or a product. */
export interface ResultAxes {
  readonly to: readonly Axis[];
  readonly toShape: Shape;
  /** Length of each index. */
  readonly sizes: readonly number[];
}

/** The row-major place of a position, counted from `start`, as text. */
export function placeText(position: Position, shape: Shape, start: string): string {
  let stride = 1;
  const terms: string[] = [];
  for (const [axis, length] of [...shape.entries()].toReversed()) {
    const text = position[axis] ?? '0u';
    if (length !== 1 && text !== '0u') terms.unshift(stride === 1 ? text : `${stride}u * ${text}`);
    stride *= length;
  }
  const all = start === '0u' && terms.length > 0 ? terms : [start, ...terms];
  return all.join(' + ');
}

/** Indices longer than 1 that stand on no axis of the result. */
export function summedIndices({ sizes, to }: Pick<ResultAxes, 'sizes' | 'to'>): number[] {
  const kept = new Set(to.flat().map(({ index }) => index));
  return sizes.flatMap((size, index) => (size === 1 || kept.has(index) ? [] : [index]));
}

/** Whether some elements of the result are joined to nothing. */
export function isGuarded({ to, toShape, sizes }: ResultAxes): boolean {
  const seen = new Set<number>();
  return to.some((axis, k) => {
    const length = toShape[k] ?? 1;
    if (length === 1) return false;
    const covered = axis.reduce((product, { index }) => product * sizeOf(sizes, index), 1);
    return axis.some(({ index, offset }) => {
      const isTied = sizes[index] !== 1 && seen.has(index);
      seen.add(index);
      return offset !== 0 || covered !== length || isTied;
    });
  });
}

/** Indices, seen from a position in the result. */
export interface Indices {
  /** Definitions that stand before everything else. */
  readonly lines: readonly string[];
  /** What has to hold where there is something. */
  readonly conditions: readonly string[];
  /** Index → text; those that are summed over have the name of their loop's variable. */
  readonly names: ReadonlyMap<number, string>;
  readonly summed: readonly number[];
}

/** @param fresh gives names that nothing else has */
export function indicesAt(result: ResultAxes, position: Position, fresh: () => string): Indices {
  const { sizes, to, toShape } = result;
  const names = new Map<number, string>();
  const lines: string[] = [];
  const conditions: string[] = [];
  const define = (index: number, text: string): void => {
    if (sizes[index] === 1) return;
    const known = names.get(index);
    if (known !== undefined) {
      conditions.push(`${known} == ${text}`);
    } else if (isWord(text)) {
      names.set(index, text);
    } else {
      const name = fresh();
      lines.push(`let ${name} = ${text};`);
      names.set(index, name);
    }
  };
  to.forEach((axis, k) => {
    const length = toShape[k] ?? 1;
    if (length === 1) return;
    const at = position[k] ?? '0u';
    const [factor] = axis;
    if (factor !== undefined && axis.length === 1) {
      const { index, offset } = factor;
      const size = sizeOf(sizes, index);
      // Below the offset the difference wraps around and is large.
      const text = offset === 0 ? at : `${at} - ${offset}u`;
      if (size !== length) conditions.push(`${text} < ${size}u`);
      define(index, text);
      return;
    }
    // Factors that a reshape merged have no offsets.
    let stride = axis.reduce((product, { index }) => product * sizeOf(sizes, index), 1);
    if (stride !== length) conditions.push(`${at} < ${stride}u`);
    for (const { index } of axis) {
      stride /= sizeOf(sizes, index);
      const quotient = stride === 1 ? at : `${at} / ${stride}u`;
      define(index, `${quotient} % ${sizeOf(sizes, index)}u`);
    }
  });
  const summed = summedIndices(result);
  for (const index of summed) names.set(index, fresh());
  return { lines, conditions, names, summed };
}

/** The position that axes point at, by the texts of their indices. */
export function positionOf(
  axes: readonly Axis[],
  { names }: Pick<Indices, 'names'>,
  sizes: readonly number[],
): Position {
  return axes.map((axis) => {
    let stride = 1;
    let constant = 0;
    const terms: string[] = [];
    for (const { index, offset } of axis.toReversed()) {
      constant += offset * stride;
      const size = sizeOf(sizes, index);
      const name = names.get(index);
      if (size !== 1 && name !== undefined) {
        terms.unshift(stride === 1 ? name : `${stride}u * ${name}`);
      }
      stride *= size;
    }
    if (constant !== 0 || terms.length === 0) terms.push(`${constant}u`);
    const text = terms.join(' + ');
    return isWord(text) ? text : `(${text})`;
  });
}

/** Lines inside loops over the indices that are summed over, and inside the conditions. */
export function around(
  { lines, conditions, names, summed }: Indices,
  sizes: readonly number[],
  body: readonly string[],
): string[] {
  const looped = summed.reduceRight<readonly string[]>((inner, index) => {
    const name = names.get(index) ?? '';
    const head = `for (var ${name} = 0u; ${name} < ${sizeOf(sizes, index)}u; ${name}++) {`;
    return [head, ...indented(inner), '}'];
  }, body);
  if (conditions.length === 0) return [...lines, ...looped];
  return [...lines, `if (${conditions.join(' && ')}) {`, ...indented(looped), '}'];
}

/** Lines one level further in. */
export function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

const isWord = (text: string): boolean => /^\w+$/.test(text);
