/**
 * Code of the loops of one Program with axes, for a tile of points or for one point: a loop nest a
 * run, straight from what structural primitives are as data (src/program/structure.ts). Sums are in
 * the order of their indices, the last the fastest; where the engine fuses, sums of products are
 * chains of fused multiply-adds. Work: the index spaces of the equations.
 */
import type { Block } from '../../../notation/block.ts';
import { primitiveNamed } from '../../../program/primitives.ts';
import { elementCount } from '../../../program/shapes.ts';
import { single, type Structure } from '../../../program/structure.ts';
import type { Operand, Program } from '../../../program/types.ts';
import { reference, uniformNumber, valueId } from '../../../program/values.ts';
import { meet, type Place, placeOfAxes, placeOfBroadcast } from '../../element-places.ts';
import type { LaneValue } from '../../lanes/types.ts';
import { shapeOf } from '../../shapes.ts';
import type { Numbered } from '../../tensor-runs.ts';
import { BodyEmitter, countUses } from '../body.ts';
import type { FunctionEmitter } from '../emitter.ts';
import { plain } from '../opcodes.ts';
import { type LaneFormat, splatReal } from '../operations.ts';
import type { ModulePlaces } from '../places.ts';
import { StoresByValue } from '../../outline/stores.ts';
import { loadConstant, type PointAccess, vectorBytes } from './access.ts';
import type { ElementCode } from './element-code.ts';
import type { TensorMemory, TensorPlace } from './memory.ts';
import { coalesce, Counters, type NestArray, NestEmitter } from './nest.ts';

/** One step of the code: a run, or a copy of a value to an output. */
export type LoopStep =
  | {
      readonly kind: 'elements';
      readonly run: readonly Numbered[];
      readonly code: ElementCode;
      readonly places: ModulePlaces;
    }
  | { readonly kind: 'structural'; readonly equation: Numbered }
  | { readonly kind: 'copy'; readonly operand: Operand; readonly output: number };

/** What the code of all steps is about. */
export interface LoopContext {
  readonly program: Program;
  readonly memory: TensorMemory;
  readonly format: LaneFormat;
  readonly fused: boolean;
}

/** Parameters of every function of steps. */
const baseLocals = { inputs: 0, outputs: 1, own: undefined } as const;

/** Operations on an element, times vectors of a row, that are written out without a loop over the row. */
const writtenOut = 64;

/** A factor of a term: an element of a tensor, or a number. */
interface Factor {
  readonly operand: Operand;
  readonly place: Place;
}

/** Sums, extremes and moves: what is done with the terms of an element of the result. */
interface Reduction {
  /** Indices of the result; the others of `sizes` vanish. */
  readonly out: readonly number[];
  readonly sizes: readonly number[];
  readonly target: TensorPlace;
  readonly place: Place;
  /** One, or two that are multiplied. */
  readonly factors: readonly Factor[];
  readonly combine: 'sum' | 'max' | 'min';
  /** Whether the result is added to what is there. */
  readonly adds: boolean;
}

/** Emits steps into functions of (inputs, outputs). */
export class LoopEmitter {
  readonly #emitter: FunctionEmitter;
  readonly #counters: Counters;
  readonly #access: PointAccess;
  readonly #context: LoopContext;

  constructor(emitter: FunctionEmitter, access: PointAccess, context: LoopContext) {
    this.#emitter = emitter;
    this.#counters = new Counters(emitter);
    this.#access = access;
    this.#context = context;
  }

  /** The code of one step. */
  step(step: LoopStep): void {
    switch (step.kind) {
      case 'elements':
        this.#elements(step);
        return;
      case 'structural':
        this.#structural(step.equation);
        return;
      case 'copy':
        this.#copy(step);
    }
  }

