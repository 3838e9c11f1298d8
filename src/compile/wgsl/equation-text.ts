/**
 * One equation as a kernel: an invocation computes elements of the result for one point, straight
 * from what primitives are as data (src/program/structure.ts). The kernel knows shapes, not places,
 * so equations that are alike share one.
 */
import type { Axis, Block } from '../../notation/block.ts';
import { sizeOf } from '../../notation/block.ts';
import { ProgramBuilder } from '../../program/builder.ts';
import { primitiveNamed } from '../../program/primitives.ts';
import { elementCount, sameShape } from '../../program/shapes.ts';
import { single } from '../../program/structure.ts';
import type { Equation, Literal, Operand, Shape } from '../../program/types.ts';
import { scalarType } from '../../program/values.ts';
import { type Place, placeOfAxes, placeOfBroadcast } from '../element-places.ts';
import { loopVariable, nested, placeText } from '../loop-text.ts';
import type { BindingName } from '../shader.ts';
import type { OutlinedProgram } from '../outline/statements.ts';
import { lowerWithCalls } from '../outline/outline.ts';
import { BodyText } from './body.ts';
import { fromBits, toBits } from './kernel-text.ts';
import { FunctionLibrary } from './library.ts';
import { realText } from './operations.ts';

/** How the code of an equation is made. */
export interface EquationOptions {
  readonly fused: boolean;
  readonly builtIns: boolean;
}

/** An operand as a kernel sees it. */
export interface KernelOperand {
  readonly shape: Shape;
  /** The buffer that it lies in; for a literal of one number, the literal. */
  readonly from: BindingName | Literal;
}

/** Lines for the elements of one result, and what they need. */
export interface EquationText {
  readonly lines: readonly string[];
  readonly functions: readonly string[];
  /** Arithmetic a point. */
  readonly operations: number;
}

/** The number `places[k]`: 0 is the result, 1, 2, … are the operands. */
const placeVariable = (k: number): string => `places[${k >> 2}][${k & 3}]`;

/** Writes one equation. */
export class EquationWriter {
  readonly #equation: Equation;
  readonly #operands: readonly KernelOperand[];
  readonly #result: BindingName;
  readonly #options: EquationOptions;

  constructor(
    equation: Equation,
    operands: readonly KernelOperand[],
    result: BindingName,
    options: EquationOptions,
  ) {
    this.#equation = equation;
    this.#operands = operands;
    this.#result = result;
    this.#options = options;
  }

  /** The lines between the entry point's braces. */
  text(): EquationText {
    const { shape } = this.#equation.type;
    const primitive = primitiveNamed(this.#equation.primitive);
    const made = primitive.class === 'structural' ? this.#structural() : this.#elementwise(shape);
    const count = elementCount(shape);
    const lines = [
      `for (var e = at.y; e < ${count}u; e += all.y) {`,
      ...made.lines.map((line) => `  ${line}`),
      '}',
    ];
    return { ...made, lines, operations: made.operations * count };
  }

  #read(k: number, place: Place, sizes: readonly number[]): string {
    const operand = this.#operands[k];
    if (operand === undefined) throw new Error(`operand ${k + 1} is missing`);
    const { from } = operand;
    if (typeof from === 'object') return realText(Math.fround(from.data[0] ?? 0));
    const at = placeText(place, sizes, placeVariable(k + 1));
    if (from === 'constants') return `constants[${at}]`;
    const bits = `${from}[tile][${at}][lane]`;
    return from === 'scratch' ? fromBits('real', bits) : bits;
  }

