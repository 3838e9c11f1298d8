/**
 * A Program of scalars becomes lane code: every equation by its primitive's function, in the order
 * of the equations. Linear in the size of the Program.
 *
 * Sums and products keep the Program's order. Where the engine fuses, `dotOf` is a chain of fused
 * operations, and with `contract` so is a product that only one sum or difference uses; both are
 * rounded less often than the Program says, never more.
 */
import { UserError } from '../../support/user-error.ts';
import { primitiveNamed } from '../../program/primitives.ts';
import { hasTensors } from '../../program/shapes.ts';
import { integerExponent } from '../../program/primitives/powers.ts';
import type { Equation, Operand, Program } from '../../program/types.ts';
import { at, type LaneBuilder } from './builder.ts';
import { binaryFunctions, unaryFunctions } from './functions/functions.ts';
import { integerPower } from './functions/integer-power.ts';
import type { LaneBinary, LaneUnary } from './functions/types.ts';
import { laneProgram } from './program.ts';
import type { LaneOptions, LaneProgram, LaneValue } from './types.ts';

/** How a Program is lowered. */
export interface LoweringOptions extends LaneOptions {
  /** Whether single-use products are fused with the sum that uses them; `fused` if left out. */
  readonly contract?: boolean;
}

/**
 * Lowers a Program of scalars.
 * @throws UserError `lane-tensor` where a value is a tensor
 */
export function lowerToLanes(program: Program, options: LoweringOptions): LaneProgram {
  const { contract = options.fused } = options;
  if (hasTensors(program)) {
    throw new UserError({
      code: 'lane-tensor',
      message: `${program.name} has tensors, which no lane holds; scalarise it first`,
    });
  }
  const names = program.inputs.map(({ name }) => name);
  return laneProgram(program.name, options, names, (b, inputs) => {
    const values = [...inputs];
    const valueOf = (operand: Operand): LaneValue =>
      operand.kind === 'literal' ? b.real(at(operand.data, 0)) : at(values, operand.id);
    const products =
      contract && options.fused ? singleUseProducts(program) : new Map<number, Equation>();
    for (const equation of program.equations) {
      const fused = fuse(b, equation, products, valueOf);
      values.push(fused ?? lowerEquation(b, equation, equation.operands.map(valueOf)));
    }
    return program.outputs.map(({ name, operand }) => ({ name, value: valueOf(operand) }));
  });
}

/** Products by their value's number that exactly one operand place refers to. */
function singleUseProducts({ inputs, equations, outputs }: Program): Map<number, Equation> {
  const uses = new Map<number, number>();
  const count = (operand: Operand): void => {
    if (operand.kind === 'value') uses.set(operand.id, (uses.get(operand.id) ?? 0) + 1);
  };
  for (const { operands } of equations) operands.forEach(count);
  for (const { operand } of outputs) count(operand);
  return new Map(
    equations.flatMap((equation, index) => {
      const id = inputs.length + index;
      return equation.primitive === 'mul' && uses.get(id) === 1 ? [[id, equation]] : [];
    }),
  );
}

/** x·y + z or z − x·y in one operation; `undefined` where the equation is neither. */
function fuse(
  b: LaneBuilder,
  { primitive, operands }: Equation,
  products: ReadonlyMap<number, Equation>,
  valueOf: (operand: Operand) => LaneValue,
): LaneValue | undefined {
  const productOf = (operand: Operand): Equation | undefined =>
    operand.kind === 'value' ? products.get(operand.id) : undefined;
  if (primitive !== 'add' && primitive !== 'sub') return undefined;
  const first = at(operands, 0);
  const second = at(operands, 1);
  const right = productOf(second);
  if (right !== undefined) {
    const [x, y] = right.operands.map(valueOf);
    if (x === undefined || y === undefined) return undefined;
    const z = valueOf(first);
    return primitive === 'add' ? b.multiplyAdd(x, y, z) : b.multiplySubtract(x, y, z);
  }
  const left = primitive === 'add' ? productOf(first) : undefined;
  if (left === undefined) return undefined;
  const [x, y] = left.operands.map(valueOf);
  return x === undefined || y === undefined ? undefined : b.multiplyAdd(x, y, valueOf(second));
}

const unaryByName = new Map<string, LaneUnary>(Object.entries(unaryFunctions));
const binaryByName = new Map<string, LaneBinary>(Object.entries(binaryFunctions));

function lowerEquation(
  b: LaneBuilder,
  { primitive, parameters }: Equation,
  operands: readonly LaneValue[],
): LaneValue {
  const definition = primitiveNamed(primitive);
  switch (definition.name) {
    case 'where': {
      // A comparison's 1 or 0 is a selection of a mask; comparing it again gives the mask.
      const condition = maskOf(b, at(operands, 0));
      return b.select(condition, at(operands, 1), at(operands, 2));
    }
    case 'integerPow':
      return integerPower(b, at(operands, 0), integerExponent(parameters));
    case 'sumOf':
      return operands.reduce((sum, x) => b.add(sum, x));
    case 'dotOf': {
      const half = operands.length / 2;
      const first = b.mul(at(operands, 0), at(operands, half));
      return operands
        .slice(1, half)
        .reduce((sum, x, k) => b.multiplyAdd(x, at(operands, half + 1 + k), sum), first);
    }
    case 'maxOf':
      return operands.reduce((most, x) => b.binary('max', most, x));
    case 'minOf':
      return operands.reduce((least, x) => b.binary('min', least, x));
    default:
      break;
  }
  const unary = unaryByName.get(definition.name);
  if (unary !== undefined) return unary(b, at(operands, 0));
  const binary = binaryByName.get(definition.name);
  if (binary !== undefined) return binary(b, at(operands, 0), at(operands, 1));
  throw new Error(`${primitive} can't be lowered to lanes`);
}

/** Whether a real is not 0 (NaN is not). */
function maskOf(b: LaneBuilder, x: LaneValue): LaneValue {
  return b.maskOfChoice(x) ?? b.compare('ne', x, b.real(0));
}
