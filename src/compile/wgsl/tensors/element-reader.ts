/**
 * The element of a value at a position, as a tree: a number in memory, a literal, a register of the
 * nest, or what the value's equation says of it, straight from what primitives are as data
 * (src/program/structure.ts). Sums and extremes are loops that stand before everything else.
 */
import type { Axis } from '../../../notation/block.ts';
import { single, type Structure } from '../../../program/structure.ts';
import type { Operand, Program, Shape, ValueId } from '../../../program/types.ts';
import { uniformNumber } from '../../../program/values.ts';
import { shapeOf } from '../../shapes.ts';
import type { PointWorkers } from '../../shader.ts';
import type { ShaderPrecision } from '../../target-description.ts';
import { fromBits, heldText, tileText } from '../kernel-text.ts';
import type { FunctionLibrary } from '../library.ts';
import { fromSingle, halfText, realText } from '../operations.ts';
import {
  around,
  indented,
  indicesAt,
  placeText,
  type Position,
  positionOf,
  type ResultAxes,
} from './block-indices.ts';
import { type Element, elementLines } from './element.ts';
import type { BufferPlace } from './places.ts';
import { structureOf } from './reads.ts';

/** What the nests of one kernel have in common. */
export interface KernelContext {
  readonly program: Program;
  readonly precision: ShaderPrecision;
  /** Who computes a point. */
  readonly workers: PointWorkers;
  /** Values that are computed where they are read. */
  readonly inlined: ReadonlySet<ValueId>;
  readonly library: FunctionLibrary;
  /** Whether `fma` is used. */
  readonly fused: boolean;
  /** Where a value or a literal tensor lies. */
  readonly placeOf: (operand: Operand) => BufferPlace;
  /** The first number of a place as text. */
  readonly startText: (place: BufferPlace) => string;
  /** A name that nothing else in the kernel has. */
  readonly fresh: () => string;
}

/** Lines that run equally often, and the elements that were found in them. */
export class Scope {
  readonly lines: string[] = [];
  readonly found = new Map<string, Element>();
  /** How often they run, a point. */
  readonly times: number;

  constructor(times: number) {
    this.times = times;
  }
}

/** A sum of products, or an extreme, as loops: what is added up for an element of the result. */
interface Terms extends ResultAxes {
  /** One, or two that are multiplied. */
  readonly factors: readonly { readonly operand: Operand; readonly axes: readonly Axis[] }[];
}

/** Finds the elements that one nest computes. */
export class ElementReader {
  readonly #context: KernelContext;
  /** Values of the nest: they are taken where they were made. */
  readonly #registers = new Map<ValueId, Element>();
  #operations = 0;

  constructor(context: KernelContext) {
    this.#context = context;
  }

  /** Arithmetic a point of all lines so far. */
  get operations(): number {
    return this.#operations;
  }

  /** Computes an element of a value of the nest, which is a register from then on. */
  make(id: ValueId, position: Position, scope: Scope): Element {
    const made = this.#compute(id, position, scope);
    this.#registers.set(id, made);
    return made;
  }

  /**
   * Adds lines to a scope that compute elements.
   * @returns the expressions that they are afterwards
   */
  lower(elements: readonly Element[], scope: Scope): readonly string[] {
    const { library, fused, precision } = this.#context;
    const { lines, texts, operations } = elementLines(elements, library, { fused, precision });
    scope.lines.push(...lines);
    this.#operations += operations * scope.times;
    return texts;
  }

  #read(operand: Operand, position: Position, scope: Scope): Element {
    const number = uniformNumber(operand);
    if (number !== undefined) return { kind: 'number', value: number };
    const id = operand.kind === 'value' ? operand.id : undefined;
    const register = id === undefined ? undefined : this.#registers.get(id);
    if (register !== undefined) return register;
    const { program, inlined, placeOf } = this.#context;
    const shape = shapeOf(program, operand);
    const name = id === undefined ? `${placeOf(operand).start} [${shape.join()}]` : `v${id}`;
    const key = `${name} at ${position.join()}`;
    const known = scope.found.get(key);
    if (known !== undefined) return known;
    const found: Element =
      id !== undefined && inlined.has(id)
        ? this.#compute(id, position, scope)
        : { kind: 'read', text: this.#inMemory(operand, shape, position) };
    scope.found.set(key, found);
    return found;
  }

