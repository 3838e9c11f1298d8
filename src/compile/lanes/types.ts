/**
 * The lane representation: straight-line code on one lane of a vector, in static single assignment.
 * What a Program's primitives are lowered into, elementary functions included, and what every
 * generator of vector code (WebAssembly, WGSL) reads. A generator is one switch over `op`.
 *
 * - One lane holds a `real` (IEEE 754, f64 or f32), an `integer` just as wide (two's complement, wraps
 *   around) or a `mask` (true or false). There is no other width, and no memory but tables of constants.
 * - Every real operation is rounded once, to nearest, ties to even; a generator must not reassociate,
 *   contract or flush subnormal numbers. `fma` occurs in programs made for an engine that fuses only
 *   (`fused`), and then it has to be exact: double-word arithmetic rests on it.
 * - Lanes do not see each other. The one thing that depends on neighbours is cost: a `guarded`
 *   statement runs its routine only if some lane needs it (rare arguments: a sine of 1e300, the
 *   logarithm of a subnormal number), and every lane's result is the same whether it runs or not.
 */

/** Width of a lane: 64 or 32 bits, reals and integers alike. */
export type Precision = 'f32' | 'f64';

/** What a lane holds. */
export type LaneType = 'real' | 'integer' | 'mask';

declare const laneValueBrand: unique symbol;

/** Number of a value in its function: arguments first, then in the order of definition. */
export type LaneValue = number & { readonly [laneValueBrand]: 'LaneValue' };

/**
 * real → real. `floor`, `ceil`, `trunc` and `nearest` (ties to even) round to integers and keep the
 * sign of zero; `neg` and `abs` touch the sign bit only, of NaN too.
 */
export type RealUnaryName = 'neg' | 'abs' | 'sqrt' | 'floor' | 'ceil' | 'trunc' | 'nearest';

/**
 * real, real → real. `min` and `max` are those of JavaScript: NaN if one is, −0 below +0.
 * `pseudoMin(x, y)` is y < x ? y : x and `pseudoMax(x, y)` is x < y ? y : x, to the bit (WebAssembly's
 * pmin and pmax, one instruction): x where either is NaN. `copysign(x, y)` is |x| with y's sign bit.
 */
export type RealBinaryName =
  'add' | 'sub' | 'mul' | 'div' | 'min' | 'max' | 'pseudoMin' | 'pseudoMax' | 'copysign';

/** real, real, real → real, rounded once: `fma` is x·y + z, `fnma` is z − x·y. */
export type FusedName = 'fma' | 'fnma';

/** real, real → mask; all but `ne` are false where either is NaN. */
export type CompareName = 'lt' | 'le' | 'gt' | 'ge' | 'eq' | 'ne';

/** integer, integer → integer. */
export type IntegerBinaryName =
  'integerAdd' | 'integerSub' | 'integerAnd' | 'integerOr' | 'integerXor';

/** integer → integer by a number of bits that all lanes share, 0 < amount < width. */
export type ShiftName = 'shiftLeft' | 'shiftRightLogical' | 'shiftRightArithmetic';

/** integer, integer → mask; signed. */
export type IntegerCompareName = 'integerLt' | 'integerEq';

/** Constants that lanes look up by row and column. Its name is unique; all rows are of one length. */
export interface LaneTable {
  readonly name: string;
  readonly rows: readonly (readonly number[])[];
}