  #store(value: string): string {
    const target = `${this.#result}[tile][${placeVariable(0)} + e][lane]`;
    return `${target} = ${this.#result === 'scratch' ? toBits('real', value) : value};`;
  }

  #elementwise(shape: Shape): EquationText {
    const flat = this.#operands.every(
      (operand) => elementCount(operand.shape) === 1 || sameShape(operand.shape, shape),
    );
    const sizes = flat ? [elementCount(shape)] : shape;
    const indices = flat ? indexLines([[0, 'e']], sizes) : axisLines(shape, loopVariable);
    const program = this.#lowered();
    const library = new FunctionLibrary(program, this.#options.builtIns);
    const text = new BodyText(program.types, library.names);
    let argument = 0;
    const reads = this.#operands.flatMap(({ from, shape: own }, k) => {
      if (typeof from === 'object') return [];
      const place =
        flat && sameShape(own, shape)
          ? { constant: 0, strides: new Map([[0, 1]]) }
          : placeOfBroadcast(own, shape);
      return [`let v${argument++} = ${this.#read(k, place, sizes)};`];
    });
    const body = program.statements.flatMap((statement) => text.statement(statement));
    const [result] = program.results;
    if (result === undefined) throw new Error('an equation has a result');
    const lines = [...indices, ...reads, ...body, this.#store(text.text(result))];
    const operations = operationCount(program);
    return { lines, functions: library.textFor(lines), operations };
  }

  /** The primitive on its own, on numbers. */
  #lowered(): OutlinedProgram {
    const { primitive, parameters } = this.#equation;
    const builder = new ProgramBuilder(primitive);
    const operands = this.#operands.map(({ from }, k): Operand => {
      if (typeof from === 'object')
        return { kind: 'literal', shape: [], data: [from.data[0] ?? 0] };
      return builder.input(`x${k}`, scalarType);
    });
    builder.output('y', builder.emit(primitive, operands, parameters));
    return lowerWithCalls(
      builder.build(),
      { precision: 'f32', fused: this.#options.fused },
      this.#options.builtIns ? 0 : Infinity,
    );
  }

  #structural(): EquationText {
    const { primitive: name, parameters, type } = this.#equation;
    const primitive = primitiveNamed(name);
    if (primitive.class !== 'structural') throw new Error(`${name} is not structural`);
    const shapes = this.#operands.map(({ shape }) => shape);
    const structure = primitive.structure(shapes, parameters);
    const axes = axisLines(type.shape, axisVariable);
    switch (structure.kind) {
      case 'linear': {
        const sums = structure.blocks.flatMap((block, k) =>
          gather(block, [`s += ${this.#readBlock(k, block)};`]),
        );
        return finished(
          [...axes, 'var s = 0f;', ...sums, this.#store('s')],
          workOf(structure.blocks),
        );
      }
      case 'bilinear': {
        const { left, right, out, sizes } = structure;
        const word = (indices: readonly number[]): Place =>
          placeOfAxes(
            indices.map((index) => single(index)),
            indices.map((index) => sizes[index] ?? 1),
            sizes,
          );
        const term = `${this.#read(0, word(left), sizes)} * ${this.#read(1, word(right), sizes)}`;
        const given = indexLines(
          out.map((index, axis) => [index, axisVariable(axis)]),
          sizes,
        );
        const inner = sizes.flatMap((_, index) => (out.includes(index) ? [] : [index]));
        const sum = loops(inner, sizes, [`s += ${term};`]);
        const work = 2 * inner.reduce((product, index) => product * sizeOf(sizes, index), 1);
        return finished([...axes, ...given, 'var s = 0f;', ...sum, this.#store('s')], work);
      }
      case 'extreme': {
        const { block, choose } = structure;
        const first = realText(choose === 'max' ? -Infinity : Infinity);
        const step = `s = real_${choose}(s, ${this.#readBlock(0, block)});`;
        const lines = [...axes, `var s = ${first};`, ...gather(block, [step]), this.#store('s')];
        return finished(lines, workOf([block]));
      }
    }
  }

  #readBlock(k: number, block: Block): string {
    return this.#read(k, placeOfAxes(block.from, block.fromShape, block.sizes), block.sizes);
  }
}

const axisVariable = (axis: number): string => `a${axis}`;

/** Lines without functions but for helpers. */
function finished(lines: readonly string[], operations: number): EquationText {
  const library = new FunctionLibrary({ routines: [], functions: [] }, false);
  return { lines, functions: library.textFor(lines), operations };
}

/** `let a0 = e / 6u % 2u;` for every axis longer than 1: the position of element `e`. */
function axisLines(shape: Shape, name: (axis: number) => string): string[] {
  let stride = 1;
  const lines: string[] = [];
  for (const [axis, length] of [...shape.entries()].toReversed()) {
    const quotient = stride === 1 ? 'e' : `e / ${stride}u`;
    if (length !== 1) lines.unshift(`let ${name(axis)} = ${quotient} % ${length}u;`);
    stride *= length;
  }
  return lines;
}

/** Gives indices names; those of length 1 stand nowhere. */
function indexLines(
  indices: readonly (readonly [index: number, text: string])[],
  sizes: readonly number[],
): string[] {
  return indices
    .filter(([index]) => sizes[index] !== 1)
    .map(([index, text]) => `let ${loopVariable(index)} = ${text};`);
}

/** Loops over indices, outermost first. */
function loops(
  indices: readonly number[],
  sizes: readonly number[],
  body: readonly string[],
): string[] {
  return nested(
    indices,
    sizes,
    body,
    (k, size) => `for (var ${k} = 0u; ${k} < ${size}u; ${k}++) {`,
  );
}

/** `body` for all elements that a block joins to the element at the axes `a0, a1, …`; maybe none. */
function gather(block: Block, body: readonly string[]): string[] {
  const { sizes, to, toShape } = block;
  const known = new Set<number>();
  const lines: string[] = [];
  const conditions: string[] = [];
  const define = (index: number, text: string): void => {
    const name = loopVariable(index);
    if (known.has(index)) {
      if (sizes[index] !== 1) conditions.push(`${name} == ${text}`);
      return;
    }
    known.add(index);
    if (sizes[index] !== 1) lines.push(`let ${name} = ${text};`);
  };
  to.forEach((axis: Axis, k) => {
    const length = toShape[k] ?? 1;
    if (length === 1) {
      for (const { index } of axis) known.add(index);
      return;
    }
    const position = axisVariable(k);
    const [factor] = axis;
    if (factor !== undefined && axis.length === 1) {
      const { index, offset } = factor;
      const size = sizeOf(sizes, index);
      // Below the offset the difference wraps around and is large.
      const text = offset === 0 ? position : `${position} - ${offset}u`;
      if (size !== length) conditions.push(`${text} < ${size}u`);
      define(index, text);
      return;
    }
    // Factors that a reshape merged have no offsets.
    let stride = axis.reduce((product, { index }) => product * sizeOf(sizes, index), 1);
    if (stride !== length) conditions.push(`${position} < ${stride}u`);
    for (const { index } of axis) {
      stride /= sizeOf(sizes, index);
      define(index, `${position} / ${stride}u % ${sizeOf(sizes, index)}u`);
    }
  });
  const inner = sizes.flatMap((_, index) => (known.has(index) ? [] : [index]));
  const inside = loops(inner, sizes, body);
  const guarded =
    conditions.length === 0
      ? inside
      : [`if (${conditions.join(' && ')}) {`, ...inside.map((line) => `  ${line}`), '}'];
  return ['{', ...[...lines, ...guarded].map((line) => `  ${line}`), '}'];
}

/** Additions for one element, about: the indices that vanish, of all blocks. */
function workOf(blocks: readonly Block[]): number {
  return blocks.reduce((work, { sizes, to, toShape }) => {
    const kept = new Set(to.flat().map(({ index }) => index));
    const summed = sizes.reduce((size, each, index) => (kept.has(index) ? size : size * each), 1);
    const covered = to.flat().reduce((size, { index }) => size * (sizes[index] ?? 1), 1);
    return work + (summed > 1 ? (summed * covered) / Math.max(1, elementCount(toShape)) : 0);
  }, 0);
}

/** Operations of straight-line code: literals and routines for rare arguments left out. */
export function operationCount({ statements, functions }: OutlinedProgram): number {
  const own = (list: OutlinedProgram['statements']): number =>
    list.filter((each) => each.kind === 'define' && each.operation.operands.length > 0).length;
  return statements.reduce(
    (sum, statement) =>
      statement.kind === 'call' ? sum + own(functions[statement.callee]?.statements ?? []) : sum,
    own(statements),
  );
}
