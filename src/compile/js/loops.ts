/**
 * JavaScript from a Program with axes: for each point of the batch, one loop nest an equation over
 * typed arrays, straight from what structural primitives are as data (src/program/structure.ts).
 * Consecutive element-wise equations of one shape share a loop, and a value that only they use is
 * never stored. Sums run in the interpreter's order, so results are equal to the last bit but for
 * the sign of zeros. Work and memory: the index spaces of the equations; linear in their number.
 */
import type { Block } from '../../notation/block.ts';
import { primitiveNamed } from '../../program/primitives.ts';
import { elementCount, printShape, sameShape } from '../../program/shapes.ts';
import { single, type Structure } from '../../program/structure.ts';
import { reference, uniformNumber, valueId } from '../../program/values.ts';
import type { Operand, Program, Shape } from '../../program/types.ts';
import { meet, type Place, placeOfAxes, placeOfBroadcast } from '../element-places.ts';
import { shapeOf } from '../shapes.ts';
import { type Numbered, runsOf, storedValues } from '../tensor-runs.ts';
import { nested, placeText } from '../loop-text.ts';
import { Places } from './places.ts';
import { numberText } from './text.ts';

/** Code in two parts. */
export interface LoopCode {
  /** Declarations that stand outside of all functions. */
  readonly declarations: readonly string[];
  /** Functions of parts of the Program, each small enough for an engine to compile it soon. */
  readonly functions: readonly (readonly string[])[];
  /** The body of the loop over points: a call of each. */
  readonly calls: readonly string[];
}

/** Characters of code in one function: engines compile large functions late or never. */
const partLength = 6000;

/** Writes loops for one Program. */
class LoopWriter {
  readonly #program: Program;
  readonly #places: Places;
  readonly #stored: ReadonlySet<number>;

  constructor(program: Program, places: Places, stored: ReadonlySet<number>) {
    this.#program = program;
    this.#places = places;
    this.#stored = stored;
  }

  run(run: readonly Numbered[]): string[] {
    const [head] = run;
    if (head === undefined) return [];
    const { shape } = head.equation.type;
    const names = run.map(({ id, equation }) => `v${id} = ${equation.primitive}`);
    const primitive = primitiveNamed(head.equation.primitive);
    if (primitive.class !== 'structural') {
      return [`// ${printShape(shape)}: ${names.join(', ')}`, ...this.#elementwise(run, shape)];
    }
    const shapes = head.equation.operands.map((operand) => shapeOf(this.#program, operand));
    const structure = primitive.structure(shapes, head.equation.parameters);
    return [`// ${printShape(shape)}: ${names.join(', ')}`, ...this.#structural(head, structure)];
  }

  /** One flat loop where every operand has the shape of the run, else one loop an axis. */
  #elementwise(run: readonly Numbered[], shape: Shape): string[] {
    const flat = run.every(({ equation }) =>
      equation.operands.every((operand) => {
        const own = shapeOf(this.#program, operand);
        return elementCount(own) === 1 || sameShape(own, shape);
      }),
    );
    const sizes = flat ? [elementCount(shape)] : shape;
    const axes = sizes.map((_, axis) => axis);
    return nested(axes, sizes, this.#elements(run, sizes, shape));
  }

  /** The statements for one element of each. */
  #elements(run: readonly Numbered[], sizes: readonly number[], shape: Shape): string[] {
    const made = new Map<number, string>();
    return run.flatMap(({ id, equation: { primitive, operands, parameters } }) => {
      const entry = primitiveNamed(primitive);
      if (entry.class === 'structural') throw new Error(`${primitive} is not element-wise`);
      const texts = operands.map((operand) => {
        const local = operand.kind === 'value' ? made.get(operand.id) : undefined;
        return local ?? this.#places.element(operand, this.#own(operand, sizes, shape), sizes);
      });
      const text = entry.javascript(texts, parameters);
      const name = `e${id}`;
      made.set(id, name);
      const lines = [`const ${name} = ${text};`];
      if (this.#stored.has(id)) {
        const place = this.#own(referenceTo(id), sizes, shape);
        lines.push(`${this.#target(id, place, sizes)} = ${name};`);
      }
      return lines;
    });
  }

  #own(operand: Operand, sizes: readonly number[], shape: Shape): Place {
    const own = shapeOf(this.#program, operand);
    if (sizes.length === 1 && sameShape(own, shape)) {
      return { constant: 0, strides: new Map([[0, 1]]) };
    }
    return placeOfBroadcast(own, shape);
  }

  #structural({ id, equation: { operands } }: Numbered, structure: Structure): string[] {
    switch (structure.kind) {
      case 'linear':
        return this.#linear(id, operands, structure.blocks);
      case 'bilinear': {
        const { left, right, out, sizes } = structure;
        const [a, b] = operands;
        if (a === undefined || b === undefined) throw new Error('a product has two operands');
        const place = (word: readonly number[]): Place =>
          placeOfAxes(
            word.map((index) => single(index)),
            word.map((index) => sizes[index] ?? 1),
            sizes,
          );
        const factors = [
          this.#places.element(a, place(left), sizes),
          this.#places.element(b, place(right), sizes),
        ];
        return this.#reduction(id, { out, place: place(out), sizes, term: factors.join(' * ') });
      }
      case 'extreme': {
        const { block, choose } = structure;
        const out = block.to.flat().map(({ index }) => index);
        const [operand] = operands;
        if (operand === undefined) throw new Error('an extreme has one operand');
        return this.#reduction(id, {
          out,
          place: placeOfAxes(block.to, block.toShape, block.sizes),
          sizes: block.sizes,
          term: this.#read(operand, block),
          choose,
        });
      }
    }
  }

  /** Moves where every place is written once, sums where indices vanish or places meet. */
  #linear(id: number, operands: readonly Operand[], blocks: readonly Block[]): string[] {
    const writes = blocks.map((block) => {
      const out = [...new Set(block.to.flat().map(({ index }) => index))];
      const place = placeOfAxes(block.to, block.toShape, block.sizes);
      return { block, out, place };
    });
    const lines: string[] = [];
    const adds =
      blocks.length > 1 &&
      meet(writes.map(({ out, place, block }) => ({ out, place, sizes: block.sizes })));
    if (adds) {
      const { name, start } = this.#places.array(referenceTo(id));
      const length = elementCount(shapeOf(this.#program, referenceTo(id)));
      lines.push(
        start === undefined
          ? `${name}.fill(0);`
          : `${name}.fill(0, ${start}, ${start} + ${length});`,
      );
    }
    writes.forEach(({ block, out, place }, k) => {
      const operand = operands[k];
      if (operand === undefined) throw new Error(`operand ${k + 1} is missing`);
      const term = this.#read(operand, block);
      lines.push(...this.#reduction(id, { out, place, sizes: block.sizes, term, adds }));
    });
    return lines;
  }

  #read(operand: Operand, block: Block): string {
    const place = placeOfAxes(block.from, block.fromShape, block.sizes);
    return this.#places.element(operand, place, block.sizes);
  }

  /**
   * Loops over the indices of the result around those that vanish. Places that are never written
   * are 0: buffers and results start so.
   */
  #reduction(
    id: number,
    {
      out,
      place,
      sizes,
      term,
      choose,
      adds = false,
    }: {
      readonly out: readonly number[];
      readonly place: Place;
      readonly sizes: readonly number[];
      readonly term: string;
      readonly choose?: 'max' | 'min';
      readonly adds?: boolean;
    },
  ): string[] {
    const inner = sizes.flatMap((_, index) => (out.includes(index) ? [] : [index]));
    const assign = (value: string): string =>
      `${this.#target(id, place, sizes)} ${adds ? '+=' : '='} ${value};`;
    if (inner.every((index) => sizes[index] === 1)) {
      return nested(out, sizes, [assign(term)]);
    }
    const [start, step] =
      choose === undefined
        ? ['0', `s += ${term};`]
        : [choose === 'max' ? '-Infinity' : 'Infinity', `s = Math.${choose}(s, ${term});`];
    const body = [`let s = ${start};`, ...nested(inner, sizes, [step]), assign('s')];
    // A block of its own, where no loop makes one.
    const loops = nested(out, sizes, body);
    return loops.length > body.length ? loops : ['{', ...body.map((line) => `  ${line}`), '}'];
  }

  #target(id: number, place: Place, sizes: readonly number[]): string {
    const { name, start } = this.#places.array(referenceTo(id));
    return `${name}[${placeText(place, sizes, start)}]`;
  }
}