/** One operation of the representation. */
export type LaneOperation =
  | { readonly op: 'realLiteral'; readonly operands: readonly []; readonly value: number }
  /** `value` in the signed range of the width. */
  | { readonly op: 'integerLiteral'; readonly operands: readonly []; readonly value: bigint }
  | { readonly op: RealUnaryName; readonly operands: readonly [LaneValue] }
  | { readonly op: RealBinaryName; readonly operands: readonly [LaneValue, LaneValue] }
  | { readonly op: FusedName; readonly operands: readonly [LaneValue, LaneValue, LaneValue] }
  | { readonly op: CompareName; readonly operands: readonly [LaneValue, LaneValue] }
  | { readonly op: IntegerBinaryName; readonly operands: readonly [LaneValue, LaneValue] }
  | { readonly op: ShiftName; readonly operands: readonly [LaneValue]; readonly amount: number }
  | { readonly op: IntegerCompareName; readonly operands: readonly [LaneValue, LaneValue] }
  | { readonly op: 'maskAnd' | 'maskOr'; readonly operands: readonly [LaneValue, LaneValue] }
  | { readonly op: 'maskNot'; readonly operands: readonly [LaneValue] }
  /** mask, a, b → a where the mask is true, else b; a and b are both real or both integer. */
  | { readonly op: 'select'; readonly operands: readonly [LaneValue, LaneValue, LaneValue] }
  /** The bits of a real as an integer, and back. */
  | { readonly op: 'bitsOf' | 'realOf'; readonly operands: readonly [LaneValue] }
  /**
   * A real that is an integer of at most 2^51 (f64) or 2^22 (f32) in size, as an integer. Whatever
   * else comes in, anything may come out (no trap): a program never lets that be seen.
   */
  | { readonly op: 'toInteger'; readonly operands: readonly [LaneValue] }
  /** An integer of the same range as a real; whatever else comes in, anything may come out. */
  | { readonly op: 'toReal'; readonly operands: readonly [LaneValue] }
  /** The real in a row of a table; the integer is the number of a row in every lane, whatever came in. */
  | {
      readonly op: 'lookUp';
      readonly operands: readonly [LaneValue];
      readonly table: LaneTable;
      readonly column: number;
    };

/** Any `op`. */
export type LaneOperationName = LaneOperation['op'];

/** Gives a value its operation. */
export interface LaneDefinition {
  readonly kind: 'define';
  readonly value: LaneValue;
  readonly operation: LaneOperation;
}

/** One result of a guarded statement; `otherwise` has the same type. */
export interface GuardedResult {
  readonly value: LaneValue;
  readonly otherwise: LaneValue;
}

/**
 * Result k is result k of the routine where the condition holds in this lane, else its `otherwise`.
 * If no lane of the vector meets the condition, the routine need not run:
 *
 *     results = otherwise
 *     if (any lane of condition) results = select(condition, routine(arguments), results)
 */
export interface LaneGuarded {
  readonly kind: 'guarded';
  readonly condition: LaneValue;
  /** Place in the program's `routines`. */
  readonly routine: number;
  readonly arguments: readonly LaneValue[];
  /** As many as the routine has results. */
  readonly results: readonly GuardedResult[];
}

/** What a body is a list of. */
export type LaneStatement = LaneDefinition | LaneGuarded;

/** Straight-line code with its own numbering of values. */
export interface LaneBody<Statement extends LaneStatement = LaneStatement> {
  /** Types of the arguments, which are the values 0, 1, … */
  readonly arguments: readonly LaneType[];
  /** Type of every value, arguments included. */
  readonly types: readonly LaneType[];
  /** Every value is defined before its use; nothing is there that no result needs. */
  readonly statements: readonly Statement[];
  readonly results: readonly LaneValue[];
}

/** Code that several guarded statements share; it has none itself. Its name is unique. */
export interface LaneRoutine extends LaneBody<LaneDefinition> {
  readonly name: string;
}

/** How code is to be lowered for an engine. */
export interface LaneOptions {
  readonly precision: Precision;
  /** Whether the engine has a multiply-add that is rounded once, certainly; else none is emitted. */
  readonly fused: boolean;
}

/** A scalar Program in the lane representation: real inputs are arguments, real outputs results. */
export interface LaneProgram extends LaneBody, LaneOptions {
  readonly name: string;
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  readonly routines: readonly LaneRoutine[];
}
