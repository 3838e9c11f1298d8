/**
 * Lane code as instructions of one function. A value that is used once is computed on the stack
 * where it is used; one that is used again has a local, which is given back after its last use.
 */
import { at } from '../lanes/builder.ts';
import type { LaneBody, LaneStatement, LaneValue } from '../lanes/types.ts';
import type { FunctionEmitter } from './emitter.ts';
import { emptyBlockType, plain, vector } from './opcodes.ts';
import type { ModulePlaces } from './places.ts';
import { emitOperation, type LaneFormat, stackOrder } from './operations.ts';
import {
  type CallStatement,
  operandsOf,
  type SharedCallStatement,
  type PointStatement,
} from '../outline/statements.ts';

/** Operations nested deeper than this are cut by a local, so that recursion stays shallow. */
const deepestNesting = 64;

/** How often each value is used: as an operand, and as a result as often as it is one. */
export function countUses({
  types,
  statements,
  results,
}: Pick<LaneBody, 'types' | 'results'> & {
  readonly statements: readonly PointStatement[];
}): Int32Array {
  const uses = new Int32Array(types.length);
  const use = (value: LaneValue): void => {
    uses[value] = (uses[value] ?? 0) + 1;
  };
  for (const statement of statements) operandsOf(statement).forEach(use);
  results.forEach(use);
  return uses;
}

/** Emits statements of one body into one function. */
export class BodyEmitter {
  readonly #emitter: FunctionEmitter;
  readonly #format: LaneFormat;
  /** Uses that are still to come, by value. */
  readonly #uses: Int32Array;
  /** Whether what is emitted now runs under a condition, so that no local may be set for later. */
  #conditional = false;
  /** Values from elsewhere, which get a local at their first use if there is a second. */
  readonly #elsewhere = new Set<LaneValue>();
  /** How a value that has no local yet gets onto the stack. */
  readonly #make = new Map<LaneValue, () => void>();
  readonly #depths = new Map<LaneValue, number>();
  readonly #locals = new Map<LaneValue, number>();
  readonly #places: ModulePlaces;

  /**
   * @param uses how often each value is used by what is going to be emitted; counted down
   */
  constructor(
    emitter: FunctionEmitter,
    format: LaneFormat,
    uses: Int32Array,
    places: ModulePlaces,
  ) {
    this.#emitter = emitter;
    this.#format = format;
    this.#uses = uses;
    this.#places = places;
  }

  /** A value that is loaded from memory when it is first used; `make` puts it onto the stack. */
  loaded(value: LaneValue, make: () => void): void {
    this.#elsewhere.add(value);
    this.#make.set(value, make);
  }

  /** Values from elsewhere are loaded again at their next use. */
  forgetLoaded(): void {
    for (const value of this.#elsewhere) {
      const local = this.#locals.get(value);
      if (local !== undefined) this.#release(value, local);
    }
  }