  #array(at: TensorPlace, { constant, strides }: Place, indices: readonly number[]): NestArray {
    const isRows = at.kind === 'rows';
    const bytes = isRows ? this.#access.rowBytes : this.#context.format.bytes;
    return {
      base: isRows ? baseLocals[at.base] : undefined,
      offset: (isRows ? at.row * bytes : at.address) + constant * bytes,
      strides: indices.map((index) => (strides.get(index) ?? 0) * bytes),
    };
  }

  #load(at: TensorPlace, offset: number, lanes: number): void {
    if (at.kind === 'rows') this.#access.load(this.#emitter, offset + lanes * vectorBytes);
    else loadConstant(this.#emitter, this.#context.format, offset);
  }

  #elements({ run, code, places: called }: Extract<LoopStep, { kind: 'elements' }>): void {
    const { program, memory } = this.#context;
    const { lanes, operands, results } = code;
    const shape = run[0]?.equation.type.shape ?? [];
    const places = [...operands, ...results.map((id) => reference(valueId(id)))].map((operand) => ({
      at: memory.place(operand),
      place: placeOfBroadcast(shapeOf(program, operand), shape),
    }));
    const { vectors } = this.#access;
    const isWrittenOut = vectors === 1 || lanes.statements.length * vectors <= writtenOut;
    const axes = shape.map((_, axis) => axis);
    const { nest } = coalesce({
      turns: isWrittenOut ? shape : [...shape, vectors],
      arrays: places.map(({ at, place }) => {
        const array = this.#array(at, place, axes);
        const along = at.kind === 'rows' ? vectorBytes : 0;
        return isWrittenOut ? array : { ...array, strides: [...array.strides, along] };
      }),
    });
    this.#nest(nest, (loops) => {
      loops.loops(0, nest.turns.length, () => {
        for (let row = 0; row < (isWrittenOut ? vectors : 1); row += 1) {
          this.#element(code, called, (array) => places[array]?.at, loops, row);
        }
      });
    });
  }

  /** The code of one element on one vector of points. */
  #element(
    { lanes, operands, results }: ElementCode,
    called: ModulePlaces,
    placeOf: (array: number) => TensorPlace | undefined,
    loops: NestEmitter,
    row: number,
  ): void {
    const body = new BodyEmitter(this.#emitter, this.#context.format, countUses(lanes), called);
    operands.forEach((_, index) => {
      // Arguments are the values 0, 1, …, by the definition of a body.
      body.loaded(index as LaneValue, () => {
        const offset = loops.address(index);
        const at = placeOf(index);
        if (at !== undefined) this.#load(at, offset, row);
      });
    });
    const stores = new StoresByValue(
      lanes.results,
      results.map((_, index) => index),
    );
    const store = (value: LaneValue, index: number): void => {
      const offset = loops.address(operands.length + index);
      body.get(value);
      this.#access.store(this.#emitter, offset + row * vectorBytes);
    };
    for (const statement of lanes.statements) {
      body.statement(statement);
      for (const [value, index] of stores.madeBy(statement)) store(value, index);
    }
    for (const [value, index] of stores.rest()) store(value, index);
  }

  #structural({ id, equation }: Numbered): void {
    const { program, memory } = this.#context;
    const { operands, parameters, type } = equation;
    const primitive = primitiveNamed(equation.primitive);
    if (primitive.class !== 'structural') throw new Error(`${primitive.name} is not structural`);
    const structure = primitive.structure(
      operands.map((operand) => shapeOf(program, operand)),
      parameters,
    );
    const target = memory.place(reference(valueId(id)));
    if (structure.kind === 'linear') {
      this.#linear(structure.blocks, operands, target, elementCount(type.shape));
    } else this.#reduction({ ...reductionOf(structure, operands), target, adds: false });
  }

  /** Moves where every place is written once, sums where indices vanish or places meet. */
  #linear(
    blocks: readonly Block[],
    operands: readonly Operand[],
    target: TensorPlace,
    length: number,
  ): void {
    const writes = blocks.map((block) => ({
      out: [...new Set(block.to.flat().map(({ index }) => index))],
      place: placeOfAxes(block.to, block.toShape, block.sizes),
      sizes: block.sizes,
    }));
    const written = writes.reduce(
      (sum, { out, sizes }) => sum + elementCount(out.map((index) => sizes[index] ?? 1)),
      0,
    );
    const adds = writes.length > 1 && meet(writes);
    if (adds || written < length) this.#fill(target, length, 0);
    blocks.forEach((block, k) => {
      const [operand, write] = [operands[k], writes[k]];
      if (operand === undefined || write === undefined) throw new Error(`operand ${k} is missing`);
      const place = placeOfAxes(block.from, block.fromShape, block.sizes);
      this.#reduction({ ...write, target, factors: [{ operand, place }], combine: 'sum', adds });
    });
  }

  #reduction({ out, sizes, target, place, factors, combine, adds }: Reduction): void {
    const emitter = this.#emitter;
    const { memory, format } = this.#context;
    const { vectors } = this.#access;
    const inner = sizes.flatMap((_, index) => (out.includes(index) ? [] : [index]));
    const order = [...out, ...inner];
    const tensors = factors.map(({ operand, place: own }) => {
      return uniformNumber(operand) ?? { at: memory.place(operand), own };
    });
    const read = tensors.filter((tensor) => typeof tensor !== 'number');
    const { nest, split } = coalesce(
      {
        turns: order.map((index) => sizes[index] ?? 1),
        arrays: [
          this.#array(target, place, order),
          ...read.map(({ at, own }) => this.#array(at, own, order)),
        ],
      },
      out.length,
    );
    this.#nest(nest, (loops) => {
      const pushFactors = (row: number): void => {
        for (const tensor of tensors) {
          if (typeof tensor === 'number') emitter.constant(splatReal(format, tensor));
          else this.#load(tensor.at, loops.address(1 + read.indexOf(tensor)), row);
        }
      };
      const store = (row: number, push: () => void): void => {
        const offset = loops.address(0) + row * vectorBytes;
        if (adds) {
          loops.address(0);
          this.#access.load(emitter, offset);
        }
        push();
        if (adds) emitter.vector(format.real.add);
        this.#access.store(emitter, offset);
      };
      loops.loops(0, split, () => {
        if (split === nest.turns.length) {
          for (let row = 0; row < vectors; row += 1) {
            store(row, () => {
              pushFactors(row);
              if (tensors.length > 1) emitter.vector(format.real.mul);
            });
          }
          return;
        }
        const sums = Array.from({ length: vectors }, () => emitter.takeVector());
        const start = { sum: 0, max: -Infinity, min: Infinity }[combine];
        for (const sum of sums) {
          emitter.constant(splatReal(format, start));
          emitter.indexed(plain.localSet, sum);
        }
        loops.loops(split, nest.turns.length, () => {
          sums.forEach((sum, row) => {
            this.#accumulate(sum, combine, tensors.length, () => {
              pushFactors(row);
            });
          });
        });
        sums.forEach((sum, row) => {
          store(row, () => {
            emitter.indexed(plain.localGet, sum);
          });
          emitter.giveBack(sum);
        });
      });
    });
  }

  /** sum = sum + term, or the larger or smaller of the two. */
  #accumulate(sum: number, combine: Reduction['combine'], factors: number, push: () => void): void {
    const emitter = this.#emitter;
    const { format, fused } = this.#context;
    const { real } = format;
    if (factors > 1) {
      if (fused) {
        push();
        emitter.indexed(plain.localGet, sum);
        emitter.vector(real.relaxedMadd);
      } else {
        emitter.indexed(plain.localGet, sum);
        push();
        emitter.vector(real.mul);
        emitter.vector(real.add);
      }
    } else {
      emitter.indexed(plain.localGet, sum);
      push();
      emitter.vector({ sum: real.add, max: real.max, min: real.min }[combine]);
    }
    emitter.indexed(plain.localSet, sum);
  }

  #copy({ operand, output }: Extract<LoopStep, { kind: 'copy' }>): void {
    const { program, memory } = this.#context;
    const length = elementCount(shapeOf(program, operand));
    const target = memory.output(output);
    const number = uniformNumber(operand);
    if (number !== undefined) {
      this.#fill(target, length, number);
      return;
    }
    const place: Place = { constant: 0, strides: new Map([[0, 1]]) };
    const factors = [{ operand, place }];
    const sizes = [length];
    this.#reduction({ out: [0], sizes, target, place, factors, combine: 'sum', adds: false });
  }

  /** One number in all elements of a tensor. */
  #fill(target: TensorPlace, length: number, number: number): void {
    const array = this.#array(target, { constant: 0, strides: new Map([[0, 1]]) }, [0]);
    const { nest } = coalesce({ turns: [length], arrays: [array] });
    this.#nest(nest, (loops) => {
      loops.loops(0, nest.turns.length, () => {
        for (let row = 0; row < this.#access.vectors; row += 1) {
          const offset = loops.address(0) + row * vectorBytes;
          this.#emitter.constant(splatReal(this.#context.format, number));
          this.#access.store(this.#emitter, offset);
        }
      });
    });
  }

  #nest(
    nest: { readonly turns: readonly number[]; readonly arrays: readonly NestArray[] },
    body: (loops: NestEmitter) => void,
  ): void {
    const loops = new NestEmitter(this.#emitter, this.#counters, nest);
    body(loops);
    loops.finish();
  }
}

/** A product or an extreme as a reduction. */
function reductionOf(
  structure: Exclude<Structure, { kind: 'linear' }>,
  operands: readonly Operand[],
): Pick<Reduction, 'out' | 'sizes' | 'place' | 'factors' | 'combine'> {
  const [first, second] = operands;
  if (structure.kind === 'extreme') {
    const { block, choose } = structure;
    if (first === undefined) throw new Error('an extreme has an operand');
    const { from, fromShape, to, toShape, sizes } = block;
    return {
      out: to.flat().map(({ index }) => index),
      sizes,
      place: placeOfAxes(to, toShape, sizes),
      factors: [{ operand: first, place: placeOfAxes(from, fromShape, sizes) }],
      combine: choose,
    };
  }
  const { left, right, out, sizes } = structure;
  if (first === undefined || second === undefined) throw new Error('a product has two operands');
  const placeOf = (word: readonly number[]): Place =>
    placeOfAxes(
      word.map((index) => single(index)),
      word.map((index) => sizes[index] ?? 1),
      sizes,
    );
  return {
    out,
    sizes,
    place: placeOf(out),
    factors: [
      { operand: first, place: placeOf(left) },
      { operand: second, place: placeOf(right) },
    ],
    combine: 'sum',
  };
}