const referenceTo = (id: number): Operand => reference(valueId(id));

/** Arrays of the batch and the point's places in them, in the order of first use. */
function parametersOf(lines: readonly string[]): string[] {
  const code = lines.filter((line) => !line.trimStart().startsWith('//'));
  return [...new Set(code.flatMap((line) => line.match(/\b[xyop]\d+\b/g) ?? []))];
}

/** Code for a Program, as it is. */
export function loopCode(program: Program): LoopCode {
  const runs = runsOf(program);
  const stored = storedValues(program, runs);
  const places = new Places(program, (id) => stored.has(id));
  const writer = new LoopWriter(program, places, stored);
  const blocks = [
    ...runs.map((run) => writer.run(run)),
    ...program.outputs.map(({ operand }, index) => copyOf(program, places, operand, index)),
  ];
  const parts: string[][] = [];
  let length = Infinity;
  for (const block of blocks) {
    const own = block.reduce((sum, line) => sum + line.length, 0);
    if (own === 0) continue;
    if (length + own > partLength) {
      parts.push([]);
      length = 0;
    }
    parts.at(-1)?.push(...block);
    length += own;
  }
  const named = parts.map((lines, index) => ({
    head: `part${index}(${parametersOf(lines).join(', ')})`,
    lines,
  }));
  return {
    declarations: places.declarations,
    functions: named.map(({ head, lines }) => [
      `function ${head} {`,
      ...lines.map((line) => `  ${line}`),
      '}',
    ]),
    calls: named.map(({ head }) => `${head};`),
  };
}

/** Lines that put an output into its result; none where it is computed there. */
function copyOf(program: Program, places: Places, operand: Operand, output: number): string[] {
  const shape = shapeOf(program, operand);
  const length = elementCount(shape);
  const [y, p] = [`y${output}`, `p${output}`];
  if (operand.kind === 'literal') {
    const number = uniformNumber(operand);
    // Results start as zeros.
    if (Object.is(number, 0)) return [];
    if (number !== undefined) {
      return [`${y}.fill(${numberText(number)}, ${p}, ${p} + ${length});`];
    }
    return [`${y}.set(${places.array(operand).name}, ${p});`];
  }
  const { name, start } = places.array(operand);
  if (name === y) return [];
  const from = start === undefined ? 'k' : `${start} + k`;
  return [`for (let k = 0; k < ${length}; k += 1) ${y}[${p} + k] = ${name}[${from}];`];
}
