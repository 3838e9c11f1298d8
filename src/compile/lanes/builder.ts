/**
 * The one maker of lane code. Operations are shared by what they are (hash-consing), so that two
 * functions of the same argument share its reduction; what has literal operands only is computed
 * at once; what no result needs is left out at the end. Nothing else is simplified: a lowered
 * function runs as it was written.
 */
import { evaluateOperation, type LaneNumber } from './evaluate.ts';
import { formatOf, roundTo, type RealFormat } from './format.ts';
import { OperationTable } from './operation-table.ts';
import { operandType, resultType } from './operation-types.ts';
import { withoutUnused } from './unused.ts';
import type {
  CompareName,
  GuardedResult,
  IntegerBinaryName,
  IntegerCompareName,
  LaneBody,
  LaneDefinition,
  LaneOperation,
  LaneOptions,
  LaneRoutine,
  LaneStatement,
  LaneTable,
  LaneType,
  LaneValue,
  RealBinaryName,
  RealUnaryName,
  ShiftName,
} from './types.ts';

/** The routines of a program under construction, by name. */
export class RoutineTable {
  readonly routines: LaneRoutine[] = [];
  readonly #places = new Map<string, number>();

  /** The place of a routine, made if it is not there yet. */
  place(name: string, make: () => LaneRoutine): number {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    const routine = make();
    this.routines.push(routine);
    this.#places.set(name, this.routines.length - 1);
    return this.routines.length - 1;
  }
}

/** Builds the code of one body: arguments first, then operations; `finish` makes it. */
export class LaneBuilder implements LaneOptions {
  readonly precision;
  readonly fused;
  /** The number format of the lanes. */
  readonly format: RealFormat;
  readonly #arguments: LaneType[] = [];
  readonly #types: LaneType[] = [];
  readonly #statements: LaneStatement[] = [];
  readonly #known = new OperationTable();
  readonly #choices = new Map<LaneValue, Extract<LaneOperation, { op: 'select' }>>();
  readonly #guards = new Map<string, readonly LaneValue[]>();
  readonly #masks = new Map<LaneNumber, LaneValue>();
  /** Values known now: literals, and masks that folding has decided. */
  readonly #constants = new Map<LaneValue, LaneNumber>();
  readonly #routines: RoutineTable | undefined;

  /** Guarded routines go into `routines`; without it guards become selections, as in a routine. */
  constructor(options: LaneOptions, routines?: RoutineTable) {
    this.precision = options.precision;
    this.fused = options.fused;
    this.format = formatOf(this.precision);
    this.#routines = routines;
  }

  #newValue(type: LaneType): LaneValue {
    this.#types.push(type);
    // The brand is given here, to the next free number.
    return (this.#types.length - 1) as LaneValue;
  }

  /** The type of a value. */
  typeOf(value: LaneValue): LaneType {
    const type = this.#types[value];
    if (type === undefined) throw new Error(`there is no lane value ${value}`);
    return type;
  }

  /** A new argument; before all operations. */
  argument(type: LaneType = 'real'): LaneValue {
    if (this.#types.length > this.#arguments.length) throw new Error('arguments come first');
    this.#arguments.push(type);
    return this.#newValue(type);
  }

  /** The number that a value is, if that is known now. */
  literalOf(value: LaneValue): LaneNumber | undefined {
    return this.#constants.get(value);
  }

  /** Emits an operation, or finds the value that it has already. */
  emit(operation: LaneOperation): LaneValue {
    this.#check(operation);
    const folded = this.#folded(operation);
    if (folded !== undefined) return folded;
    const found = this.#known.find(operation);
    if (found !== undefined) return found;
    const [, second] = operation.operands;
    const value = this.#newValue(
      resultType(operation.op, second === undefined ? 'real' : this.typeOf(second)),
    );
    this.#statements.push({ kind: 'define', value, operation });
    this.#known.add(operation, value);
    if (operation.op === 'select') this.#choices.set(value, operation);
    if (operation.op === 'realLiteral' || operation.op === 'integerLiteral') {
      this.#constants.set(value, operation.value);
    }
    return value;
  }

