/** The list of what lowering knows of one or two real operands; a new function is a line here. */
import type { BinaryName, UnaryName } from '../../../program/primitive.ts';
import { binaryOperation, comparison, sign, unaryOperation } from './arithmetic.ts';
import { cbrt } from './cube-root.ts';
import { erf, erfc } from './error-function.ts';
import { cosh, sinh, tanh } from './hyperbolic.ts';
import { acosh, asinh, atanh } from './inverse-hyperbolic.ts';
import { acos, asin, atan, atan2 } from './inverse-trigonometric.ts';
import { exp, expm1, sigmoid } from './exponential.ts';
import { log, log10, log1p, log2 } from './logarithmic.ts';
import { pow } from './power.ts';
import { cos, sin, tan } from './trigonometric.ts';
import type { LaneBinary, LaneUnary } from './types.ts';

/** Every primitive of one operand. */
export const unaryFunctions: Readonly<Record<UnaryName, LaneUnary>> = {
  neg: unaryOperation('neg'),
  abs: unaryOperation('abs'),
  sign,
  sqrt: unaryOperation('sqrt'),
  stopGradient: (_, x) => x,
  convert: (_, x) => x,
  sin,
  cos,
  tan,
  exp,
  expm1,
  sigmoid,
  log,
  log1p,
  log2,
  log10,
  cbrt,
  asin,
  acos,
  atan,
  sinh,
  cosh,
  tanh,
  asinh,
  acosh,
  atanh,
  erf,
  erfc,
};

/** Every primitive of two operands. */
export const binaryFunctions: Readonly<Record<BinaryName, LaneBinary>> = {
  add: binaryOperation('add'),
  sub: binaryOperation('sub'),
  mul: binaryOperation('mul'),
  div: binaryOperation('div'),
  pow,
  atan2,
  min: binaryOperation('min'),
  max: binaryOperation('max'),
  lt: comparison('lt'),
  le: comparison('le'),
  gt: comparison('gt'),
  ge: comparison('ge'),
  eq: comparison('eq'),
  ne: comparison('ne'),
};
