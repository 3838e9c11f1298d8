/**
 * Lane operations as WGSL expressions. WGSL lets a driver do what lanes forbid: flush subnormal
 * numbers, contract and reassociate, assume that there is no NaN and no infinity, round quotients
 * and roots a few last places off. What a device really does is tried when it is opened (src/execute).
 */
import { roundToHalf, smallestNormalHalf } from '../../support/half.ts';
import { bitsOfReal } from '../lanes/format.ts';
import type { LaneOperation, LaneType } from '../lanes/types.ts';
import type { ShaderPrecision } from '../target-description.ts';

/** The WGSL type of what a lane holds in functions, which are all in single precision. */
export const typeText: Readonly<Record<LaneType, string>> = {
  real: 'f32',
  integer: 'i32',
  mask: 'bool',
};

/** The same in the code of a kernel. */
export function kernelTypeText(type: LaneType, precision: ShaderPrecision): string {
  return type === 'real' ? precision : typeText[type];
}

/** A real of the kernel for a function, and back. */
export const toSingle = (precision: ShaderPrecision, text: string): string =>
  precision === 'f32' ? text : `f32(${text})`;

/** See `toSingle`. */
export const fromSingle = (precision: ShaderPrecision, text: string): string =>
  precision === 'f32' ? text : `${precision}(${text})`;

/** Functions that expressions call; nothing is emitted for those that are not used. */
export const helperText = {
  // Neither is a constant to the shader compiler, which refuses NaN and infinity in constants.
  real_of_bits: 'fn real_of_bits(bits: u32) -> f32 { return bitcast<f32>(bits); }',
  // NaN if one is (x + y), -0 below +0 (bits).
  real_min: [
    'fn real_min(x: f32, y: f32) -> f32 {',
    '  let zeros = bitcast<f32>(bitcast<u32>(x) | bitcast<u32>(y));',
    '  let least = select(select(y, x, x < y), zeros, x == y);',
    '  return select(least, x + y, !(x == x && y == y));',
    '}',
  ].join('\n'),
  real_max: [
    'fn real_max(x: f32, y: f32) -> f32 {',
    '  let zeros = bitcast<f32>(bitcast<u32>(x) & bitcast<u32>(y));',
    '  let most = select(select(y, x, x > y), zeros, x == y);',
    '  return select(most, x + y, !(x == x && y == y));',
    '}',
  ].join('\n'),
  copy_sign: [
    'fn copy_sign(x: f32, y: f32) -> f32 {',
    '  let bits = (bitcast<u32>(x) & 0x7fffffffu) | (bitcast<u32>(y) & 0x80000000u);',
    '  return bitcast<f32>(bits);',
    '}',
  ].join('\n'),
} as const;

const smallestNormal = 2 ** -126;

/** A number of single precision; the decimal text of the double it is rounds to it. */
export function realText(value: number): string {
  const isPlain =
    Number.isFinite(value) &&
    !Object.is(value, -0) &&
    (value === 0 || Math.abs(value) >= smallestNormal);
  if (!isPlain) {
    const bits = BigInt.asUintN(32, bitsOfReal('f32', value));
    return `real_of_bits(0x${bits.toString(16).padStart(8, '0')}u)`;
  }
  const text = String(value).replace('e+', 'e');
  return value < 0 ? `(${text}f)` : `${text}f`;
}

/** A number of half precision, to which it is rounded. */
export function halfText(value: number): string {
  const half = roundToHalf(value);
  const isPlain =
    Number.isFinite(half) &&
    !Object.is(half, -0) &&
    (half === 0 || Math.abs(half) >= smallestNormalHalf);
  // What WGSL has no half literal for is made of bits.
  if (!isPlain) return `f16(${realText(half)})`;
  return half < 0 ? `(${half}h)` : `${half}h`;
}

function integerText(value: bigint): string {
  // The least integer is the negation of one that does not exist.
  if (value === -(2n ** 31n)) return 'i32(-2147483648)';
  return value < 0n ? `(${value}i)` : `${value}i`;
}