  #inMemory(operand: Operand, shape: Shape, position: Position): string {
    const place = this.#context.placeOf(operand);
    const at = placeText(position, shape, this.#context.startText(place));
    const { precision, workers } = this.#context;
    if (place.binding === 'constants') return fromSingle(precision, `constants[${at}]`);
    if (place.binding === 'held') return heldText(at);
    const text = tileText(workers, place.binding, at);
    return place.binding === 'scratch' ? fromBits('real', text, precision) : text;
  }

  #compute(id: ValueId, position: Position, scope: Scope): Element {
    const { program } = this.#context;
    const equation = program.equations[id - program.inputs.length];
    if (equation === undefined) throw new Error(`value ${id} is no equation's`);
    const { operands, primitive, parameters } = equation;
    const shapes = operands.map((operand) => shapeOf(program, operand));
    const structure = structureOf(equation, shapes);
    if (structure === undefined) {
      const own = operands.map((operand, k) =>
        this.#read(operand, broadcastPosition(shapes[k] ?? [], position), scope),
      );
      return { kind: 'apply', primitive, parameters, operands: own };
    }
    const terms = termsOf(structure, operands);
    const [first] = terms;
    if (structure.kind !== 'extreme' && first !== undefined && terms.length === 1) {
      const indices = indicesAt(first, position, this.#context.fresh);
      if (indices.conditions.length === 0 && indices.summed.length === 0) {
        scope.lines.push(...indices.lines);
        return this.#product(first, indices, scope);
      }
    }
    return this.#accumulated(structure, terms, position, scope);
  }

  #product(
    { factors, sizes }: Terms,
    indices: Parameters<typeof positionOf>[1],
    scope: Scope,
  ): Element {
    const read = factors.map(({ operand, axes }) =>
      this.#read(operand, positionOf(axes, indices, sizes), scope),
    );
    const [only] = read;
    if (only !== undefined && read.length === 1) return only;
    return { kind: 'apply', primitive: 'mul', parameters: {}, operands: read };
  }

  #accumulated(
    structure: Structure,
    terms: readonly Terms[],
    position: Position,
    scope: Scope,
  ): Element {
    const { fresh } = this.#context;
    const primitive = structure.kind === 'extreme' ? structure.choose : 'add';
    const first = { add: 0, max: -Infinity, min: Infinity }[primitive];
    const name = fresh();
    const start = this.#context.precision === 'f16' ? halfText(first) : realText(first);
    scope.lines.push(`var ${name} = ${start};`);
    const soFar: Element = { kind: 'read', text: name };
    for (const each of terms) {
      const indices = indicesAt(each, position, fresh);
      const turns = indices.summed.reduce((all, index) => all * (each.sizes[index] ?? 1), 1);
      const inner = new Scope(scope.times * turns);
      const term = this.#product(each, indices, inner);
      const isAlone = terms.length === 1 && turns === 1;
      const next: Element = isAlone
        ? term
        : { kind: 'apply', primitive, parameters: {}, operands: [soFar, term] };
      const [text = ''] = this.lower([next], inner);
      const body = [...inner.lines, `${name} = ${text};`];
      scope.lines.push('{', ...indented(around(indices, each.sizes, body)), '}');
    }
    return { kind: 'read', text: name };
  }
}

/** The element of a tensor of shape `own` that broadcasting puts at a position. */
function broadcastPosition(own: Shape, position: Position): Position {
  const missing = position.length - own.length;
  return own.map((length, axis) => (length === 1 ? '0u' : (position[missing + axis] ?? '0u')));
}

function termsOf(structure: Structure, operands: readonly Operand[]): readonly Terms[] {
  const factor = (k: number, axes: readonly Axis[]): Terms['factors'][number] => {
    const operand = operands[k];
    if (operand === undefined) throw new Error(`operand ${k + 1} is missing`);
    return { operand, axes };
  };
  switch (structure.kind) {
    case 'linear':
      return structure.blocks.map((block, k) => ({ ...block, factors: [factor(k, block.from)] }));
    case 'extreme': {
      const { block } = structure;
      return [{ ...block, factors: [factor(0, block.from)] }];
    }
    case 'bilinear': {
      const { left, right, out, shape, sizes } = structure;
      const axesOf = (word: readonly number[]): Axis[] => word.map((index) => single(index));
      const factors = [factor(0, axesOf(left)), factor(1, axesOf(right))];
      return [{ to: axesOf(out), toShape: shape, sizes, factors }];
    }
  }
}