  /** A parameter of the function, whose local is never given back. */
  parameter(value: LaneValue, local: number): void {
    this.#make.set(value, () => {
      this.#emitter.indexed(plain.localGet, local);
    });
  }

  /** One statement. A definition emits nothing before it is used, unless it is used twice. */
  statement(statement: PointStatement): void {
    switch (statement.kind) {
      case 'guarded':
        this.#guarded(statement);
        return;
      case 'call':
        this.#call(statement);
        return;
      case 'sharedCall':
        this.#sharedCall(statement);
        return;
      case 'define':
        this.#define(statement);
    }
  }

  #define({ value, operation }: Extract<LaneStatement, { kind: 'define' }>): void {
    const make = (): void => {
      for (const operand of stackOrder(operation)) this.get(operand);
      emitOperation(this.#emitter, this.#format, operation, this.#places);
    };
    const depth = operation.operands.reduce(
      (deepest, operand) => Math.max(deepest, this.#depths.get(operand) ?? 0),
      0,
    );
    this.#make.set(value, make);
    if (operation.op === 'realLiteral' || operation.op === 'integerLiteral') return;
    if ((this.#uses[value] ?? 0) > 1 || depth >= deepestNesting) this.#settle(value);
    else this.#depths.set(value, depth + 1);
  }

  /** Puts a value onto the stack: one of its uses. */
  get(value: LaneValue): void {
    const left = (this.#uses[value] ?? 0) - 1;
    this.#uses[value] = left;
    const local = this.#locals.get(value);
    if (local !== undefined) {
      this.#emitter.indexed(plain.localGet, local);
      if (left <= 0) this.#release(value, local);
      return;
    }
    const make = this.#make.get(value);
    if (make === undefined) throw new Error(`lane value ${value} is used before it exists`);
    make();
    if (left > 0 && !this.#conditional && this.#elsewhere.has(value)) {
      const kept = this.#emitter.takeVector();
      this.#locals.set(value, kept);
      this.#emitter.indexed(plain.localTee, kept);
    }
  }

  /** Computes a value into a local now, where it has none. */
  #settle(value: LaneValue): void {
    this.#make.get(value)?.();
    const local = this.#emitter.takeVector();
    this.#locals.set(value, local);
    this.#emitter.indexed(plain.localSet, local);
  }

  #release(value: LaneValue, local: number): void {
    this.#locals.delete(value);
    this.#emitter.giveBack(local);
  }

  #call({ callee, arguments: given, results }: CallStatement): void {
    const make = (): void => {
      for (const argument of given) this.get(argument);
      this.#emitter.indexed(plain.call, this.#places.callee(callee));
    };
    const [first] = results;
    if (first !== undefined && results.length === 1 && this.#uses[first] === 1) {
      this.#make.set(first, make);
      this.#depths.set(first, deepestNesting);
      return;
    }
    make();
    // The last result lies on top of the stack.
    for (const value of results.toReversed()) {
      const local = this.#emitter.takeVector();
      this.#emitter.indexed(plain.localSet, local);
      this.#locals.set(value, local);
    }
    for (const value of results) this.#releaseUnused(value);
  }

  #sharedCall({ callee, calls }: SharedCallStatement): void {
    const [head] = calls;
    head?.arguments.forEach((_, place) => {
      calls.forEach((call, lane) => {
        this.get(at(call.arguments, place));
        if (lane > 0) this.#emitter.shuffle(withLane(this.#format, lane));
      });
    });
    this.#emitter.indexed(plain.call, this.#places.callee(callee));
    // The last result lies on top of the stack.
    const packed = (head?.results ?? []).map(() => this.#emitter.takeVector()).toReversed();
    for (const local of packed) this.#emitter.indexed(plain.localSet, local);
    packed.toReversed().forEach((local, place) => {
      calls.forEach((call, lane) => {
        const value = at(call.results, place);
        if ((this.#uses[value] ?? 0) === 0) return;
        const own = this.#emitter.takeVector();
        this.#emitter.indexed(plain.localGet, local);
        this.#emitter.indexed(plain.localGet, local);
        this.#emitter.shuffle(splatLane(this.#format, lane));
        this.#emitter.indexed(plain.localSet, own);
        this.#locals.set(value, own);
      });
      this.#emitter.giveBack(local);
    });
  }

  #releaseUnused(value: LaneValue): void {
    const local = this.#locals.get(value);
    if (local !== undefined && (this.#uses[value] ?? 0) === 0) this.#release(value, local);
  }

  /** results = otherwise; if (any lane of condition) results = select(condition, routine(…)) */
  #guarded({
    condition,
    routine,
    arguments: given,
    results,
  }: Extract<LaneStatement, { kind: 'guarded' }>): void {
    const emitter = this.#emitter;
    const targets = results.map(({ value, otherwise }) => {
      this.get(otherwise);
      const local = emitter.takeVector();
      emitter.indexed(plain.localSet, local);
      this.#locals.set(value, local);
      return { value, local };
    });
    const mask = emitter.takeVector();
    this.get(condition);
    emitter.indexed(plain.localTee, mask);
    emitter.vector(vector.anyTrue);
    emitter.indexed(plain.if, emptyBlockType);
    this.#conditional = true;
    for (const argument of given) this.get(argument);
    this.#conditional = false;
    emitter.indexed(plain.call, this.#places.routine(routine));
    // The last result lies on top of the stack.
    for (const { local } of targets.toReversed()) {
      emitter.indexed(plain.localGet, local);
      emitter.indexed(plain.localGet, mask);
      emitter.vector(vector.bitselect);
      emitter.indexed(plain.localSet, local);
    }
    emitter.op(plain.end);
    emitter.giveBack(mask);
    for (const { value } of targets) this.#releaseUnused(value);
  }
}

/** Bytes of a vector's lanes, by lane, as a shuffle names them. */
const bytesOfLane = ({ bytes }: LaneFormat, lane: number): number[] =>
  Array.from({ length: bytes }, (_, byte) => lane * bytes + byte);

const lanesOf = ({ lanes }: LaneFormat): number[] =>
  Array.from({ length: lanes }, (_, lane) => lane);

/** The first vector with one lane of the second: bytes 16 to 31. */
function withLane(format: LaneFormat, lane: number): number[] {
  return lanesOf(format).flatMap((own) =>
    bytesOfLane(format, own).map((byte) => (own === lane ? 16 + byte : byte)),
  );
}

/** One lane of the first vector in every lane. */
function splatLane(format: LaneFormat, lane: number): number[] {
  return lanesOf(format).flatMap(() => bytesOfLane(format, lane));
}

/** A body as a function: parameters are its arguments, its results are left on the stack. */
export function emitFunction(
  emitter: FunctionEmitter,
  format: LaneFormat,
  lanes: LaneBody,
  places: ModulePlaces,
): void {
  const body = new BodyEmitter(emitter, format, countUses(lanes), places);
  lanes.arguments.forEach((_, index) => {
    // Arguments are the values 0, 1, …, by the definition of a body.
    body.parameter(index as LaneValue, index);
  });
  for (const statement of lanes.statements) body.statement(statement);
  for (const result of lanes.results) body.get(result);
}