const infix: Readonly<Partial<Record<LaneOperation['op'], string>>> = {
  add: '+',
  sub: '-',
  mul: '*',
  div: '/',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
  eq: '==',
  integerAdd: '+',
  integerSub: '-',
  integerAnd: '&',
  integerOr: '|',
  integerXor: '^',
  integerLt: '<',
  integerEq: '==',
  maskAnd: '&',
  maskOr: '|',
};

const calls: Readonly<Partial<Record<LaneOperation['op'], string>>> = {
  abs: 'abs',
  sqrt: 'sqrt',
  floor: 'floor',
  ceil: 'ceil',
  trunc: 'trunc',
  nearest: 'round',
  min: 'real_min',
  max: 'real_max',
  copysign: 'copy_sign',
  fma: 'fma',
  bitsOf: 'bitcast<i32>',
  realOf: 'bitcast<f32>',
  toInteger: 'i32',
  toReal: 'f32',
};

/** What kernels have in half precision as they are; all other operations on reals are done in single. */
const inHalves: ReadonlySet<LaneOperation['op']> = new Set([
  ...(['add', 'sub', 'mul', 'div', 'neg', 'abs', 'floor', 'ceil', 'trunc'] as const),
  ...(['lt', 'le', 'gt', 'ge', 'eq', 'ne', 'select', 'pseudoMin', 'pseudoMax'] as const),
  ...(['maskAnd', 'maskOr', 'maskNot'] as const),
]);

/** Operations that give a real of the same format, from reals of it. */
const throughSingle: ReadonlySet<LaneOperation['op']> = new Set([
  ...(['sqrt', 'nearest', 'min', 'max', 'copysign'] as const),
]);

/**
 * An operation of a kernel in half precision. Sums, products and quotients are the device's own; what
 * else rounds is computed in single precision and rounded.
 */
export function halfOperationText(operation: LaneOperation, operands: readonly string[]): string {
  if (operation.op === 'realLiteral') return halfText(operation.value);
  if (inHalves.has(operation.op)) return operationText(operation, operands);
  if (throughSingle.has(operation.op)) {
    const single = operands.map((text) => toSingle('f16', text));
    return fromSingle('f16', operationText(operation, single));
  }
  throw new Error(`${operation.op} has no WGSL in half precision`);
}

/** An operation as an expression; operands are names or literals. */
export function operationText(operation: LaneOperation, operands: readonly string[]): string {
  const [x = '', y = '', z = ''] = operands;
  switch (operation.op) {
    case 'realLiteral':
      return realText(operation.value);
    case 'integerLiteral':
      return integerText(operation.value);
    case 'neg':
      return `-${x}`;
    case 'pseudoMin':
      return `select(${x}, ${y}, ${y} < ${x})`;
    case 'pseudoMax':
      return `select(${x}, ${y}, ${x} < ${y})`;
    case 'ne':
      // Not `!=`, which shader compilers take for `ordered and not equal`: false for NaN.
      return `!(${x} == ${y})`;
    case 'fnma':
      return `fma(-${x}, ${y}, ${z})`;
    case 'shiftLeft':
      return `${x} << ${operation.amount}u`;
    case 'shiftRightArithmetic':
      return `${x} >> ${operation.amount}u`;
    case 'shiftRightLogical':
      return `bitcast<i32>(bitcast<u32>(${x}) >> ${operation.amount}u)`;
    case 'maskNot':
      return `!${x}`;
    case 'select':
      return `select(${z}, ${y}, ${x})`;
    case 'lookUp':
      // Tables serve double precision, which shaders lack.
      throw new Error(`${operation.table.name} is a table, which shaders do not have`);
    default: {
      const sign = infix[operation.op];
      if (sign !== undefined) return `${x} ${sign} ${y}`;
      const name = calls[operation.op];
      if (name === undefined) throw new Error(`${operation.op} has no WGSL`);
      return `${name}(${operands.join(', ')})`;
    }
  }
}