  /** The value of an operation that is decided by what is known of its operands. */
  #folded(operation: LaneOperation): LaneValue | undefined {
    const operands: readonly LaneValue[] = operation.operands;
    // Most operations have no operand that is known.
    if (!operands.some((operand) => this.#constants.has(operand))) return undefined;
    const constants = operands.map((operand) => this.#constants.get(operand));
    if (operation.op === 'select' && constants[0] !== undefined) {
      return operation.operands[constants[0] === true ? 1 : 2];
    }
    const known = constants.filter((constant) => constant !== undefined);
    if (known.length === constants.length) {
      return this.#constant(evaluateOperation(this.precision, operation, known));
    }
    if (operation.op !== 'maskAnd' && operation.op !== 'maskOr') return undefined;
    // One of the two is known: it decides, or the other one does.
    const place = constants[0] === undefined ? 1 : 0;
    const isNeutral = constants[place] === (operation.op === 'maskAnd');
    return operation.operands[isNeutral ? 1 - place : place];
  }

  #check(operation: LaneOperation): void {
    const { op } = operation;
    const operands: readonly LaneValue[] = operation.operands;
    const wanted = operandType(op);
    const right =
      wanted === undefined
        ? this.#isChoice(operands)
        : operands.every((operand) => this.typeOf(operand) === wanted);
    if (!right) throw new Error(`${op} of ${operands.map((each) => this.typeOf(each)).join(', ')}`);
    if (!this.fused && (op === 'fma' || op === 'fnma')) {
      throw new Error(`${op} where the engine does not fuse`);
    }
  }

  /** Whether operands are a mask and two numbers of one type. */
  #isChoice(operands: readonly LaneValue[]): boolean {
    const [mask, a, b] = operands.map((operand) => this.typeOf(operand));
    return mask === 'mask' && a === b && a !== 'mask';
  }

  #constant(value: LaneNumber): LaneValue {
    if (typeof value === 'number') return this.real(value);
    if (typeof value === 'bigint') return this.integer(value);
    const found = this.#masks.get(value);
    if (found !== undefined) return found;
    // A decided mask has no statement: every operation that takes it is folded.
    const mask = this.#newValue('mask');
    this.#masks.set(value, mask);
    this.#constants.set(mask, value);
    return mask;
  }

  /** A real number, rounded to the precision. */
  real(value: number): LaneValue {
    return this.emit({
      op: 'realLiteral',
      operands: [],
      value: roundTo(this.precision, value),
    });
  }

  /** An integer, wrapped around to the width. */
  integer(value: bigint): LaneValue {
    return this.emit({
      op: 'integerLiteral',
      operands: [],
      value: BigInt.asIntN(this.format.width, value),
    });
  }

  /** real → real. */
  unary(op: RealUnaryName, x: LaneValue): LaneValue {
    return this.emit({ op, operands: [x] });
  }

  /** real, real → real. */
  binary(op: RealBinaryName, x: LaneValue, y: LaneValue): LaneValue {
    return this.emit({ op, operands: [x, y] });
  }

  /** real, real → mask. */
  compare(op: CompareName, x: LaneValue, y: LaneValue): LaneValue {
    return this.emit({ op, operands: [x, y] });
  }

  /** integer, integer → integer. */
  integers(op: IntegerBinaryName, x: LaneValue, y: LaneValue): LaneValue {
    return this.emit({ op, operands: [x, y] });
  }

  /** integer, integer → mask. */
  compareIntegers(op: IntegerCompareName, x: LaneValue, y: LaneValue): LaneValue {
    return this.emit({ op, operands: [x, y] });
  }

  /** integer → integer. */
  shift(op: ShiftName, x: LaneValue, amount: number): LaneValue {
    return this.emit({ op, operands: [x], amount });
  }

  /** −x */
  neg(x: LaneValue): LaneValue {
    return this.unary('neg', x);
  }
  /** |x| */
  abs(x: LaneValue): LaneValue {
    return this.unary('abs', x);
  }
  /** √x */
  sqrt(x: LaneValue): LaneValue {
    return this.unary('sqrt', x);
  }
  /** x + y */
  add(x: LaneValue, y: LaneValue): LaneValue {
    return this.binary('add', x, y);
  }
  /** x − y */
  sub(x: LaneValue, y: LaneValue): LaneValue {
    return this.binary('sub', x, y);
  }
  /** x·y */
  mul(x: LaneValue, y: LaneValue): LaneValue {
    return this.binary('mul', x, y);
  }
  /** x / y */
  div(x: LaneValue, y: LaneValue): LaneValue {
    return this.binary('div', x, y);
  }
  /** |x| with the sign of y. */
  copysign(x: LaneValue, y: LaneValue): LaneValue {
    return this.binary('copysign', x, y);
  }

  /** x·y + z, rounded once where the engine fuses and twice where it does not. */
  multiplyAdd(x: LaneValue, y: LaneValue, z: LaneValue): LaneValue {
    return this.fused ? this.emit({ op: 'fma', operands: [x, y, z] }) : this.add(this.mul(x, y), z);
  }

  /** z − x·y, rounded once where the engine fuses and twice where it does not. */
  multiplySubtract(x: LaneValue, y: LaneValue, z: LaneValue): LaneValue {
    return this.fused
      ? this.emit({ op: 'fnma', operands: [x, y, z] })
      : this.sub(z, this.mul(x, y));
  }

  /** a where the mask is true, else b. */
  select(mask: LaneValue, a: LaneValue, b: LaneValue): LaneValue {
    return a === b ? a : this.emit({ op: 'select', operands: [mask, a, b] });
  }

  /** The mask m of a value that is select(m, 1, 0); `undefined` for others. */
  maskOfChoice(x: LaneValue): LaneValue | undefined {
    const choice = this.#choices.get(x);
    if (choice === undefined) return undefined;
    const [mask, a, b] = choice.operands;
    const isChoice = this.#constants.get(a) === 1 && this.#constants.get(b) === 0;
    return isChoice ? mask : undefined;
  }

  /** Both masks. */
  and(x: LaneValue, y: LaneValue): LaneValue {
    return this.emit({ op: 'maskAnd', operands: [x, y] });
  }
  /** Either mask. */
  or(x: LaneValue, y: LaneValue): LaneValue {
    return this.emit({ op: 'maskOr', operands: [x, y] });
  }
  /** The mask's opposite. */
  not(x: LaneValue): LaneValue {
    return this.emit({ op: 'maskNot', operands: [x] });
  }

  /** The bits of a real. */
  bitsOf(x: LaneValue): LaneValue {
    return this.emit({ op: 'bitsOf', operands: [x] });
  }
  /** The real of these bits. */
  realOf(n: LaneValue): LaneValue {
    return this.emit({ op: 'realOf', operands: [n] });
  }
  /** A small integral real as an integer (types.ts says how small). */
  toInteger(x: LaneValue): LaneValue {
    return this.emit({ op: 'toInteger', operands: [x] });
  }
  /** The real in a row of a table. */
  lookUp(table: LaneTable, column: number, row: LaneValue): LaneValue {
    return this.emit({ op: 'lookUp', operands: [row], table, column });
  }
  /** A small integer as a real. */
  toReal(n: LaneValue): LaneValue {
    return this.emit({ op: 'toReal', operands: [n] });
  }

  /**
   * What a routine makes of the arguments where the condition holds, else `otherwise`.
   * @param name of the routine; everywhere the same for the same code
   * @param body the routine's code; uses nothing but its own builder and arguments
   */
  guarded(
    condition: LaneValue,
    name: string,
    args: readonly LaneValue[],
    otherwise: readonly LaneValue[],
    body: (builder: LaneBuilder, args: readonly LaneValue[]) => readonly LaneValue[],
  ): readonly LaneValue[] {
    const decided = this.#constants.get(condition);
    if (decided === false) return otherwise;
    if (decided === true || this.#routines === undefined) {
      const results = body(this, args);
      return otherwise.map((value, k) => this.select(condition, at(results, k), value));
    }
    const routine = this.#routines.place(name, () => {
      const inner = new LaneBuilder(this);
      const own = args.map((argument) => inner.argument(this.typeOf(argument)));
      return { name, ...inner.finishRoutine(body(inner, own)) };
    });
    const key = [condition, routine, ...args, ';', ...otherwise].join(' ');
    const found = this.#guards.get(key);
    if (found !== undefined) return found;
    const results = otherwise.map((value): GuardedResult => {
      return { value: this.#newValue(this.typeOf(value)), otherwise: value };
    });
    this.#statements.push({ kind: 'guarded', condition, routine, arguments: args, results });
    const values = results.map(({ value }) => value);
    this.#guards.set(key, values);
    return values;
  }

  /** The body so far, without what the results do not need. */
  finish(results: readonly LaneValue[]): LaneBody {
    const body = {
      arguments: this.#arguments,
      types: this.#types,
      statements: this.#statements,
      results,
    };
    return withoutUnused(body);
  }

  /** The same for a routine, which has no guarded statements. */
  finishRoutine(results: readonly LaneValue[]): LaneBody<LaneDefinition> {
    const body = this.finish(results);
    const statements = body.statements.flatMap((statement) => {
      if (statement.kind === 'guarded') throw new Error('a routine has a guarded statement');
      return [statement];
    });
    return { ...body, statements };
  }
}

/**
 * The element at a place.
 * @throws Error where there is none
 */
export function at<T>(list: readonly T[], place: number): T {
  const element = list[place];
  if (element === undefined) throw new Error(`element ${place} of ${list.length} is missing`);
  return element;
}
